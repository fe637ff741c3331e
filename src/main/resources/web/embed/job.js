// One job: follows it, and shows its progress and its result.
// @ts-check

import { html, nothing } from 'lit';
import { Part, define } from './element.js';
import { COUNTS, about, nameOf, undoInWords } from './job-words.js';
import { isFinal } from './machine.js';
import { figure, noticeList } from './parts.js';
import { asProblem } from './service.js';
/** @import { Service } from './service.js' */
/** @import { Key, Texts } from './texts.js' */
/** @import { Job } from '../../../../test/js/answers.d.ts' */

const POLL_MS = 1000;
const RETRY_MS = 2000;
// A screen reader cannot read two announcements a second.
const TELL_MS = 2000;
// With fewer points the rate would be meaningless.
const LEAST_PACE_MS = 1500;
// Long enough to smooth the steps of chunks, short enough to follow a change.
const PACE_MS = 6000;

/** Dispatches "job" with each state of the job, and "correct" with a job whose rejected rows are to be corrected. */
export class JobPanel extends Part {
  static properties = { service: { attribute: false }, job: { state: true }, expects: { state: true }, told: { state: true }, refused: { state: true } };

  /** @type {AbortController | undefined} */
  #followed;
  #said = { at: 0, about: '' };
  /** @type {{ now: number, done: number }[]} */
  #pace = [];

  constructor() {
    super();
    /** @type {Service | undefined} */
    this.service = undefined;
    /** The name to show for a user. @type {(userId: string) => string} */
    this.nameOfUser = () => '';
    /** @type {Job | undefined} */
    this.job = undefined;
    this.expects = false;
    this.told = '';
    this.refused = '';
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
    while (!mine.signal.aborted && this.service) {
      try {
        /** @type {AsyncIterable<Job>} */
        const states = streams ? this.service.events(`/api/migrations/${id}/events`, mine.signal) : once(this.service, id, mine.signal);
        for await (const job of states) {
          if (mine.signal.aborted) return undefined;
          this.#show(job);
          if (unseen) this.updateComplete.then(() => this.focus());
          unseen = false;
          if (isFinal(job)) return job;
        }
        // The stream ended before the job did: a proxy has cut it.
        await pause(POLL_MS);
      } catch (problem) {
        if (mine.signal.aborted) return undefined;
        if (!asProblem(problem).temporary) throw problem;
        this.expects = false;
        this.#tell('lost', this.service.texts.say('lost'));
        await pause(RETRY_MS);
      }
      streams = false;
    }
    return undefined;
  }

  /** Moves the keyboard's focus here. */
  focus() {
    /** @type {HTMLElement | null} */ (this.querySelector('h2'))?.focus();
  }

  /** Shows a placeholder for a job. */
  expect() {
    this.expects = true;
  }

  /** Stops following the job and hides it. */
  unfollow() {
    this.#followed?.abort();
    this.job = undefined;
    this.expects = false;
  }

  /** Shows a newer state of a job, if this job is the one that is shown. @param {Job} job */
  changed(job) {
    if (this.job?.jobId === job.jobId && isFinal(this.job)) this.#show(job);
  }

  render() {
    const { job, service, expects } = this;
    if (!service || (!job && !expects && !this.told)) return nothing;
    const { texts } = service;
    const percent = job?.progress.percent ?? 0;
    return html`<div class="card stack" aria-busy=${expects} ?hidden=${!job && !expects}>
      <h2 tabindex="-1">${expects || !job ? texts.say('loading') : nameOf(texts, job)}</h2>
      <p class="hint">${job && !expects ? about(texts, job, this.nameOfUser(job.userId)) : ''}</p>
      <div class="progress" role="progressbar" aria-label=${texts.say('progress')} aria-valuemin="0" aria-valuemax="100" aria-valuenow=${percent}>
        <div class="bar" data-status=${job?.status ?? 'pending'} .style=${`inline-size: ${percent}%`}></div></div>
      <p aria-live="polite">${this.told}</p>
      ${job && !expects && isFinal(job) ? this.#result(texts, job) : nothing}
    </div>`;
  }

  /** @param {Texts} texts @param {Job} job */
  #result(texts, job) {
    const kept = job.undo?.kept ?? [];
    const path = `/api/migrations/${job.jobId}/rejects?locale=${texts.locale}`;
    /** @type {Record<string, Key>} */
    const means = { skipped: 'means.skipped', overridden: 'means.overridden', rejected: 'means.rejected' };
    return html`<section class="stack" aria-labelledby="result-title">
      <div class="heading"><h3 id="result-title">${texts.say('result')}</h3>
        <p>${texts.say('status')} <span class="status" data-status=${job.status}>${texts.known(`status.${job.status}`) ?? job.status}</span></p></div>
      <p class="error">${this.refused || (job.error?.detail ?? '')}</p>
      <dl class="counts">${COUNTS.map((name) => {
        const meaning = means[name];
        return figure(texts, texts.say(/** @type {Key} */ (`count.${name}`)), job.progress[name], name, meaning && texts.say(meaning));
      })}</dl>
      ${noticeList(texts, job.notices)}
      <div class="actions" ?hidden=${job.progress.rejected === 0}>
        <a href=${this.service?.address(path) ?? path} download @click=${(/** @type {Event} */ event) => this.#download(event, path)}>${texts.say('downloadRejects')}</a>
        <button type="button" @click=${() => this.#dispatch('correct', job)}>${texts.say('correct')}</button>
      </div>
      <p>${undoInWords(texts, job)}</p>
      ${kept.length
        ? html`<div class="stack"><h4>${texts.say('kept')}</h4><ul class="rejected">${kept.map(({ email, key, reason, fields }) =>
            html`<li>${email ?? Object.values(key ?? {}).join(', ')}: ${reason}${fields.length ? ` (${fields.join(', ')})` : ''}</li>`)}</ul></div>`
        : nothing}
    </section>`;
  }

  /** A link cannot send a token. @param {Event} event @param {string} path */
  async #download(event, path) {
    const { job, service } = this;
    event.preventDefault();
    this.refused = '';
    await service?.download(path, `rejects-${job?.jobId}.csv`).catch((error) => { this.refused = asProblem(error).message; });
  }

  /** @param {Job} job */
  #show(job) {
    this.job = job;
    this.expects = false;
    this.refused = '';
    this.#tell(job.jobId + job.status + job.progress.phase, this.#inWords(job));
    this.#dispatch('job', job);
  }

  /** @param {string} name @param {Job} detail */
  #dispatch(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  /** @param {Job} job */
  #inWords({ status, progress }) {
    const { phase, totalRows, readRows, processedRows } = progress;
    const { texts } = this.service ?? {};
    if (!texts) return '';
    if (status === 'pending') return texts.say('pending', { n: totalRows });
    if (isFinal({ status })) return texts.say(/** @type {Key} */ (`ended.${status}`), { done: processedRows, n: totalRows });
    const words = phase === 'reading' ? texts.say('readingRows', { done: readRows, n: totalRows }) : texts.say('mergingRows', { done: processedRows, n: totalRows });
    return `${words}${this.#paceInWords(texts, (readRows + processedRows) / 2, totalRows)}.`;
  }

  /**
   * Each row is read once and merged once: a row that is only read counts as half done.
   *
   * @param {Texts} texts
   * @param {number} done
   * @param {number} total
   */
  #paceInWords(texts, done, total) {
    const now = performance.now();
    const last = { now, done };
    this.#pace = [...this.#pace, last].filter((point, i, all) => now - point.now < PACE_MS || i === all.length - 2);
    const [first = last] = this.#pace;
    const rate = ((done - first.done) / (now - first.now)) * 1000;
    return now - first.now > LEAST_PACE_MS && rate > 0 ? texts.say('pace', { rate: Math.round(rate), time: texts.duration((total - done) / rate) }) : '';
  }

  /** @param {string} subject @param {string} text */
  #tell(subject, text) {
    if (subject === this.#said.about && Date.now() - this.#said.at < TELL_MS) return;
    this.#said = { at: Date.now(), about: subject };
    this.told = text;
  }
}

/** @param {Service} service @param {string} id @param {AbortSignal} signal @returns {AsyncGenerator<Job, void>} */
async function* once(service, id, signal) {
  yield await service.call(`/api/migrations/${id}`, { signal });
}

/** @param {number} millis */
function pause(millis) {
  return new Promise((done) => { setTimeout(done, millis); });
}

define('import-once-job', JobPanel);
