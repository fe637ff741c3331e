// Lets users correct rejected rows and import them again as a separate file.
// @ts-check

import { html, nothing } from 'lit';
import { parse } from './csv.js';
import { Part, define } from './element.js';
import './grid.js';
import { options, problemPlace } from './parts.js';
import { RejectList } from './reject-list.js';
import { asProblem } from './service.js';
import { upload } from './upload.js';
/** @import { Grid } from './grid.js' */
/** @import { Shown } from './parts.js' */
/** @import { Row } from './reject-list.js' */
/** @import { Service } from './service.js' */
/** @import { Texts } from './texts.js' */
/** @import { Job, Run } from '../../../../test/js/answers.d.ts' */

// More than a person corrects by hand, but not too much for a browser.
const MOST_CHARACTERS = 4 * 1024 * 1024;
const SHOWN_CHARACTERS = 40;

/** Dispatches "started" with the id of the new job, and "left" when the user stops without corrections. */
export class Corrections extends Part {
  static properties = {
    service: { attribute: false }, job: { state: true }, list: { state: true }, kind: { state: true }, cell: { state: true }, edition: { state: true },
    waits: { state: true }, problem: { state: true }, replaced: { state: true },
  };

  #whole = false;
  #key = crypto.randomUUID();

  constructor() {
    super();
    /** @type {Service | undefined} */
    this.service = undefined;
    /** @type {Job | null} */
    this.job = null;
    /** @type {RejectList | null} */
    this.list = null;
    /** The kind of reasons whose rows are shown; empty: all. */
    this.kind = '';
    /** The changed cell that had the focus last. @type {{ row: Row, at: number } | null} */
    this.cell = null;
    this.edition = 0;
    this.waits = false;
    /** @type {Shown | null} */
    this.problem = null;
    this.replaced = '';
  }

  /** Shows the rejected rows of a job for correction. @param {Job} job */
  async show(job) {
    const { service } = this;
    if (!service) return;
    Object.assign(this, { job, list: null, kind: '', cell: null, edition: 0, problem: null, waits: true, replaced: '' });
    this.#key = crypto.randomUUID();
    await this.updateComplete;
    /** @type {HTMLElement | null} */ (this.querySelector('h2'))?.focus();
    try {
      const { text, whole } = await beginning(service, await service.send(`/api/migrations/${job.jobId}/rejects`));
      if (job !== this.job) return;
      const [header = [], ...records] = parse(text, whole);
      this.#whole = whole;
      this.list = new RejectList(header, records, (cell) => service.texts.say('surplus', { cell }));
    } catch (error) {
      if (job === this.job) this.problem = asProblem(error);
    }
    this.waits = false;
  }

  hide() {
    this.job = null;
  }

  /** Whether there are corrections that were not sent. */
  get isChanged() {
    return this.job !== null && this.edition > 0;
  }

  render() {
    const { job, list, service } = this;
    if (!job || !service) return nothing;
    const { texts } = service;
    const note = this.waits ? texts.say('loading') : list && !this.#whole ? texts.say('shownCorrections', { shown: list.rows.length, n: job.progress.rejected }) : '';
    return html`<section class="card stack" aria-labelledby="corrections-title">
      <h2 id="corrections-title" tabindex="-1">${texts.say('corrections')}</h2>
      <p class="hint">${texts.say('correctionsHint')}</p>
      ${list ? this.#tools(texts, list) : nothing}
      ${list ? html`<import-once-grid .texts=${texts} .list=${list} .rows=${list.ofKind(this.kind)} .edition=${this.edition} @cell=${this.#entered} @changed=${this.#typed} @apply=${this.#apply} @left=${this.#out}></import-once-grid>` : nothing}
      <p class=${`hint ${this.waits ? 'waiting' : ''}`}>${note}</p>
      ${problemPlace(this.problem)}
      <div class="actions" ?hidden=${!list}>
        <button type="button" class="primary" @click=${this.#import}>${texts.say('sendCorrected')}</button>
        <button type="button" @click=${this.#leave}>${texts.say('cancel')}</button>
      </div></section>`;
  }

  /** What changes many cells at once. @param {Texts} texts @param {RejectList} list */
  #tools(texts, list) {
    const { cell, kind } = this;
    const alike = cell ? list.alike(cell.row, cell.at).length : 0;
    const kinds = list.kinds.map(([name, n]) => /** @type {const} */ ([name, `${name} (${texts.number(n)})`]));
    return html`<form class="actions replace" @submit=${this.#replace}>
        <label for="find">${texts.say('replaceFind')}</label><input id="find" name="find" type="text" required autocomplete="off">
        <label for="replacement">${texts.say('replaceWith')}</label><input id="replacement" name="replacement" type="text" autocomplete="off">
        <button>${texts.say('replaceAll')}</button></form>
      ${kinds.length > 1
        ? html`<div class="field"><label for="kind">${texts.say('reason')}</label><select id="kind" @change=${this.#filter}>${options([['', texts.say('allReasons', { n: list.rows.length })], ...kinds], kind)}</select></div>`
        : nothing}
      <div class="actions"><button type="button" ?disabled=${!alike} @click=${this.#apply}>${texts.say('applyAlike', { n: alike })}${cell ? `: ${list.value(cell.row, cell.at).slice(0, SHOWN_CHARACTERS)}` : nothing}</button><p role="status">${this.replaced}</p></div>`;
  }

  /** @param {CustomEvent<{ row: Row, at: number }>} event */
  #entered({ detail }) {
    this.cell = detail;
  }

  /** @param {CustomEvent<{ row: Row, at: number }>} event */
  #typed({ detail }) {
    this.cell = detail;
    this.#changed();
  }

  #changed() {
    // Other cells make a different request.
    this.#key = crypto.randomUUID();
    this.edition++;
  }

  /** Past the table, whose cells are many. */
  #out() {
    /** @type {HTMLElement | null} */ (this.querySelector('button.primary'))?.focus();
  }

  /** @param {Event} event */
  #filter({ target }) {
    if (target instanceof HTMLSelectElement) this.kind = target.value;
  }

  /** Replaces a text in all cells of the rows that the filter lets through. @param {Event} event */
  #replace(event) {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement) || !this.list) return;
    const asked = new FormData(event.target);
    this.#say(this.list.replace(this.list.ofKind(this.kind), String(asked.get('find')), String(asked.get('replacement'))));
  }

  /** @param {Event} event of the button, or of a cell */
  #apply(event) {
    if (event instanceof CustomEvent) this.cell = event.detail;
    const { cell, list } = this;
    if (!cell || !list) return;
    this.#say(list.apply(cell.row, cell.at));
    const shown = list.ofKind(this.kind).indexOf(cell.row);
    const grid = /** @type {Grid | null} */ (this.querySelector('import-once-grid'));
    // The button is off now; the keyboard goes on at the cell.
    grid?.focusCell(shown - grid.from, list.columns.findIndex(({ at }) => at === cell.at));
  }

  /** @param {number} n cells that were changed */
  #say(n) {
    this.replaced = this.service?.texts.say('replaced', { n }) ?? '';
    this.#changed();
  }

  #leave() {
    this.hide();
    this.dispatchEvent(new CustomEvent('left'));
  }

  #sending = false;

  async #import() {
    const { job, list, service } = this;
    if (!job?.mapping || !list || !service || this.#sending) return;
    this.#sending = true;
    this.problem = null;
    try {
      const name = service.texts.say('correctedName', { name: (job.fileName ?? 'rows').replace(/\.[^.]*$/, '') });
      const file = new File([list.file()], name, { type: 'text/csv' });
      const { sourceId } = await upload(service, file, { signal: new AbortController().signal, progress: () => {} });
      // These rows are sent as a CSV file, whatever the original format was.
      const { format, ...mapping } = job.mapping;
      /** @type {Run} */
      const run = await service.post('/api/migrations/run', { sourceId, mapping }, { 'Idempotency-Key': this.#key });
      this.hide();
      this.dispatchEvent(new CustomEvent('started', { detail: run }));
    } catch (error) {
      this.problem = asProblem(error);
    } finally {
      this.#sending = false;
    }
  }
}

/** The text of an answer up to a limit, and whether this is the whole text. @param {Service} service @param {Response} response */
async function beginning(service, response) {
  const reader = service.textOf(response);
  let text = '';
  while (text.length < MOST_CHARACTERS) {
    const { done, value } = await reader.read();
    if (done) return { text, whole: true };
    text += value;
  }
  reader.cancel().catch(() => {});
  return { text, whole: false };
}

define('import-once-corrections', Corrections);
