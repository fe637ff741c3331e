// One job: follows it, and shows its progress and its result.
// @ts-check

import { asProblem, call, download, events } from './api.js';
import { button, figure, h, showNotices } from './dom.js';
import { accessToken, nameOfUser } from './session.js';
import { TEXT, namesOf } from './texts.js';
/** @import { Job, Status } from '../../../../test/js/answers.d.ts' */

const POLL_MS = 1000;
const RETRY_MS = 2000;
// A screen reader cannot read two announcements a second.
const TELL_MS = 2000;
// With fewer points the rate would be meaningless.
const LEAST_PACE_MS = 1500;
// Long enough to smooth the steps of chunks, short enough to follow a change.
const PACE_MS = 6000;

/** Whether the job has ended. @param {{ status: Status }} job */
export function isFinal({ status }) {
  return ['completed', 'failed', 'cancelled'].includes(status);
}

/** The message for a user who requests an import that exists already. @param {{ status: Status }} job */
export function alreadyThere(job) {
  if (!isFinal(job)) return TEXT.inProgress;
  return job.status === 'completed' ? TEXT.alreadyImported : TEXT.endedAs(job.status);
}

/** Whether the job is being undone. @param {Job} job */
export function isBeingUndone({ undo }) {
  return undo?.status === 'processing';
}

/** The name of a job's file. @param {Job} job */
export function nameOf({ fileName }) {
  return fileName ?? TEXT.unnamed;
}

/** A job's target and the user who started it, in words, if they are worth showing. @param {Job} job */
export function about({ target, userId }) {
  const who = nameOfUser(userId);
  return [target === 'contacts' ? '' : TEXT.into(target), who && TEXT.startedBy(who)].filter(Boolean).join(', ');
}

/** The counts of a job in words, without those that are zero. @param {Job} job */
export function summary({ progress }) {
  const counts = namesOf(TEXT.counts).filter((name) => progress[name] > 0);
  return counts.map((name) => TEXT.summary(name, progress[name])).join(', ');
}

/** The progress of a job's undo, in words; empty if nobody has requested an undo. @param {Job} job */
export function undoInWords({ undo }) {
  if (!undo) return '';
  if (undo.status === 'failed') return TEXT.undoFailed;
  return undo.status === 'processing' ? TEXT.undoing(undo.percent) : TEXT.undone(undo.undone, undo.keptCount);
}

export class JobPanel {
  /** @type {AbortController | undefined} */
  #followed;
  #told = { at: 0, about: '' };
  /** @type {{ now: number, done: number }[]} */
  #pace = [];
  /** @type {Job | undefined} */
  #shown;
  #link;

  #name = h('h2', { tabindex: '-1' });
  #about = h('p', { class: 'hint' });
  #bar = h('div', { class: 'bar' });
  #progress = h('div', { class: 'progress', role: 'progressbar', 'aria-label': TEXT.progress, 'aria-valuemin': 0, 'aria-valuemax': 100, 'aria-valuenow': 0 }, this.#bar);
  #live = h('p', { 'aria-live': 'polite' });
  #status = h('span', { class: 'status' });
  #error = h('p', { class: 'error' });
  #counts = h('dl', { class: 'counts' });
  #notices = h('ul', { class: 'notices', 'aria-label': TEXT.notices, hidden: true });
  #rejects = h('div', { class: 'actions' });
  #undo = h('p', {});
  #kept = h('div', { class: 'stack' });
  #result = h('section', { class: 'stack', 'aria-labelledby': 'result-title', hidden: true },
    h('div', { class: 'heading' }, h('h3', { id: 'result-title' }, TEXT.result), h('p', {}, `${TEXT.status} `, this.#status)),
    this.#error, this.#counts, this.#notices, this.#rejects, this.#undo, this.#kept);

  element = h('div', { class: 'card stack', hidden: true }, this.#name, this.#about, this.#progress, this.#live, this.#result);

  /** correct: called with the job whose rejected rows are to be corrected. @param {{ correct: (job: Job) => unknown }} on */
  constructor({ correct }) {
    this.#link = h('a', { download: true, onclick: (event) => this.#download(event) }, TEXT.downloadRejects);
    this.#rejects.append(this.#link, button(TEXT.correct, () => this.#shown && correct(this.#shown)));
  }

  /**
   * Shows a job until it has ended and returns it, or undefined if another job is shown meanwhile. Throws a Problem. reveal:
   * scroll to it and give it the keyboard's focus.
   *
   * @param {string} id
   * @param {boolean} reveal
   */
  async follow(id, reveal) {
    this.#followed?.abort();
    const mine = (this.#followed = new AbortController());
    this.#pace = [];
    let streams = true;
    let unseen = reveal;
    while (!mine.signal.aborted) {
      try {
        /** @type {AsyncIterable<Job>} */
        const states = streams ? events(`/api/migrations/${id}/events`, mine.signal) : once(id, mine.signal);
        for await (const job of states) {
          if (mine.signal.aborted) return undefined;
          this.#show(job);
          if (unseen) this.focus();
          unseen = false;
          if (isFinal(job)) return job;
        }
        // The stream ended before the job did: a proxy has cut it.
        await pause(POLL_MS);
      } catch (problem) {
        if (mine.signal.aborted) return undefined;
        if (!asProblem(problem).temporary) throw problem;
        this.element.ariaBusy = 'false';
        this.#tell('lost', TEXT.lost);
        await pause(RETRY_MS);
      }
      streams = false;
    }
    return undefined;
  }

  /** Moves the keyboard's focus here. */
  focus() {
    this.#name.focus();
  }

  /** Shows a placeholder for a job. */
  expect() {
    this.#name.textContent = TEXT.loading;
    this.#result.hidden = true;
    this.element.hidden = false;
    this.element.ariaBusy = 'true';
  }

  /** Stops following the job and hides it. */
  unfollow() {
    this.#followed?.abort();
    this.#shown = undefined;
    this.element.hidden = true;
    this.element.ariaBusy = 'false';
  }

  /** Shows a newer state of a job, if this job is the one that is shown. @param {Job} job */
  changed(job) {
    if (this.#shown?.jobId === job.jobId && isFinal(this.#shown)) this.#show(job);
  }

  /** A link cannot send a token. @param {Event} event */
  #download(event) {
    if (!accessToken() || !this.#shown) return;
    event.preventDefault();
    download(this.#link.href, `rejects-${this.#shown.jobId}.csv`).catch((error) => {
      this.#error.textContent = asProblem(error).message;
    });
  }

  /** @param {Job} job */
  #show(job) {
    const { percent } = job.progress;
    this.#shown = job;
    this.element.hidden = false;
    this.element.ariaBusy = 'false';
    this.#name.textContent = nameOf(job);
    this.#about.textContent = about(job);
    this.#progress.setAttribute('aria-valuenow', String(percent));
    this.#bar.style.inlineSize = `${percent}%`;
    this.#bar.dataset.status = job.status;
    this.#tell(job.jobId + job.status + job.progress.phase, this.#inWords(job));
    this.#result.hidden = !isFinal(job);
    if (isFinal(job)) this.#showResult(job);
  }

  /** @param {Job} job */
  #inWords({ status, progress }) {
    const { phase, totalRows, readRows, processedRows } = progress;
    if (status === 'pending') return TEXT.pending(totalRows);
    if (isFinal({ status })) return TEXT.ended(status, processedRows, totalRows);
    const words = phase === 'reading' ? TEXT.readingRows(readRows, totalRows) : TEXT.mergingRows(processedRows, totalRows);
    return `${words}${this.#paceInWords((readRows + processedRows) / 2, totalRows)}.`;
  }

  /**
   * Each row is read once and merged once: a row that is only read counts as half done.
   *
   * @param {number} done
   * @param {number} total
   */
  #paceInWords(done, total) {
    const now = performance.now();
    const last = { now, done };
    this.#pace = [...this.#pace, last].filter((point, i, all) => now - point.now < PACE_MS || i === all.length - 2);
    const [first = last] = this.#pace;
    const rate = ((done - first.done) / (now - first.now)) * 1000;
    return now - first.now > LEAST_PACE_MS && rate > 0 ? TEXT.pace(Math.round(rate), (total - done) / rate) : '';
  }

  /**
   * @param {string} subject
   * @param {string} text
   */
  #tell(subject, text) {
    if (subject === this.#told.about && Date.now() - this.#told.at < TELL_MS) return;
    this.#told = { at: Date.now(), about: subject };
    this.#live.textContent = text;
  }

  /** @param {Job} job */
  #showResult(job) {
    this.#status.textContent = job.status;
    this.#status.dataset.status = job.status;
    this.#error.textContent = job.error?.detail ?? '';
    this.#counts.replaceChildren(
      ...namesOf(TEXT.counts).map((name) => figure(TEXT.counts[name], job.progress[name], name)));
    showNotices(this.#notices, job.notices);
    this.#link.href = `/api/migrations/${job.jobId}/rejects`;
    this.#rejects.hidden = job.progress.rejected === 0;
    this.#undo.textContent = undoInWords(job);
    const kept = job.undo?.kept ?? [];
    this.#kept.replaceChildren(...(kept.length
      ? [h('h4', {}, TEXT.kept), h('ul', { class: 'rejected' }, ...kept.map((row) => h('li', {}, TEXT.keptRow(row))))]
      : []));
  }
}

/**
 * @param {string} id
 * @param {AbortSignal} signal
 * @returns {AsyncGenerator<Job, void>}
 */
async function* once(id, signal) {
  yield await call(`/api/migrations/${id}`, { signal });
}

/** @param {number} millis */
function pause(millis) {
  return new Promise((done) => { setTimeout(done, millis); });
}
