// The declared targets: operators add, change and remove them.
// @ts-check

import { html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { isDeclared } from '../embed/choices.js';
import { define } from '../embed/element.js';
import { problemPlace } from '../embed/parts.js';
import { asProblem } from '../embed/service.js';
import { targetName } from '../embed/words.js';
import { agreed } from './question.js';
import { addressOf } from './target-editor.js';
import { View, busy, note } from './view.js';
/** @import { Problem } from '../embed/service.js' */
/** @import { TargetEditor } from './target-editor.js' */
/** @import { PageKey } from './texts.js' */
/** @import { Discovery, Target } from '../../../../test/js/answers.d.ts' */

export class TargetsView extends View {
  /** @type {import('lit').PropertyDeclarations} */
  static properties = { targets: { state: true }, waiting: { state: true }, told: { state: true }, drafting: { state: true }, refused: { state: true }, problem: { state: true } };

  constructor() {
    super();
    /** @type {Target[] | null} */
    this.targets = null;
    this.waiting = false;
    /** What has been done. */
    this.told = '';
    this.drafting = false;
    /** Why there is no draft. @type {Problem | null} */
    this.refused = null;
    /** What went wrong with a declared target. @type {Problem | null} */
    this.problem = null;
  }

  render() {
    const { texts, targets, waiting } = this;
    const none = targets && !targets.length ? texts.say('noneDeclared') : '';
    return html`<div class="stack">
      <section class="card stack" aria-labelledby="targets-title">
        <h2 id="targets-title" tabindex="-1">${texts.say('view.targets')}</h2>
        <p class="hint">${texts.say('targetsHint')}</p>
        <form class="stack" autocomplete="off" @submit=${this.#discover}>
          <div class="field narrow"><label for="table">${texts.say('targetsTable')}</label>
            <input id="table" type="text" dir="ltr" required autocomplete="off" spellcheck="false" aria-describedby="table-hint">
            <p id="table-hint" class="hint">${texts.say('targetsTableHint')}</p></div>
          <div class="actions"><button ?disabled=${this.drafting}>${texts.say('discover')}</button></div>
        </form>
        ${problemPlace(this.refused)}
      </section>
      <import-once-target-editor .isTaken=${(/** @type {string} */ name) => this.#isTaken(name)} @saved=${this.#saved} @left=${() => this.#table.focus()}></import-once-target-editor>
      <section class="card stack" aria-labelledby="declared-title">
        <h2 id="declared-title" tabindex="-1">${texts.say('declared')}</h2>
        <p role="status" class="hint">${note(texts, waiting, this.told || none)}</p>
        ${problemPlace(this.problem)}
        <ul class="history" role="list" aria-labelledby="declared-title">${repeat(targets ?? [], ({ name }) => name, (target) => this.#item(target))}</ul>
      </section>
    </div>`;
  }

  get #table() {
    return /** @type {HTMLInputElement} */ (this.querySelector('#table'));
  }

  get #editor() {
    return /** @type {TargetEditor} */ (this.querySelector('import-once-target-editor'));
  }

  show() {
    return this.#load('');
  }

  /** @param {string} name */
  #isTaken(name) {
    return Boolean(this.targets?.some((target) => target.name === name));
  }

  /** Loads the list; told stands above it then. @param {string} told */
  async #load(told) {
    this.problem = null;
    this.waiting = true;
    try {
      /** @type {{ items: Target[] }} */
      const { items } = await this.service.call('/api/targets');
      this.targets = items.filter(isDeclared);
      this.told = told;
    } catch (error) {
      this.told = '';
      this.targets = null;
      this.#refuse(error);
    }
    this.waiting = false;
    await this.updateComplete;
  }

  /** @param {Target} target */
  #item(target) {
    const { texts } = this;
    const { name } = target;
    const words = targetName(texts, target);
    const id = `target-${name}`;
    const does = (/** @type {PageKey} */ key, /** @type {() => unknown} */ act) =>
      html`<button type="button" aria-describedby=${id} @click=${busy(act)}>${texts.say(key)}</button>`;
    return html`<li>
      <span class="name" id=${id}>${words.toLowerCase() === name ? words : `${words} (${name})`}</span><span class="hint">${texts.say('fieldCount', { n: target.fields.length })}</span>
      <div class="actions">${does('edit', () => this.#edit(name))}${does('remove', () => this.#remove(name))}</div>
    </li>`;
  }

  /** @param {Event} event */
  async #discover(event) {
    event.preventDefault();
    if (this.drafting) return;
    this.drafting = true;
    this.refused = null;
    try {
      const table = this.#table.value.trim();
      /** @type {Discovery} */
      const discovery = await this.service.post('/api/targets/discover', { table });
      await this.#editor.draft(table, discovery);
    } catch (error) {
      this.refused = asProblem(error);
      this.#table.focus();
      this.reveal();
    } finally {
      this.drafting = false;
    }
  }

  /** @param {string} name */
  async #edit(name) {
    this.problem = null;
    try {
      await this.#editor.edit(name, await (await this.service.send(`${addressOf(name)}/declaration`)).text());
    } catch (error) {
      this.#refuse(error);
    }
  }

  /** @param {string} name */
  async #remove(name) {
    const { texts } = this;
    if (!(await agreed({ question: texts.say('removeQuestion', { name }), meaning: texts.say('removeMeaning'), yes: texts.say('remove') }))) return;
    this.problem = null;
    try {
      await this.service.send(addressOf(name), { method: 'DELETE' });
      this.#editor.gone(name);
      await this.#changed(texts.say('removed', { name }));
    } catch (error) {
      this.#refuse(error);
    }
  }

  /** @param {CustomEvent<string>} event */
  #saved({ detail }) {
    this.#changed(detail);
  }

  /** The pressed button is gone, so the list gets the keyboard's focus. @param {string} told */
  async #changed(told) {
    await this.#load(told);
    /** @type {HTMLElement | null} */ (this.querySelector('#declared-title'))?.focus();
  }

  /** @param {unknown} error */
  #refuse(error) {
    this.problem = asProblem(error);
    this.reveal();
  }
}

define('import-once-targets', TargetsView);
