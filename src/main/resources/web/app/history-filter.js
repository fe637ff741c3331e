// What jobs the history lists: of one state, into one target, of a time.
// @ts-check

import { html } from 'lit';
import { define } from '../embed/element.js';
import { options } from '../embed/parts.js';
import { targetName } from '../embed/words.js';
import { View } from './view.js';
/** @import { Target } from '../../../../test/js/answers.d.ts' */

const STATUSES = ['pending', 'processing', 'completed', 'failed', 'cancelled'];

/** @typedef {Partial<Record<'status' | 'target' | 'since' | 'before', string>>} Filter by the query parameters of the list of jobs */

/** Dispatches "filter" with what is wanted. */
export class HistoryFilter extends View {
  /** @type {import('lit').PropertyDeclarations} */
  static properties = { targets: { state: true } };

  #chosen = { status: '', target: '', since: '', until: '' };

  constructor() {
    super();
    /** Loaded when the filter is opened. @type {Target[] | null} */
    this.targets = null;
  }

  render() {
    const { texts } = this;
    const states = STATUSES.map((status) => /** @type {[string, string]} */ ([status, texts.known(`status.${status}`) ?? status]));
    const targets = (this.targets ?? []).map((target) => /** @type {[string, string]} */ ([target.name, targetName(texts, target)]));
    const choice = (/** @type {'status' | 'target'} */ name, /** @type {string} */ label, /** @type {[string, string][]} */ known) => html`<div class="field">
      <label for=${`history-${name}`}>${label}</label>
      <select id=${`history-${name}`} @change=${(/** @type {Event} */ event) => this.#choose(name, event)}>${options(known, this.#chosen[name])}</select></div>`;
    const day = (/** @type {'since' | 'until'} */ name, /** @type {string} */ label) => html`<div class="field">
      <label for=${`history-${name}`}>${label}</label><input id=${`history-${name}`} type="date" @change=${(/** @type {Event} */ event) => this.#choose(name, event)}></div>`;
    return html`<details @toggle=${this.#toggled}><summary>${texts.say('filter')}</summary><div class="filter">
      ${choice('status', texts.say('filterState'), [['', texts.say('allStates')], ...states])}
      ${choice('target', texts.say('filterTarget'), [['', texts.say('allTargets')], ...targets])}
      ${day('since', texts.say('filterSince'))}${day('until', texts.say('filterUntil'))}
    </div></details>`;
  }

  async #toggled() {
    if (this.targets) return;
    /** @type {{ items: Target[] }} */
    const { items } = await this.service.call('/api/targets').catch(() => ({ items: [] }));
    this.targets = items;
  }

  /** @param {'status' | 'target' | 'since' | 'until'} name @param {Event} event */
  #choose(name, { target }) {
    this.#chosen = { ...this.#chosen, [name]: /** @type {HTMLInputElement | HTMLSelectElement} */ (target).value };
    const { status, target: into, since, until } = this.#chosen;
    /** @type {Filter} */
    const filter = { ...(status && { status }), ...(into && { target: into }), ...(since && { since: midnight(since, 0) }), ...(until && { before: midnight(until, 1) }) };
    this.dispatchEvent(new CustomEvent('filter', { detail: filter }));
  }
}

/** When a day begins where the user is, or a later one. @param {string} day as 2030-12-31 @param {number} later */
function midnight(day, later) {
  const date = new Date(`${day}T00:00`);
  date.setDate(date.getDate() + later);
  return date.toISOString();
}

define('import-once-history-filter', HistoryFilter);
