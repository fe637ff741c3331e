// The declared targets: operators add, change and remove them.
// @ts-check

import { isDeclared } from '../embed/choices.js';
import { asProblem } from '../embed/service.js';
import { targetName } from '../embed/words.js';
import { agreed, button, h, problemPlace, showProblem } from './dom.js';
import { service, texts } from './page.js';
import { TargetEditor, addressOf } from './target-editor.js';
import { TARGET_TEXT } from './target-texts.js';
import { TEXT } from './texts.js';
/** @import { Discovery, Target } from '../../../../test/js/answers.d.ts' */

export class TargetsView {
  /** @type {Target[]} */
  #targets = [];

  #table = h('input', { id: 'table', type: 'text', required: true, autocomplete: 'off', spellcheck: 'false', 'aria-describedby': 'table-hint' });
  #draft = h('button', {}, TARGET_TEXT.discover);
  #form = h('form', { class: 'stack', autocomplete: 'off', onsubmit: (event) => { event.preventDefault(); return this.#discover(); } },
    h('div', { class: 'field narrow' }, h('label', { for: 'table' }, TARGET_TEXT.table), this.#table,
      h('p', { id: 'table-hint', class: 'hint' }, TARGET_TEXT.tableHint)),
    h('div', { class: 'actions' }, this.#draft));
  #refused = problemPlace();

  #editor = new TargetEditor({
    isTaken: (name) => this.#targets.some((target) => target.name === name),
    saved: (name) => this.#changed(TARGET_TEXT.saved(name)),
    left: () => this.#table.focus(),
  });

  #title = h('h2', { id: 'declared-title', tabindex: '-1' }, TARGET_TEXT.declared);
  #note = h('p', { role: 'status' });
  #list = h('ul', { class: 'history', role: 'list', 'aria-labelledby': 'declared-title' });
  #problem = problemPlace();

  element = h('div', { class: 'stack' },
    h('section', { class: 'card stack', 'aria-labelledby': 'targets-title' },
      h('h2', { id: 'targets-title', tabindex: '-1' }, TEXT.view.targets), h('p', { class: 'hint' }, TARGET_TEXT.hint), this.#form, this.#refused),
    this.#editor.element,
    h('section', { class: 'card stack', 'aria-labelledby': 'declared-title' }, this.#title, this.#note, this.#problem, this.#list));

  show() {
    return this.#load('');
  }

  /** Loads the list; told stands above it then. @param {string} told */
  async #load(told) {
    showProblem(this.#problem, null);
    this.#note.textContent = TEXT.loading;
    this.#note.className = 'hint waiting';
    try {
      /** @type {{ items: Target[] }} */
      const { items } = await service.call('/api/targets');
      this.#targets = items.filter(isDeclared);
      this.#list.replaceChildren(...this.#targets.map((target) => this.#item(target)));
      this.#note.textContent = told || (this.#targets.length ? '' : TARGET_TEXT.none);
    } catch (error) {
      this.#note.textContent = '';
      this.#list.replaceChildren();
      showProblem(this.#problem, asProblem(error));
    }
    this.#note.className = 'hint';
  }

  /** @param {Target} target */
  #item(target) {
    const { name } = target;
    const words = targetName(texts, target);
    const title = h('span', { class: 'name', id: `target-${name}` }, words.toLowerCase() === name ? words : `${words} (${name})`);
    const does = (/** @type {string} */ text, /** @type {() => unknown} */ act) => button(text, act, { 'aria-describedby': title.id });
    return h('li', {}, title, h('span', { class: 'hint' }, TARGET_TEXT.fields(target)),
      h('div', { class: 'actions' }, does(TARGET_TEXT.edit, () => this.#edit(name)), does(TARGET_TEXT.remove, () => this.#remove(name))));
  }

  async #discover() {
    if (this.#draft.disabled) return;
    this.#draft.disabled = true;
    showProblem(this.#refused, null);
    try {
      const table = this.#table.value.trim();
      /** @type {Discovery} */
      const discovery = await service.post('/api/targets/discover', { table });
      this.#editor.draft(table, discovery);
    } catch (error) {
      showProblem(this.#refused, asProblem(error));
      this.#table.focus();
    } finally {
      this.#draft.disabled = false;
    }
  }

  /** @param {string} name */
  async #edit(name) {
    showProblem(this.#problem, null);
    try {
      this.#editor.edit(name, await (await service.send(`${addressOf(name)}/declaration`)).text());
    } catch (error) {
      showProblem(this.#problem, asProblem(error));
    }
  }

  /** @param {string} name */
  async #remove(name) {
    if (!(await agreed(TARGET_TEXT.removeQuestion(name), TARGET_TEXT.removeMeaning, TARGET_TEXT.remove))) return;
    showProblem(this.#problem, null);
    try {
      await service.send(addressOf(name), { method: 'DELETE' });
      this.#editor.gone(name);
      await this.#changed(TARGET_TEXT.removed(name));
    } catch (error) {
      showProblem(this.#problem, asProblem(error));
    }
  }

  /** The pressed button is gone, so the list gets the keyboard's focus. @param {string} told */
  async #changed(told) {
    await this.#load(told);
    this.#title.focus();
  }
}
