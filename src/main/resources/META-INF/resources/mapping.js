// The target of a file, the fields of its columns, and how the import treats existing rows.
// @ts-check

import { call } from './api.js';
import { button, h, table } from './dom.js';
import { TEXT } from './texts.js';
/** @import { Field, Mapping as Chosen, Preview, Target } from '../../../../test/js/answers.d.ts' */

const MOST_SAMPLES = 3;
const SHOWN_ROWS = 5;
const NUMBERED = /\d$/;

/** The part of the form that asks for the mapping. */
export class Mapping {
  /** @type {Preview | null} */
  #preview = null;
  // The targets of imports.
  /** @type {Target[]} */
  #targets = [];

  #rows = h('details', { open: true }, h('summary', {}, TEXT.firstRows));
  #target = h('select', { id: 'target', onchange: () => this.#draw() });
  #fields = h('div', { class: 'fields', onchange: () => this.#reveal() });
  #existing = h('select', { id: 'on-existing' }, ...Object.entries(TEXT.existing).map(([value, text]) => new Option(text, value)));
  #onExisting = h('div', { class: 'field narrow' }, h('label', { for: 'on-existing' }, TEXT.onExisting), this.#existing);
  #others = h('input', { type: 'checkbox' });
  #keepOthers = h('label', { class: 'check' }, this.#others, TEXT.keepOthers);
  #undoable = h('input', { type: 'checkbox' });
  #canBeUndone = h('label', { class: 'check' }, this.#undoable, TEXT.undoable);
  #options = h('fieldset', {}, h('legend', {}, TEXT.options), this.#onExisting, this.#keepOthers, this.#canBeUndone);
  #untouched = h('p', { class: 'hint' });

  element = h('div', { class: 'stack', hidden: true },
    this.#rows,
    h('div', { class: 'field narrow' }, h('label', { for: 'target' }, TEXT.importAs), this.#target),
    h('fieldset', {}, h('legend', {}, TEXT.columns), this.#fields),
    this.#options,
    this.#untouched);

  /** Loads the targets, which the form needs. */
  async learnTargets() {
    if (this.#targets.length) return;
    /** @type {{ items: Target[] }} */
    const { items } = await call('/api/targets');
    this.#targets = items;
  }

  /**
   * Shows a previewed file's columns for each field of each target, as the service suggests them; null: there is no file.
   * headerAt: called with the number of the row that the user marks as the header.
   *
   * @param {Preview | null} preview
   * @param {(number: number) => unknown} headerAt
   */
  offer(preview, headerAt) {
    this.#preview = preview;
    this.element.hidden = !preview;
    this.#rows.querySelector('.scroll')?.remove();
    this.#fields.replaceChildren();
    if (!preview) return;
    this.#target.replaceChildren(...this.#targets.map(({ name }) => new Option(TEXT.target(name), name)));
    this.#target.value = preview.suggestedMapping.target;
    this.#rows.append(firstRows(preview, headerAt));
    this.#draw();
  }

  /** The chosen mapping, or null while a required field has no column. @returns {Chosen | null} */
  chosen() {
    const selects = this.#selects();
    const target = this.#chosenTarget();
    if (!target || !selects.length || this.missing().length) return null;
    const { name, attributes, undoable } = target;
    return {
      target: name,
      fields: Object.fromEntries(selects.filter(({ value }) => value).map((select) => [select.name, select.value])),
      unmapped: attributes && this.#others.checked ? 'attributes' : 'ignore',
      onExisting: this.#updates() ? this.#existing.value : 'update',
      undoable: undoable && this.#undoable.checked,
    };
  }

  /** The names of the required fields that have no column. */
  missing() {
    return this.#selects().filter((select) => select.required && !select.value).map(({ name }) => TEXT.field(name));
  }

  #draw() {
    const preview = this.#preview;
    const target = this.#chosenTarget();
    if (!preview || !target) return;
    const suggested = preview.suggestedMappings.find((mapping) => mapping.target === target.name)?.fields ?? {};
    this.#fields.replaceChildren(...target.fields.map((field) => choice(field, suggested[field.name], preview)));
    this.#reveal();
    this.#keepOthers.hidden = !target.attributes;
    this.#canBeUndone.hidden = !target.undoable;
    this.#onExisting.hidden = !this.#updates();
    this.#options.hidden = !target.attributes && !target.undoable && !this.#updates();
    this.#untouched.textContent = TEXT.untouched[target.name] ?? '';
  }

  /** Of numbered fields, one more than are in use. */
  #reveal() {
    const selects = this.#selects();
    selects.forEach((select, i) => {
      const field = select.parentElement;
      if (field) field.hidden = NUMBERED.test(select.name) && !select.required && !select.value && !selects[i - 1]?.value;
    });
  }

  #updates() {
    return !Object.hasOwn(TEXT.untouched, this.#target.value);
  }

  #chosenTarget() {
    return this.#targets.find(({ name }) => name === this.#target.value);
  }

  #selects() {
    return [...this.#fields.querySelectorAll('select')];
  }
}

/**
 * A control with which the user can mark a row as the header, if any row can be the header.
 *
 * @param {Preview} preview
 * @param {(number: number) => unknown} headerAt
 */
function firstRows({ format, columns, sampleRows, sampleRowNumbers }, headerAt) {
  const rows = sampleRows.slice(0, SHOWN_ROWS);
  if (!['csv', 'xlsx'].includes(format.type) || !sampleRowNumbers) return table(TEXT.firstRows, columns, rows);
  const numbered = rows.map((cells, i) => {
    const number = sampleRowNumbers[i];
    if (number === undefined) return ['', ...cells];
    return [button(String(number), () => headerAt(number), { 'aria-label': TEXT.headerAt(number), title: TEXT.headerAt(number) }), ...cells];
  });
  return table(TEXT.firstRows, [TEXT.rowNumber, ...columns], numbered);
}

/**
 * @param {Field} field
 * @param {string | undefined} suggested
 * @param {Preview} preview
 */
function choice({ name, required }, suggested, { columns, sampleRows }) {
  const select = h('select', { id: `field-${name}`, name, required, 'aria-describedby': `samples-${name}` },
    new Option(required ? TEXT.chooseColumn : TEXT.notImported, ''),
    ...columns.filter((column) => column !== '').map((column) => new Option(column, column)));
  const samples = h('p', { id: `samples-${name}`, class: 'hint samples' });
  const show = () => { samples.textContent = samplesOf(columns.indexOf(select.value), sampleRows); };
  select.value = suggested ?? '';
  select.addEventListener('change', show);
  show();
  return h('div', { class: 'field' }, h('label', { for: select.id }, TEXT.fieldLabel(name, required)), select, samples);
}

/**
 * @param {number} column
 * @param {string[][]} rows
 */
function samplesOf(column, rows) {
  const values = rows.map((row) => row[column]?.trim()).filter(Boolean);
  return [...new Set(values)].slice(0, MOST_SAMPLES).join(', ');
}
