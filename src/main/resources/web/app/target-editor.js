// Lets an operator edit one declaration.
// @ts-check

import { asProblem } from '../embed/service.js';
import { agreed, button, h, problemPlace, showProblem } from './dom.js';
import { indented } from './json-text.js';
import { service } from './page.js';
import { TARGET_TEXT } from './target-texts.js';
import { TEXT } from './texts.js';
/** @import { Shown } from '../embed/parts.js' */
/** @import { Discovery } from '../../../../test/js/answers.d.ts' */

/** Where the API has a declared target. @param {string} name */
export function addressOf(name) {
  return `/api/targets/${encodeURIComponent(name)}`;
}

export class TargetEditor {
  // The name of the declaration that is edited; null: it is a draft.
  /** @type {string | null} */
  #name = null;
  #isTaken;
  #saved;
  #left;

  #title = h('h2', { id: 'editor-title', tabindex: '-1' });
  #notesTitle = h('h3', { id: 'notes-title' }, TARGET_TEXT.notes);
  #notes = h('ul', { class: 'notices', 'aria-labelledby': 'notes-title' });
  #told = h('div', {}, this.#notesTitle, this.#notes);
  #text = h('textarea', { id: 'declaration', spellcheck: 'false', autocapitalize: 'off', 'aria-describedby': 'declaration-problem' });
  #problem = problemPlace();

  element = h('section', { class: 'card stack', 'aria-labelledby': 'editor-title', hidden: true },
    this.#title,
    this.#told,
    h('div', { class: 'field' }, h('label', { for: 'declaration' }, TARGET_TEXT.declaration), this.#text),
    this.#problem,
    h('div', { class: 'actions' },
      button(TARGET_TEXT.save, () => this.#save(), { class: 'primary' }),
      button(TEXT.cancel, () => { this.element.hidden = true; this.#left(); })));

  /**
   * isTaken: whether another declaration has a name; saved: called with the name; left: called when the user stops without saving.
   *
   * @param {{ isTaken: (name: string) => boolean, saved: (name: string) => unknown, left: () => void }} on
   */
  constructor({ isTaken, saved, left }) {
    this.#isTaken = isTaken;
    this.#saved = saved;
    this.#left = left;
    this.#problem.id = 'declaration-problem';
  }

  /**
   * Shows a draft, and what to check in it.
   *
   * @param {string} table
   * @param {Discovery} discovery
   */
  draft(table, { declaration, keyCandidates, notes }) {
    const keys = keyCandidates.length > 1 ? [TARGET_TEXT.keys(keyCandidates)] : [];
    this.#open(null, TARGET_TEXT.draftOf(table), JSON.stringify(declaration), [...notes, ...keys]);
  }

  /**
   * Shows a declaration.
   *
   * @param {string} name
   * @param {string} json
   */
  edit(name, json) {
    this.#open(name, TARGET_TEXT.declarationOf(name), json, []);
  }

  /** There is no declaration of that name any more. @param {string} name */
  gone(name) {
    if (name === this.#name) this.element.hidden = true;
  }

  /**
   * @param {string | null} name
   * @param {string} title
   * @param {string} json
   * @param {string[]} notes
   */
  #open(name, title, json, notes) {
    this.#name = name;
    this.#title.textContent = title;
    this.#notes.replaceChildren(...notes.map((note) => h('li', {}, note)));
    this.#told.hidden = !notes.length;
    this.#text.value = indented(json);
    this.#refuse(null);
    this.element.hidden = false;
    this.element.scrollIntoView({ block: 'start' });
    this.#title.focus({ preventScroll: true });
  }

  async #save() {
    this.#refuse(null);
    try {
      const name = this.#name ?? this.#newName();
      if (!name) return;
      if (name !== this.#name && this.#isTaken(name) && !(await agreed(TARGET_TEXT.replaceQuestion(name), TARGET_TEXT.replaceMeaning, TARGET_TEXT.replace))) return;
      await service.send(addressOf(name), { method: 'PUT', headers: { 'Content-Type': 'application/json' }, body: this.#text.value });
      this.element.hidden = true;
      await this.#saved(name);
    } catch (error) {
      this.#refuse(asProblem(error));
    }
  }

  /** The name in the text; null: the user has been told that there is none. @returns {string | null} */
  #newName() {
    try {
      const name = JSON.parse(this.#text.value)?.name;
      if (name && typeof name === 'string') return name;
      this.#refuse({ message: TARGET_TEXT.unnamed, detail: TARGET_TEXT.unnamedDetail });
    } catch (error) {
      this.#refuse({ message: TARGET_TEXT.notJson, detail: asProblem(error).message });
    }
    return null;
  }

  /** Shows what is wrong, each fault with its place in the declaration. @param {Shown | null} problem */
  #refuse(problem) {
    const errors = problem?.errors?.map(({ pointer, field, detail }) => ({ field: pointer || field, detail })) ?? [];
    showProblem(this.#problem, problem && { message: problem.message, detail: errors.length ? '' : problem.detail, errors });
    if (problem) this.#text.setAttribute('aria-invalid', 'true');
    else this.#text.removeAttribute('aria-invalid');
  }
}
