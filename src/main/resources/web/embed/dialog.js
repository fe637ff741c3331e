// <import-once-dialog>: the import in a dialog, for pages that have a button already.
// @ts-check

import { css, html, nothing } from 'lit';
import { define } from './element.js';
import { Flow } from './flow.js';
import { toldInWords } from './form.js';
import { HostElement } from './host.js';
import { isFinal } from './machine.js';
import { problemPlace } from './parts.js';
import { asProblem } from './service.js';
import { styles } from './styles.js';
/** @import { Corrections } from './corrections.js' */
/** @import { ImportForm } from './form.js' */
/** @import { JobPanel } from './job.js' */
/** @import { Shown } from './parts.js' */
/** @import { Job, Run } from '../../../../test/js/answers.d.ts' */

const FRAME = css`
:host { all: initial; display: contents; }
:host([hidden]) { display: none; }
.import { width: min(56rem, 100vw - 1rem); max-width: none; max-height: calc(100dvh - 1rem); padding: 0; overflow: auto; font: 1rem/1.5 var(--importonce-font, system-ui, sans-serif); text-align: start; }
.import > header { position: sticky; top: 0; z-index: 1; display: flex; gap: 1rem; align-items: center; justify-content: space-between; padding: .75rem 1.25rem; background: var(--card); border-block-end: 1px solid var(--line); }
.import .card { border: 0; border-radius: 0; }
/* The button is in sight, however many columns there are. */
.import form.card > .actions { position: sticky; bottom: 0; z-index: 1; margin: 0 -1.25rem; padding: .75rem 1.25rem; background: var(--card); border-block-start: 1px solid var(--line); }
.import { scroll-padding-block: 5rem; }
.import > .actions { padding: 0 1.25rem 1.25rem; }
.import > .told { margin: 1rem 1.25rem 0; }
.import > .told:empty { display: none; }
`;

/**
 * The import in a dialog: the file, what has to be asked, what would happen, and what has happened.
 *
 * @fires import-started - The service has taken the import; detail is the job.
 * @fires import-progress - The job has a new state; detail is the job.
 * @fires import-completed - The import is complete; detail is the job.
 * @fires import-failed - The import has failed or was cancelled; detail is the job.
 * @fires import-closed - The dialog was closed; detail is the job, or null.
 * @csspart dialog - The dialog.
 */
export class ImportOnceDialog extends HostElement {
  static styles = [FRAME, styles];
  /** @type {import('lit').PropertyDeclarations} */
  static properties = { flow: { state: true }, jobId: { state: true }, refused: { state: true }, opened: { state: true } };

  #told = { started: '', ended: '' };

  constructor() {
    super();
    /** @type {Flow | undefined} */
    this.flow = undefined;
    /** The job that is shown instead of the form. @type {string | null} */
    this.jobId = null;
    /** Why a job cannot be followed. @type {Shown | null} */
    this.refused = null;
    this.opened = false;
  }

  /** Opens the dialog; whatever was begun in it is still there. */
  async show() {
    await this.speak();
    this.flow ??= this.#newFlow();
    this.opened = true;
    await this.updateComplete;
    await this.#form?.updateComplete;
    const dialog = this.#dialog;
    if (!dialog || dialog.open) return;
    dialog.showModal();
    if (!this.jobId) this.#file?.focus();
  }

  /** Closes the dialog; an import that has started goes on. */
  close() {
    this.#dialog?.close();
  }

  get #dialog() {
    return this.renderRoot.querySelector('dialog');
  }

  get #form() {
    return /** @type {ImportForm | null} */ (this.renderRoot.querySelector('import-once-form'));
  }

  get #file() {
    return /** @type {HTMLElement | null | undefined} */ (this.#form?.querySelector('#file'));
  }

  get #panel() {
    return /** @type {JobPanel | null} */ (this.renderRoot.querySelector('import-once-job'));
  }

  get #corrections() {
    return /** @type {Corrections | null} */ (this.renderRoot.querySelector('import-once-corrections'));
  }

  #newFlow() {
    const flow = new Flow(this.connect(), () => this.fixed);
    flow.addEventListener('change', () => {
      const { jobId, name } = flow.state;
      this.requestUpdate();
      if (jobId && name !== 'sending' && jobId !== this.jobId) this.#follow(jobId);
    });
    return flow;
  }

  /** @param {Map<PropertyKey, unknown>} changed */
  willUpdate(changed) {
    super.willUpdate(changed);
    if (this.flow && changed.has('spoken')) this.flow.service.texts = this.spoken;
  }

  render() {
    const { flow, jobId, spoken } = this;
    if (!flow) return nothing;
    const job = this.#panel?.job ?? flow.state.job;
    const over = Boolean(jobId) && (!job || isFinal(job));
    const gone = flow.givesWayTo(jobId);
    return html`<dialog class="import" part="dialog" lang=${spoken.locale} dir=${spoken.direction} aria-labelledby="import-title" @close=${this.#closed} @paste=${this.#pasted}
        @dragover=${this.#dragged} @dragleave=${this.#dragged} @drop=${this.#dragged}>
      <header><h2 id="import-title">${spoken.say('title')}</h2><button type="button" @click=${this.close}>${spoken.say('close')}</button></header>
      ${this.opened || jobId || flow.state.name !== 'empty' ? html`<import-once-form .flow=${flow} ?hidden=${gone}></import-once-form>` : nothing}
      ${jobId
        ? html`<p class="told" role="status">${gone && flow.toldOf(jobId) ? toldInWords(flow) : ''}</p>
            <import-once-job .service=${flow.service} @job=${this.#learnt} @correct=${this.#correct}></import-once-job>
            <import-once-corrections .service=${flow.service} @started=${this.#corrected} @left=${() => this.#panel?.focus()}></import-once-corrections>
            ${problemPlace(this.refused)}
            <div class="actions"><button type="button" ?hidden=${!over} @click=${this.#again}>${spoken.say('another')}</button></div>`
        : nothing}
    </dialog>`;
  }

  /** Shows a job in the place of the form, which nobody needs any more. @param {string} jobId */
  async #follow(jobId) {
    this.refused = null;
    this.jobId = jobId;
    await Promise.all([import('./job.js'), import('./corrections.js')]);
    await this.updateComplete;
    try {
      await this.#panel?.follow(jobId, true);
    } catch (error) {
      this.refused = asProblem(error);
    }
  }

  /** @param {CustomEvent<Job>} event */
  #learnt({ detail: job }) {
    this.flow?.tell({ type: 'job', job });
    this.requestUpdate();
    if (this.#told.started !== job.jobId) {
      this.#told.started = job.jobId;
      this.#dispatch('import-started', job);
    }
    this.#dispatch('import-progress', job);
    if (!isFinal(job) || this.#told.ended === job.jobId) return;
    this.#told.ended = job.jobId;
    this.#dispatch(job.status === 'completed' ? 'import-completed' : 'import-failed', job);
  }

  /** @param {CustomEvent<Job>} event */
  #correct({ detail }) {
    this.#corrections?.show(detail);
  }

  /** @param {CustomEvent<Run>} event */
  #corrected({ detail }) {
    this.#follow(detail.jobId);
  }

  #reset() {
    this.jobId = null;
    this.#panel?.unfollow();
    this.flow?.tell({ type: 'reset' });
  }

  #again() {
    this.#reset();
    this.updateComplete.then(() => this.#file?.focus());
  }

  /** Whoever opens it again goes on where it was, except after a result that nobody is correcting. */
  #closed() {
    const job = this.#panel?.job ?? null;
    this.opened = false;
    if (job && isFinal(job) && !this.#corrections?.isChanged) this.#reset();
    this.#dispatch('import-closed', job);
  }

  /** @param {string} name @param {Job | null} detail */
  #dispatch(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  /** @param {ClipboardEvent} event */
  #pasted(event) {
    const [target] = event.composedPath();
    const types = target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type !== 'file');
    if (!types && !this.jobId) this.#form?.paste(event);
  }

  /** Otherwise the browser would leave the page and open a file that is dropped on it. @param {DragEvent} event */
  #dragged(event) {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    const dialog = this.#dialog;
    dialog?.classList.toggle('dropping', event.type === 'dragover' && !this.jobId);
    if (event.type === 'drop' && !this.jobId) this.#form?.take(event.dataTransfer.files);
  }
}

define('import-once-dialog', ImportOnceDialog);
