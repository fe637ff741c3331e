// The target of a file, the fields of its columns, and how the import treats existing rows.
// @ts-check

import { call } from './api.js';
import { button, h, table } from './dom.js';
import { Doubts } from './doubts.js';
import { fieldChoice } from './field-choice.js';
import { fieldName, isDeclared, targetName } from './target-words.js';
import { TemplateLinks } from './template-links.js';
import { TEXT } from './texts.js';
/** @import { Mapping as Chosen, Preview, Reject, Target } from '../../../../test/js/answers.d.ts' */

const SHOWN_ROWS = 5;
const NUMBERED = /\d$/;

/** The part of the form that asks for the mapping. */
export class Mapping {
  /** @type {Preview | null} */
  #preview = null;
  // The targets of imports.
  /** @type {Target[]} */
  #targets = [];

  // What was used the last time, for the chosen target.
  /** @type {Partial<Chosen>} */
  #last = {};
  /** @type {string | undefined} */
  #recalled;

  #asLastTime = h('p', { class: 'hint', hidden: true }, TEXT.asLastTime);
  #rows = h('details', { open: true }, h('summary', {}, TEXT.firstRows));
  #target = h('select', { id: 'target', onchange: () => this.#draw() });
  #templates = new TemplateLinks();
  #fields = h('div', { class: 'fields', onchange: () => this.#reveal() });
  #existing = h('select', { id: 'on-existing' }, ...Object.entries(TEXT.existing).map(([value, text]) => new Option(text, value)));
  #existingLabel = h('label', { for: 'on-existing' });
  #onExisting = h('div', { class: 'field narrow' }, this.#existingLabel, this.#existing);
  #others = h('input', { type: 'checkbox' });
  #keepOthers = h('label', { class: 'check' }, this.#others, TEXT.keepOthers);
  #undoable = h('input', { type: 'checkbox' });
  #canBeUndone = h('label', { class: 'check' }, this.#undoable, TEXT.undoable);
  #options = h('fieldset', {}, h('legend', {}, TEXT.options), this.#onExisting, this.#keepOthers, this.#canBeUndone);
  #untouched = h('p', { class: 'hint' });
  #doubts = new Doubts();

  element = h('div', { class: 'stack', hidden: true },
    this.#rows,
    h('div', { class: 'field narrow' }, h('label', { for: 'target' }, TEXT.importAs), this.#target, this.#templates.element),
    this.#asLastTime,
    h('fieldset', {}, h('legend', {}, TEXT.columns), this.#fields),
    this.#options,
    this.#untouched,
    this.#doubts.element);

  /** Loads the targets, which the form needs; an operator may have changed them. */
  async learnTargets() {
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
    if (!preview) {
      this.#recalled = undefined;
      return;
    }
    this.#target.replaceChildren(...this.#targets.map((target) => new Option(targetName(target), target.name)));
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
    const fields = Object.fromEntries(selects.filter(({ value }) => value).map((select) => [select.name, select.value]));
    return {
      ...this.#kept(fields),
      target: name,
      fields,
      unmapped: attributes && this.#others.checked ? 'attributes' : 'ignore',
      onExisting: this.#updates() ? this.#existing.value : 'update',
      undoable: undoable && this.#undoable.checked,
      ...this.#doubts.chosen(this.#last.dates?.zone),
    };
  }

  /**
   * What this form does not ask for, as it was the last time.
   *
   * @param {Record<string, string>} fields
   */
  #kept(fields) {
    const { onBlank, values } = this.#last;
    const mapped = Object.entries(values ?? {}).filter(([field]) => Object.hasOwn(fields, field));
    return { ...(onBlank && { onBlank }), ...(mapped.length && { values: Object.fromEntries(mapped) }) };
  }

  /** The fields of the chosen target. */
  fields() {
    return this.#chosenTarget()?.fields ?? [];
  }

  /** The names of the required fields that have no column. */
  missing() {
    const open = this.#selects().filter((select) => select.required && !select.value).map(({ name }) => name);
    return this.fields().filter(({ name }) => open.includes(name)).map(fieldName);
  }

  /** Asks how values are meant for which rows would be rejected. @param {Reject[]} rejects */
  ask(rejects) {
    this.#doubts.ask(rejects);
  }

  #draw() {
    const preview = this.#preview;
    const target = this.#chosenTarget();
    if (!preview || !target) return;
    this.#last = preview.suggestedMappings.find((mapping) => mapping.target === target.name) ?? {};
    const suggested = this.#last.fields ?? {};
    this.#asLastTime.hidden = !(preview.remembered && preview.suggestedMapping.target === target.name);
    this.#fields.replaceChildren(...target.fields.map((field) => fieldChoice(field, isDeclared(target), suggested[field.name], preview)));
    this.#reveal();
    this.#templates.show(target.name);
    this.#doubts.forget();
    this.#doubts.fill(this.#last);
    this.#recall();
    this.#existingLabel.textContent = isDeclared(target) ? TEXT.onExistingRow : TEXT.onExisting;
    this.#keepOthers.hidden = !target.attributes;
    this.#canBeUndone.hidden = !target.undoable;
    this.#onExisting.hidden = !this.#updates();
    this.#options.hidden = !target.attributes && !target.undoable && !this.#updates();
    this.#untouched.textContent = TEXT.untouched[target.name] ?? '';
  }

  /** Sets the options as they were the last time, once for each file and target: the user may have changed them since. */
  #recall() {
    const { target, unmapped, onExisting = 'update', undoable = false } = this.#last;
    if (!unmapped || target === this.#recalled) return;
    this.#recalled = target;
    this.#existing.value = onExisting;
    this.#others.checked = unmapped === 'attributes';
    this.#undoable.checked = undoable;
  }

  /** Of the numbered fields of a target that the service knows, one more than are in use. */
  #reveal() {
    const target = this.#chosenTarget();
    if (!target || isDeclared(target)) return;
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
