// The import view: the dialog, the current job, and earlier jobs.
// @ts-check

import { asProblem } from './api.js';
import { Corrections } from './corrections.js';
import { Dialog } from './dialog.js';
import { h } from './dom.js';
import { History } from './history.js';
import { JobPanel } from './job.js';
/** @import { Job } from '../../../../test/js/answers.d.ts' */

export class ImportView {
  #dialog = new Dialog((id) => this.#sent(id));
  // The button that sent the corrections is gone then, so the new job gets the keyboard's focus.
  #corrections = new Corrections({ started: (id) => this.#open(id, true), left: () => this.#job.focus() });
  #history = new History({
    problem: (problem) => this.#dialog.tell({ problem }),
    open: (id) => this.#open(id),
    changed: (job) => this.#learnt(job),
  });
  #job = new JobPanel({ correct: (job) => this.#corrections.show(job) });

  element = h('div', { class: 'stack' }, this.#dialog.element, this.#job.element, this.#corrections.element, this.#history.element);

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
    this.#dialog.take(files);
  }

  hide() {
    this.#history.pause();
    this.#job.unfollow();
  }

  /** @param {Job} job */
  #learnt(job) {
    this.#job.changed(job);
    // An import that was undone may be requested again, too.
    if (job.undo) this.#dialog.again(job.jobId);
  }

  /** @param {string | null} id */
  #sent(id) {
    if (id) this.#open(id);
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
      const job = await this.#job.follow(id, reveal);
      if (!job) return;
      this.#history.refresh();
      // An import that was not started may be requested again.
      if (job.status !== 'completed') this.#dialog.again(id);
    } catch (error) {
      this.#job.unfollow();
      this.#dialog.tell({ problem: asProblem(error) });
    }
  }
}
