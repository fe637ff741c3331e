// Which column of a file holds what, and how the import treats what is there.

import { h, table } from './dom.js';
import { TEXT } from './texts.js';

const MOST_SAMPLES = 3;
const SHOWN_ROWS = 5;

/** The part of the form that asks for the mapping. */
export class Mapping {
  #fields = h('div', { class: 'fields' });
  #rows = h('details', {}, h('summary', {}, TEXT.firstRows));
  #existing = h('select', { id: 'on-existing' }, ...Object.entries(TEXT.existing).map(([value, text]) => new Option(text, value)));
  #others = h('input', { type: 'checkbox' });
  #undoable = h('input', { type: 'checkbox' });

  element = h('div', { class: 'stack', hidden: true },
    this.#rows,
    h('fieldset', {}, h('legend', {}, TEXT.columns), this.#fields),
    h('fieldset', {},
      h('legend', {}, TEXT.options),
      h('div', { class: 'field' }, h('label', { for: 'on-existing' }, TEXT.onExisting), this.#existing),
      h('label', { class: 'check' }, this.#others, TEXT.keepOthers),
      h('label', { class: 'check' }, this.#undoable, TEXT.undoable)));

  /** Offers a previewed file's columns for each field, as the service suggests them; null: there is no file. */
  offer(preview) {
    this.element.hidden = !preview;
    this.#fields.replaceChildren(...(preview ? Object.entries(TEXT.fields).map(([name, label]) => choice(name, label, preview)) : []));
    this.#rows.querySelector('.scroll')?.remove();
    if (preview) this.#rows.append(table(TEXT.firstRows, preview.columns, preview.sampleRows.slice(0, SHOWN_ROWS)));
  }

  /** As it is chosen, or null while a required field has no column. */
  chosen() {
    const selects = [...this.#fields.querySelectorAll('select')];
    if (!selects.length || selects.some((select) => select.required && !select.value)) return null;
    return {
      target: 'contacts',
      fields: Object.fromEntries(selects.filter(({ value }) => value).map(({ name, value }) => [name, value])),
      unmapped: this.#others.checked ? 'attributes' : 'ignore',
      onExisting: this.#existing.value,
      undoable: this.#undoable.checked,
    };
  }
}

function choice(name, label, { columns, sampleRows, suggestedMapping }) {
  const required = name === 'email';
  const select = h('select', { id: `field-${name}`, name, required, 'aria-describedby': `samples-${name}` },
    new Option(required ? TEXT.chooseColumn : TEXT.notImported, ''),
    ...columns.filter((column) => column !== '').map((column) => new Option(column, column)));
  const samples = h('p', { id: `samples-${name}`, class: 'hint samples' });
  const show = () => (samples.textContent = samplesOf(columns.indexOf(select.value), sampleRows));
  select.value = suggestedMapping.fields[name] ?? '';
  select.addEventListener('change', show);
  show();
  return h('div', { class: 'field' }, h('label', { for: select.id }, label), select, samples);
}

function samplesOf(column, rows) {
  const values = rows.map((row) => row[column]?.trim()).filter(Boolean);
  return [...new Set(values)].slice(0, MOST_SAMPLES).join(', ');
}
