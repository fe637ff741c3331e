// The list of the last jobs.

import { call } from './api.js';
import { isFinal, nameOf, summary } from './job.js';

const REFRESH_MS = 2000;
const TIME = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

const list = document.getElementById('history');
const empty = document.getElementById('history-empty');
const entries = new Map();
let timer;

/** Loads the list again, and again for as long as a job in it is active. */
export async function refreshHistory() {
  clearTimeout(timer);
  let again;
  try {
    const { items } = await call('/api/migrations?limit=20');
    show(items);
    again = !items.every(isFinal);
  } catch (problem) {
    empty.textContent = `The last imports cannot be shown: ${problem.message}. ${problem.detail}`;
    empty.hidden = false;
    again = problem.temporary;
  }
  clearTimeout(timer);
  if (again) timer = setTimeout(refreshHistory, REFRESH_MS);
}

function show(jobs) {
  empty.textContent = 'Nothing imported yet. What you import will be listed here.';
  empty.hidden = jobs.length > 0;
  for (const job of jobs) {
    if (!entries.has(job.jobId)) entries.set(job.jobId, new Entry(job.jobId));
    entries.get(job.jobId).show(job);
  }
  const items = jobs.map((job) => entries.get(job.jobId).item);
  // Moving an item would take the keyboard's focus from it.
  if (items.length !== list.children.length || items.some((item, i) => item !== list.children[i]))
    list.replaceChildren(...items);
}

/** One job's line, kept while its job changes. */
class Entry {
  item = document.createElement('li');
  #name = this.#add('a', 'name');
  #status = this.#add('span', 'status');
  #time = this.#add('time', 'hint');
  #counts = this.#add('span', 'numbers');
  #clicks = this.#add('span', 'clicks');
  #cancel = this.#add('button', 'cancel');

  constructor(id) {
    this.#name.href = `#${id}`;
    this.#name.id = `name-${id}`;
    this.#cancel.type = 'button';
    this.#cancel.textContent = 'Cancel';
    this.#cancel.setAttribute('aria-describedby', this.#name.id);
    this.#cancel.addEventListener('click', () => this.#cancelJob(id));
  }

  show(job) {
    this.#name.textContent = nameOf(job);
    this.#status.textContent = job.status;
    this.#status.dataset.status = job.status;
    this.#time.dateTime = job.createdAt;
    this.#time.textContent = TIME.format(new Date(job.createdAt));
    this.#counts.textContent = summary(job);
    this.#clicks.textContent = `clicked ${job.duplicateRequests + 1} times, imported once`;
    this.#clicks.hidden = job.duplicateRequests === 0;
    this.#cancel.hidden = isFinal(job);
  }

  async #cancelJob(id) {
    this.#cancel.disabled = true;
    this.#name.focus();
    try {
      this.show(await call(`/api/migrations/${id}/cancel`, { method: 'POST' }));
    } catch (problem) {
      list.dispatchEvent(new CustomEvent('problem', { detail: problem }));
    }
    this.#cancel.disabled = false;
    refreshHistory();
  }

  #add(element, className) {
    const part = document.createElement(element);
    part.className = className;
    this.item.append(part);
    return part;
  }
}
