// The declaration of a target, as text.
// @ts-check

import { html, nothing } from 'lit';
import { define } from '../embed/element.js';
import { problemPlace } from '../embed/parts.js';
import { asProblem } from '../embed/service.js';
import { indented } from './json-text.js';
import { agreed } from './question.js';
import { View, busy } from './view.js';
/** @import { Shown } from '../embed/parts.js' */
/** @import { Discovery } from '../../../../test/js/answers.d.ts' */

/** @param {string} name */
export function addressOf(name) {
  return `/api/targets/${encodeURIComponent(name)}`;
}

/** @typedef {{ name: string | null, table: string, notes: string[], keys: string[][] }} Edited name: null for a draft */

/** Dispatches "saved" with the name, and "left" when the user stops without saving. */
export class TargetEditor extends View {
  /** @type {import('lit').PropertyDeclarations} */
  static properties = { edited: { state: true }, text: { state: true }, problem: { state: true } };

  constructor() {
    super();
    /** Whether another declaration has a name. @type {(name: string) => boolean} */
    this.isTaken = () => false;
    /** @type {Edited | null} */
    this.edited = null;
    this.text = '';
    /** @type {Shown | null} */
    this.problem = null;
  }

  render() {
    const { texts, edited } = this;
    if (!edited) return nothing;
    const { name, table } = edited;
    const notes = this.#notes(edited);
    return html`<section class="card stack" aria-labelledby="editor-title">
      <h2 id="editor-title" tabindex="-1">${name === null ? texts.say('draftOf', { table }) : texts.say('declarationOf', { name })}</h2>
      ${notes.length
        ? html`<div><h3 id="notes-title">${texts.say('notes')}</h3><ul class="notices" aria-labelledby="notes-title">${notes.map((note) => html`<li>${note}</li>`)}</ul></div>`
        : nothing}
      <div class="field"><label for="declaration">${texts.say('declaration')}</label>
        <textarea id="declaration" dir="ltr" spellcheck="false" autocapitalize="off" aria-describedby="declaration-problem" aria-invalid=${this.problem ? 'true' : nothing}
          .value=${this.text} @input=${this.#typed}></textarea></div>
      <div id="declaration-problem">${problemPlace(this.#faults())}</div>
      <div class="actions">
        <button type="button" class="primary" @click=${busy(() => this.#save())}>${texts.say('save')}</button>
        <button type="button" @click=${this.#leave}>${texts.say('cancel')}</button>
      </div>
    </section>`;
  }

  /**
   * Shows a draft, and what to check in it.
   *
   * @param {string} table
   * @param {Discovery} discovery
   */
  draft(table, { declaration, keyCandidates, notes }) {
    return this.#open({ name: null, table, notes, keys: keyCandidates.length > 1 ? keyCandidates : [] }, JSON.stringify(declaration));
  }

  /**
   * Shows a declaration.
   *
   * @param {string} name
   * @param {string} json
   */
  edit(name, json) {
    return this.#open({ name, table: '', notes: [], keys: [] }, json);
  }

  /** There is no declaration of that name any more. @param {string} name */
  gone(name) {
    if (name === this.edited?.name) this.edited = null;
  }

  /** @param {Edited} edited @param {string} json */
  async #open(edited, json) {
    this.edited = edited;
    this.text = indented(json);
    this.problem = null;
    await this.updateComplete;
    this.querySelector('section')?.scrollIntoView({ block: 'start' });
    this.start?.focus({ preventScroll: true });
  }

  /** @param {Edited} edited */
  #notes({ notes, keys }) {
    const { texts } = this;
    if (!keys.length) return notes;
    const together = (/** @type {string[]} */ fields) => fields.reduce((first, second) => texts.say('and', { first, second }));
    return [...notes, texts.say('keys', { keys: keys.map(together).join(texts.say('or')) })];
  }

  /** What is wrong, each fault with its place in the declaration. @returns {Shown | null} */
  #faults() {
    const { problem } = this;
    const errors = problem?.errors?.map(({ pointer, field, detail }) => ({ field: pointer || field, detail })) ?? [];
    return problem && { message: problem.message, detail: errors.length ? '' : problem.detail, errors };
  }

  /** @param {Event} event */
  #typed({ target }) {
    this.text = /** @type {HTMLTextAreaElement} */ (target).value;
  }

  #leave() {
    this.edited = null;
    this.dispatchEvent(new Event('left'));
  }

  async #save() {
    const { texts } = this;
    this.problem = null;
    try {
      const before = this.edited?.name ?? null;
      const name = before ?? this.#newName();
      if (!name) return;
      if (name !== before && this.isTaken(name) && !(await this.#mayReplace(name))) return;
      await this.service.send(addressOf(name), { method: 'PUT', headers: { 'Content-Type': 'application/json' }, body: this.text });
      this.edited = null;
      this.dispatchEvent(new CustomEvent('saved', { detail: texts.say('saved', { name }) }));
    } catch (error) {
      this.#refuse(asProblem(error));
    }
  }

  /** @param {string} name */
  #mayReplace(name) {
    const { texts } = this;
    return agreed({ question: texts.say('replaceQuestion', { name }), meaning: texts.say('replaceMeaning'), yes: texts.say('replace') });
  }

  /** The name in the text; null: the user has been told that there is none. @returns {string | null} */
  #newName() {
    const { texts } = this;
    try {
      const name = JSON.parse(this.text)?.name;
      if (name && typeof name === 'string') return name;
      this.#refuse({ message: texts.say('noName'), detail: texts.say('noNameDetail') });
    } catch (error) {
      this.#refuse({ message: texts.say('notJson'), detail: asProblem(error).message });
    }
    return null;
  }

  /** @param {Shown} problem */
  #refuse(problem) {
    this.problem = problem;
    this.reveal();
  }
}

define('import-once-target-editor', TargetEditor);
