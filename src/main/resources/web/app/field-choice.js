// The choice of a column for one field, with samples of the column's values.
// @ts-check

import { h } from './dom.js';
import { fieldName, meaning } from './target-words.js';
import { TEXT } from './texts.js';
/** @import { Field, Preview } from '../../../../test/js/answers.d.ts' */

const MOST_SAMPLES = 3;

/**
 * @param {Field} field
 * @param {boolean} explained whether to say what the field holds
 * @param {string | undefined} suggested
 * @param {Preview} preview
 */
export function fieldChoice(field, explained, suggested, { columns, sampleRows }) {
  const { name, required } = field;
  const about = explained ? h('p', { id: `about-${name}`, class: 'hint about' }, meaning(field)) : null;
  const samples = h('p', { id: `samples-${name}`, class: 'hint samples' });
  const select = h('select', { id: `field-${name}`, name, required, 'aria-describedby': [samples.id, about?.id].filter(Boolean).join(' ') },
    new Option(required ? TEXT.chooseColumn : TEXT.notImported, ''),
    ...columns.filter((column) => column !== '').map((column) => new Option(column, column)));
  const show = () => { samples.textContent = samplesOf(columns.indexOf(select.value), sampleRows); };
  select.value = suggested ?? '';
  select.addEventListener('change', show);
  show();
  return h('div', { class: 'field' }, h('label', { for: select.id }, TEXT.fieldLabel(fieldName(field), required)), select, samples, about);
}

/**
 * @param {number} column
 * @param {string[][]} rows
 */
function samplesOf(column, rows) {
  const values = rows.map((row) => row[column]?.trim()).filter(Boolean);
  return [...new Set(values)].slice(0, MOST_SAMPLES).join(', ');
}
