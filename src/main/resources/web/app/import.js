// The import view: the form, which gives way to the job that it starts, and earlier jobs.
// @ts-check

import { html, nothing } from 'lit';
import '../embed/corrections.js';
import { define } from '../embed/element.js';
import { Flow } from '../embed/flow.js';
import { toldInWords } from '../embed/form.js';
import '../embed/job.js';
import { problemPlace } from '../embed/parts.js';
import { asProblem } from '../embed/service.js';
import './history.js';
import { store } from './store.js';
import { View } from './view.js';
/** @import { Corrections } from '../embed/corrections.js' */
/** @import { ImportForm } from '../embed/form.js' */
/** @import { JobPanel } from '../embed/job.js' */
/** @import { Shown } from '../embed/parts.js' */
/** @import { History } from './history.js' */
/** @import { Job, Run } from '../../../../test/js/answers.d.ts' */

export class ImportView extends View {
  /** @type {import('lit').PropertyDeclarations} */
  static properties = { jobId: { state: true }, refused: { state: true } };

  #flow = new Flow(store.service);
  #sending = false;

  constructor() {
    super();
    /** The job that is shown. @type {string | null} */
    this.jobId = null;
    /** What went wrong while a job is shown. @type {Shown | null} */
    this.refused = null;
    this.#flow.addEventListener('change', () => this.#moved());
  }

  render() {
    const { texts, service } = this;
    const gone = this.#formIsGone;
    return html`<div class="stack">
      <import-once-form .flow=${this.#flow} ?hidden=${gone}></import-once-form>
      ${gone
        ? html`<div class="actions"><button type="button" @click=${this.#another}>${texts.say('another')}</button><p role="status">${this.#told()}</p></div>${problemPlace(this.refused)}`
        : nothing}
      <import-once-job .service=${service} .nameOfUser=${(/** @type {string} */ id) => store.nameOfUser(id)} @job=${this.#learnt} @correct=${this.#correct}></import-once-job>
      <import-once-corrections .service=${service} @started=${this.#corrected} @left=${() => this.#panel.focus()}></import-once-corrections>
      <import-once-history @refused=${this.#refusedOne} @open=${(/** @type {CustomEvent<string>} */ { detail }) => this.#open(detail, true)} @changed=${this.#changed}></import-once-history>
    </div>`;
  }

  /** @param {Map<PropertyKey, unknown>} changed */
  updated(changed) {
    super.updated(changed);
    // The parts of the import take their texts from the service: another language may be spoken now.
    if (this.#spoken !== this.texts) {
      this.#spoken = this.texts;
      this.#flow.dispatchEvent(new Event('change'));
      this.#panel.requestUpdate();
      this.#corrections.requestUpdate();
    }
  }

  #spoken = store.texts;

  get #form() {
    return /** @type {ImportForm} */ (this.querySelector('import-once-form'));
  }

  get #panel() {
    return /** @type {JobPanel} */ (this.querySelector('import-once-job'));
  }

  get #corrections() {
    return /** @type {Corrections} */ (this.querySelector('import-once-corrections'));
  }

  get #history() {
    return /** @type {History} */ (this.querySelector('import-once-history'));
  }

  get #formIsGone() {
    return this.#flow.givesWayTo(this.jobId);
  }

  #told() {
    return this.#flow.toldOf(this.jobId) ? toldInWords(this.#flow) : '';
  }

  /**
   * Shows the view, with a job's id, or null.
   *
   * @param {string | null} id
   * @param {boolean} moved
   */
  async show(id, moved) {
    await this.updateComplete;
    this.#history.refresh();
    // A user who opens a link to a job sees its place at once.
    if (id && !moved) this.#panel.expect();
    this.#follow(id, moved);
  }

  /** Takes files that were dropped anywhere on the page. @param {FileList} files */
  dropped(files) {
    if (this.#formIsGone) this.#another();
    this.#form.take(files);
  }

  /** Takes rows that were pasted anywhere on the page. @param {ClipboardEvent} event */
  pasted(event) {
    if (!this.#formIsGone) this.#form.paste(event);
  }

  hide() {
    this.#history.pause();
    this.#panel.unfollow();
  }

  /** Shows the form again; what was imported with it is done. */
  #another() {
    if (this.#flow.state.jobId) this.#flow.tell({ type: 'reset' });
    history.pushState(null, '', '#');
    this.#follow(null, false);
    this.updateComplete.then(() => /** @type {HTMLElement | null} */ (this.querySelector('#file'))?.focus());
  }

  /** @param {CustomEvent<Job>} event */
  #learnt({ detail: job }) {
    this.#flow.tell({ type: 'job', job });
  }

  /** @param {CustomEvent<Job>} event */
  #correct({ detail: job }) {
    this.#corrections.show(job);
  }

  /** @param {CustomEvent<Run>} event */
  #corrected({ detail }) {
    this.#open(detail.jobId, true);
  }

  /** @param {CustomEvent<Job>} event */
  #changed({ detail: job }) {
    this.#panel.changed(job);
    // An import that was undone may be requested again, too.
    this.#flow.tell({ type: 'job', job });
  }

  /** @param {CustomEvent<Shown>} event */
  #refusedOne({ detail: problem }) {
    this.#refuse(problem);
  }

  /** The problem stands where the user is: in the form, or beside the job. @param {Shown} problem */
  #refuse(problem) {
    if (!this.#formIsGone) this.#flow.tell({ type: 'refuse', problem });
    this.refused = problem;
    this.reveal();
  }

  /** A click on Import was answered. */
  #moved() {
    this.requestUpdate();
    const { name, jobId } = this.#flow.state;
    const sending = name === 'sending';
    if (sending === this.#sending) return;
    this.#sending = sending;
    if (sending) return;
    if (jobId && name !== 'ready') this.#open(jobId, true);
    else this.#history.refresh();
  }

  /**
   * @param {string} id
   * @param {boolean} reveal whether the job gets the keyboard's focus, since the button that started it is gone; a button of the history is not
   */
  #open(id, reveal) {
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
    this.refused = null;
    this.jobId = id;
    if (!id) {
      this.#panel.unfollow();
      return;
    }
    try {
      if (await this.#panel.follow(id, reveal)) this.#history.refresh();
    } catch (error) {
      this.#panel.unfollow();
      this.jobId = null;
      this.#refuse(asProblem(error));
    }
  }
}

define('import-once-import', ImportView);
