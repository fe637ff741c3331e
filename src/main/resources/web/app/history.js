// The list of the last jobs, and the actions for each.
// @ts-check

import { about, isBeingUndone, nameOf, summary, undoInWords } from '../embed/job-words.js';
import { isFinal } from '../embed/machine.js';
import { asProblem } from '../embed/service.js';
import { agreed, button, h } from './dom.js';
import { service, texts } from './page.js';
import { nameOfUser } from './session.js';
import { TEXT } from './texts.js';
/** @import { Problem } from '../embed/service.js' */
/** @import { Job, Page, Run } from '../../../../test/js/answers.d.ts' */

const REFRESH_MS = 2000;
const PAGE = 20;
// The longest page that the service gives.
const MOST = 500;
const TABS = new BroadcastChannel('importonce');

/** @typedef {{ problem: (problem: Problem) => void, open: (id: string) => void, changed: (job: Job) => void }} Listener */

export class History {
  #limit = PAGE;
  #asked = 0;
  /** @type {Map<string, Entry>} */
  #entries = new Map();
  /** @type {number | undefined} */
  #timer;
  #paused = true;
  #on;

  #list = h('ol', { class: 'history jobs', role: 'list', 'aria-labelledby': 'history-title' });
  #note = h('p', { class: 'hint waiting' }, TEXT.loading);
  #more = button(TEXT.showMore, () => { this.#limit += PAGE; return this.refresh(); }, { hidden: true });

  element = h('section', { class: 'card stack', 'aria-labelledby': 'history-title' },
    h('h2', { id: 'history-title' }, TEXT.history), this.#note, this.#list, this.#more);

  /** problem: called with a refusal; open: with a new job; changed: with the present state of each job. @param {Listener} on */
  constructor(on) {
    this.#on = on;
    // Reloads after changes by another tab, and when this tab becomes visible again.
    TABS.addEventListener('message', () => this.#lookAgain());
    document.addEventListener('visibilitychange', () => { if (!document.hidden) this.#lookAgain(); });
  }

  /** Tells the other tabs that there is a change. */
  announce() {
    TABS.postMessage(null);
  }

  /** Loads the list again, and repeats this while a job in it is active. */
  async refresh() {
    this.#paused = false;
    clearTimeout(this.#timer);
    const mine = ++this.#asked;
    let again;
    try {
      const { items, nextCursor } = await this.#jobs();
      // If a later answer has arrived before, this one would show an old state.
      if (mine !== this.#asked) return;
      this.#note.classList.remove('waiting');
      this.#show(items);
      this.#more.hidden = !nextCursor;
      again = !items.every((job) => isFinal(job) && !isBeingUndone(job));
    } catch (error) {
      const problem = asProblem(error);
      if (mine !== this.#asked) return;
      this.#note.classList.remove('waiting');
      this.#note.textContent = TEXT.historyFailed(problem.message, problem.detail);
      this.#note.hidden = false;
      again = problem.temporary;
    }
    clearTimeout(this.#timer);
    if (again && !this.#paused) this.#timer = setTimeout(() => this.refresh(), REFRESH_MS);
  }

  /** The newest jobs, as many as are shown. @returns {Promise<Page<Job>>} */
  async #jobs() {
    /** @type {Job[]} */
    const all = [];
    /** @type {string | null} */
    let cursor = null;
    do {
      /** @type {URLSearchParams} */
      const query = new URLSearchParams({ limit: String(Math.min(MOST, this.#limit - all.length)), ...(cursor && { cursor }) });
      /** @type {Page<Job>} */
      const page = await service.call(`/api/migrations?${query}`);
      all.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor && all.length < this.#limit);
    return { items: all, nextCursor: cursor };
  }

  pause() {
    this.#paused = true;
    clearTimeout(this.#timer);
  }

  #lookAgain() {
    if (!this.#paused) this.refresh();
  }

  /** @param {Job[]} jobs */
  #show(jobs) {
    this.#note.textContent = TEXT.historyEmpty;
    this.#note.hidden = jobs.length > 0;
    const items = jobs.map((job) => {
      const entry = this.#entryOf(job);
      entry.show(job);
      this.#on.changed(job);
      return entry.element;
    });
    // Moving an item would remove the keyboard's focus from it.
    if (items.length !== this.#list.children.length || items.some((item, i) => item !== this.#list.children[i]))
      this.#list.replaceChildren(...items);
  }

  /** @param {Job} job */
  #entryOf(job) {
    const entry = this.#entries.get(job.jobId) ?? new Entry(job, this.#on, () => { this.announce(); return this.refresh(); });
    this.#entries.set(job.jobId, entry);
    return entry;
  }
}

/** One job's line; the element stays the same while the job changes. */
class Entry {
  #job;
  #on;
  #refresh;
  #name;
  #status = h('span', { class: 'status' });
  #time = h('time', {});
  #counts = h('span');
  #about = h('span');
  #clicks = h('span', { class: 'good' });
  #undone = h('span');
  #buttons;

  /**
   * @param {Job} job
   * @param {Listener} on
   * @param {() => Promise<void>} refresh
   */
  constructor(job, on, refresh) {
    const id = job.jobId;
    this.#job = job;
    this.#on = on;
    this.#refresh = refresh;
    this.#name = h('a', { class: 'name', id: `name-${id}`, href: `#${id}` });
    this.#buttons = {
      cancel: this.#button(TEXT.cancel, () => service.post(`/api/migrations/${id}/cancel`)),
      retry: this.#button(TEXT.retry, () => this.#start(service.post(`/api/migrations/${id}/retry`))),
      again: this.#button(TEXT.runAgain, () => this.#start(this.#runAgain())),
      undo: this.#button(TEXT.undo, () => this.#undo()),
    };
    this.element = h('li', {},
      this.#name, this.#status,
      h('p', { class: 'facts hint' }, this.#time, this.#about, this.#counts, this.#clicks, this.#undone),
      h('div', { class: 'actions' }, ...Object.values(this.#buttons)));
  }

  /** @param {Job} job */
  show(job) {
    this.#job = job;
    set(this.#name, nameOf(texts, job));
    set(this.#status, job.status);
    this.#status.dataset.status = job.status;
    this.#time.dateTime = job.createdAt;
    set(this.#time, texts.time(job.createdAt));
    set(this.#about, about(texts, job, nameOfUser(job.userId)));
    set(this.#counts, summary(texts, job));
    set(this.#clicks, TEXT.clicked(job.duplicateRequests + 1));
    this.#clicks.hidden = job.duplicateRequests === 0;
    set(this.#undone, undoInWords(texts, job));
    const { cancel, retry, again, undo } = this.#buttons;
    cancel.hidden = isFinal(job);
    retry.hidden = !['failed', 'cancelled'].includes(job.status);
    again.hidden = job.status !== 'completed' || !job.sourceId;
    undo.hidden = !(job.status === 'completed' && job.mapping?.undoable && (!job.undo || job.undo.status === 'failed'));
  }

  /**
   * @param {string} text
   * @param {() => Promise<unknown>} act
   */
  #button(text, act) {
    const element = button(text, async () => {
      try {
        await act();
      } catch (error) {
        this.#on.problem(asProblem(error));
      }
      await this.#refresh();
      // The action may have hidden its own button.
      if (element.hidden && document.activeElement === document.body) this.#name.focus();
    }, { 'aria-describedby': this.#name.id });
    return element;
  }

  /** @param {Promise<Run>} request */
  async #start(request) {
    this.#on.open((await request).jobId);
  }

  /** @returns {Promise<Run>} */
  #runAgain() {
    const { sourceId, mapping } = this.#job;
    return service.post('/api/migrations/run', { sourceId, mapping });
  }

  async #undo() {
    const { jobId, progress } = this.#job;
    if (await agreed(TEXT.undoQuestion(nameOf(texts, this.#job)), TEXT.undoMeaning(progress), TEXT.undo)) await service.post(`/api/migrations/${jobId}/undo`);
  }
}

/**
 * Sets a text only if it has changed, since a selection in it would be lost.
 *
 * @param {HTMLElement} element
 * @param {string} text
 */
function set(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
