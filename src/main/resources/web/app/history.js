// The list of the last jobs, and the actions for each.
// @ts-check

import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { define } from '../embed/element.js';
import { about, isBeingUndone, nameOf, summary, undoInWords } from '../embed/job-words.js';
import { isFinal } from '../embed/machine.js';
import { asProblem } from '../embed/service.js';
import { agreed } from './question.js';
import { store } from './store.js';
import { View, busy, note } from './view.js';
import './history-filter.js';
/** @import { Filter } from './history-filter.js' */
/** @import { Problem } from '../embed/service.js' */
/** @import { PageKey } from './texts.js' */
/** @import { Job, Page, Run } from '../../../../test/js/answers.d.ts' */

const REFRESH_MS = 2000;
const PAGE = 20;
// The longest page that the service gives.
const MOST = 500;
const TABS = new BroadcastChannel('importonce');

/** Dispatches "refused" with a problem, "open" with the id of a new job, and "changed" with the present state of each job. */
export class History extends View {
  /** @type {import('lit').PropertyDeclarations} */
  static properties = { jobs: { state: true }, more: { state: true }, filter: { state: true }, waiting: { state: true }, problem: { state: true } };

  #limit = PAGE;
  #asked = 0;
  /** @type {number | undefined} */
  #timer;
  #paused = true;
  #lookAgain = () => { if (!this.#paused && !document.hidden) this.refresh(); };

  constructor() {
    super();
    /** @type {Job[]} */
    this.jobs = [];
    /** Whether there are more jobs. */
    this.more = false;
    /** @type {Filter} */
    this.filter = {};
    /** Whether nothing has been answered yet. */
    this.waiting = true;
    /** @type {Problem | null} */
    this.problem = null;
  }

  /** Reloads after changes by another tab, and when this tab becomes visible again. */
  connectedCallback() {
    super.connectedCallback();
    TABS.addEventListener('message', this.#lookAgain);
    document.addEventListener('visibilitychange', this.#lookAgain);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    TABS.removeEventListener('message', this.#lookAgain);
    document.removeEventListener('visibilitychange', this.#lookAgain);
  }

  render() {
    const { texts, jobs, waiting } = this;
    return html`<section class="card stack" aria-labelledby="history-title">
      <h2 id="history-title">${texts.say('history')}</h2>
      <import-once-history-filter @filter=${this.#filtered}></import-once-history-filter>
      <p class="hint" ?hidden=${!waiting && !this.problem && jobs.length > 0}>${note(texts, waiting, this.#note())}</p>
      <ol class="history jobs" role="list" aria-labelledby="history-title">${repeat(jobs, ({ jobId }) => jobId, (job) => this.#entry(job))}</ol>
      <button type="button" ?hidden=${!this.more} @click=${busy(() => this.#goOn())}>${texts.say('showMore')}</button>
    </section>`;
  }

  #note() {
    const { texts, problem, jobs } = this;
    if (problem) return texts.say('historyFailed', { problem: `${problem.message}. ${problem.detail}` });
    if (jobs.length) return '';
    return texts.say(Object.keys(this.filter).length ? 'historyNone' : 'historyEmpty');
  }

  /** Tells the other tabs that there is a change. */
  announce() {
    TABS.postMessage(null);
  }

  pause() {
    this.#paused = true;
    clearTimeout(this.#timer);
  }

  /** Loads the list again, and repeats this while a job in it is active. */
  async refresh() {
    this.#paused = false;
    clearTimeout(this.#timer);
    const mine = ++this.#asked;
    let again;
    try {
      const { items, nextCursor } = await this.#load();
      // If a later answer has arrived before, this one would show an old state.
      if (mine !== this.#asked) return;
      this.jobs = items;
      this.more = Boolean(nextCursor);
      this.problem = null;
      items.forEach((job) => this.#dispatch('changed', job));
      again = !items.every((job) => isFinal(job) && !isBeingUndone(job));
    } catch (error) {
      if (mine !== this.#asked) return;
      this.problem = asProblem(error);
      again = this.problem.temporary;
    }
    this.waiting = false;
    clearTimeout(this.#timer);
    if (again && !this.#paused) this.#timer = setTimeout(() => this.refresh(), REFRESH_MS);
    await this.updateComplete;
  }

  /** The newest jobs, as many as are shown. @returns {Promise<Page<Job>>} */
  async #load() {
    /** @type {Job[]} */
    const all = [];
    /** @type {string | null} */
    let cursor = null;
    do {
      /** @type {URLSearchParams} */
      const query = new URLSearchParams({ limit: String(Math.min(MOST, this.#limit - all.length)), ...this.filter, ...(cursor && { cursor }) });
      /** @type {Page<Job>} */
      const page = await this.service.call(`/api/migrations?${query}`);
      all.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor && all.length < this.#limit);
    return { items: all, nextCursor: cursor };
  }

  #goOn() {
    this.#limit += PAGE;
    return this.refresh();
  }

  /** @param {CustomEvent<Filter>} event */
  #filtered({ detail }) {
    this.filter = detail;
    this.#limit = PAGE;
    this.refresh();
  }

  /** @param {Job} job */
  #entry(job) {
    const { texts } = this;
    const { jobId, status, duplicateRequests } = job;
    const clicks = duplicateRequests + 1;
    return html`<li>
      <a class="name" id=${`name-${jobId}`} href=${`#${jobId}`}>${nameOf(texts, job)}</a><span class="status" data-status=${status}>${texts.known(`status.${status}`) ?? status}</span>
      <p class="facts hint"><time datetime=${job.createdAt}>${texts.time(job.createdAt)}</time><span>${about(texts, job, store.nameOfUser(job.userId))}</span><span>${summary(texts, job)}</span>
        ${clicks > 1 ? html`<span class="good">${texts.say('clicked', { n: clicks })}</span>` : nothing}<span>${undoInWords(texts, job)}</span></p>
      <div class="actions">${this.#actions(job)}</div>
    </li>`;
  }

  /** @param {Job} job */
  #actions(job) {
    const { jobId, status, sourceId, mapping, undo } = job;
    const address = `/api/migrations/${jobId}`;
    return [
      this.#button(job, 'cancel', !isFinal(job), () => this.service.post(`${address}/cancel`)),
      this.#button(job, 'retry', ['failed', 'cancelled'].includes(status), () => this.#start(this.service.post(`${address}/retry`))),
      this.#button(job, 'runAgain', status === 'completed' && sourceId !== null, () => this.#start(this.service.post('/api/migrations/run', { sourceId, mapping }))),
      this.#button(job, 'undo', status === 'completed' && Boolean(mapping?.undoable) && (!undo || undo.status === 'failed'), () => this.#undo(job)),
    ];
  }

  /**
   * @param {Job} job
   * @param {PageKey | 'cancel'} key
   * @param {boolean} shown
   * @param {() => Promise<unknown>} act
   */
  #button({ jobId }, key, shown, act) {
    const name = `name-${jobId}`;
    const press = busy(async (button) => {
      await act().catch((error) => this.#dispatch('refused', asProblem(error)));
      this.announce();
      await this.refresh();
      // The action may have hidden its own button.
      if (button.hidden && document.activeElement === document.body) document.getElementById(name)?.focus();
    });
    return html`<button type="button" ?hidden=${!shown} aria-describedby=${name} @click=${press}>${this.texts.say(key)}</button>`;
  }

  /** @param {Promise<Run>} request */
  async #start(request) {
    this.#dispatch('open', (await request).jobId);
  }

  /** @param {Job} job */
  async #undo(job) {
    const { texts } = this;
    const { inserted, updated } = job.progress;
    const meaning = [
      inserted && texts.say('undoDeletes', { n: inserted }),
      updated && texts.say('undoRestores', { n: updated }),
      texts.say(inserted || updated ? 'undoKeeps' : 'undoNothing')].filter(Boolean).join(' ');
    if (await agreed({ question: texts.say('undoQuestion', { name: nameOf(texts, job) }), meaning, yes: texts.say('undo') }))
      await this.service.post(`/api/migrations/${job.jobId}/undo`);
  }

  /** @param {'refused' | 'open' | 'changed'} name @param {unknown} detail */
  #dispatch(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

define('import-once-history', History);
