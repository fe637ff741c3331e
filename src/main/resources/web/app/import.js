// The import view: the form, the current job, and earlier jobs.
// @ts-check

import { Corrections } from '../embed/corrections.js';
import { Flow } from '../embed/flow.js';
import { ImportForm } from '../embed/form.js';
import { JobPanel } from '../embed/job.js';
import { asProblem } from '../embed/service.js';
import { h } from './dom.js';
import { History } from './history.js';
import { service } from './page.js';
import { nameOfUser } from './session.js';
/** @import { Job } from '../../../../test/js/answers.d.ts' */

export class ImportView {
  #flow = new Flow(service);
  #form = new ImportForm();
  #corrections = new Corrections();
  #job = new JobPanel();
  #history = new History({
    problem: (problem) => this.#flow.tell({ type: 'refuse', problem }),
    open: (id) => this.#open(id),
    changed: (job) => this.#learnt(job),
  });
  #sending = false;

  element = h('div', { class: 'stack' }, this.#form, this.#job, this.#corrections, this.#history.element);

  constructor() {
    this.#form.flow = this.#flow;
    this.#corrections.service = service;
    this.#job.service = service;
    this.#job.nameOfUser = nameOfUser;
    this.#flow.addEventListener('change', () => this.#moved());
    this.#job.addEventListener('job', (event) => this.#flow.tell({ type: 'job', job: jobOf(event) }));
    this.#job.addEventListener('correct', (event) => this.#corrections.show(jobOf(event)));
    // The button that sent the corrections is gone then, so the new job gets the keyboard's focus.
    this.#corrections.addEventListener('started', (event) => this.#open(jobOf(event).jobId, true));
    this.#corrections.addEventListener('left', () => this.#job.focus());
  }

  /**
   * Shows the view, with a job's id, or null.
   *
   * @param {string | null} id
   * @param {boolean} reveal
   */
  show(id, reveal) {
    this.#history.refresh();
    // A user who opens a link to a job sees its place at once.
    if (id && !reveal) this.#job.expect();
    this.#follow(id, reveal);
  }

  /** Takes files that were dropped anywhere on the page. @param {FileList} files */
  dropped(files) {
    this.#form.take(files);
  }

  /** Takes rows that were pasted anywhere on the page. @param {ClipboardEvent} event */
  pasted(event) {
    this.#form.paste(event);
  }

  hide() {
    this.#history.pause();
    this.#job.unfollow();
  }

  /** @param {Job} job */
  #learnt(job) {
    this.#job.changed(job);
    // An import that was undone may be requested again, too.
    this.#flow.tell({ type: 'job', job });
  }

  /** A click on Import was answered. */
  #moved() {
    const { name, jobId } = this.#flow.state;
    const sending = name === 'sending';
    if (sending === this.#sending) return;
    this.#sending = sending;
    if (sending) return;
    if (jobId && name !== 'ready') this.#open(jobId);
    this.#history.refresh();
  }

  /**
   * Usually does not scroll the page, since the user may be about to click.
   *
   * @param {string} id
   * @param {boolean} reveal
   */
  #open(id, reveal = false) {
    if (location.hash !== `#${id}`) history.pushState(null, '', `#${id}`);
    this.#history.refresh();
    this.#history.announce();
    this.#follow(id, reveal);
  }

  /**
   * @param {string | null} id
   * @param {boolean} reveal
   */
  async #follow(id, reveal) {
    this.#corrections.hide();
    if (!id) {
      this.#job.unfollow();
      return;
    }
    try {
      if (await this.#job.follow(id, reveal)) this.#history.refresh();
    } catch (error) {
      this.#job.unfollow();
      this.#flow.tell({ type: 'refuse', problem: asProblem(error) });
    }
  }
}

/** @param {Event} event @returns {Job} */
function jobOf(event) {
  return /** @type {CustomEvent<Job>} */ (event).detail;
}
