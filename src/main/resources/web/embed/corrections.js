// Lets users correct rejected rows and import them again as a separate file.
// @ts-check

import { html, nothing } from 'lit';
import { guarded, parse, unguarded, write } from './csv.js';
import { Part, define } from './element.js';
import { problemPlace } from './parts.js';
import { asProblem } from './service.js';
import { upload } from './upload.js';
/** @import { Shown } from './parts.js' */
/** @import { Service } from './service.js' */
/** @import { Job, Run } from '../../../../test/js/answers.d.ts' */

const PAGE = 100;
// More than a person corrects by hand, but not too much for a browser.
const MOST_CHARACTERS = 4 * 1024 * 1024;

/** A row of the list: its cells as the service sent them, with the changes. @typedef {{ cells: string[], changed: Set<number> }} Row */

/** Dispatches "started" with the id of the new job, and "left" when the user stops without corrections. */
export class Corrections extends Part {
  static properties = { service: { attribute: false }, job: { state: true }, rows: { state: true }, shown: { state: true }, waits: { state: true }, problem: { state: true }, replaced: { state: true } };

  /** @type {string[]} */
  #header = [];
  /** @type {{ name: string, at: number }[]} */
  #columns = [];
  // The index of the cell with a row's number.
  #number = 0;
  #whole = false;
  #key = crypto.randomUUID();

  constructor() {
    super();
    /** @type {Service | undefined} */
    this.service = undefined;
    /** @type {Job | null} */
    this.job = null;
    /** @type {Row[] | null} */
    this.rows = null;
    this.shown = 0;
    this.waits = false;
    /** @type {Shown | null} */
    this.problem = null;
    this.replaced = '';
  }

  /** Shows the rejected rows of a job for correction. @param {Job} job */
  async show(job) {
    const { service } = this;
    if (!service) return;
    Object.assign(this, { job, rows: null, shown: 0, problem: null, waits: true, replaced: '' });
    this.#key = crypto.randomUUID();
    await this.updateComplete;
    /** @type {HTMLElement | null} */ (this.querySelector('h2'))?.focus();
    try {
      const { text, whole } = await beginning(service, await service.send(`/api/migrations/${job.jobId}/rejects`));
      if (job !== this.job) return;
      const [header = [], ...records] = parse(text, whole);
      this.#whole = whole;
      this.#learn(header, records);
      this.rows = records.map((cells) => ({ cells, changed: new Set() }));
      this.shown = Math.min(PAGE, records.length);
    } catch (error) {
      if (job === this.job) this.problem = asProblem(error);
    }
    this.waits = false;
  }

  hide() {
    this.job = null;
  }

  /** @param {string[]} header @param {string[][]} records */
  #learn(header, records) {
    const widest = records.reduce((most, row) => Math.max(most, row.length), 0);
    const columns = header.slice(0, -2);
    this.#header = header;
    this.#number = columns.length;
    // The cells after number and reason belong to no column.
    this.#columns = [
      ...columns.map((name, at) => ({ name, at })),
      ...Array.from({ length: widest - header.length }, (_, i) => ({ name: this.service?.texts.say('surplus', { cell: columns.length + i + 1 }) ?? '', at: header.length + i }))];
  }

  render() {
    const { job, rows, service } = this;
    if (!job || !service) return nothing;
    const { texts } = service;
    const total = job.progress.rejected;
    const left = (rows?.length ?? 0) - this.shown;
    const note = this.waits ? texts.say('loading') : rows
      ? [this.shown < total && texts.say('shownCorrections', { shown: this.shown, n: total }), !left && !this.#whole && texts.say('noMoreCorrections')].filter(Boolean).join(' ')
      : '';
    return html`<section class="card stack" aria-labelledby="corrections-title">
      <h2 id="corrections-title" tabindex="-1">${texts.say('corrections')}</h2>
      <p class="hint">${texts.say('correctionsHint')}</p>
      ${rows ? this.#replacing() : nothing}
      <div class="scroll" role="region" aria-label=${texts.say('correctionsTable')} tabindex="0" @keydown=${this.#moved}>${rows ? this.#table(rows) : nothing}</div>
      <p class=${`hint ${this.waits ? 'waiting' : ''}`}>${note}</p>
      <button type="button" ?hidden=${!rows || left === 0} @click=${this.#showMore}>${texts.say('moreCorrections')}</button>
      ${problemPlace(this.problem)}
      <div class="actions" ?hidden=${!rows}>
        <button type="button" class="primary" @click=${this.#import}>${texts.say('sendCorrected')}</button>
        <button type="button" @click=${this.#leave}>${texts.say('cancel')}</button>
      </div></section>`;
  }

  #replacing() {
    const { texts } = this.service ?? {};
    return texts && html`<form class="actions replace" @submit=${this.#replace}>
      <label for="find">${texts.say('replaceFind')}</label><input id="find" name="find" type="text" required autocomplete="off">
      <label for="replacement">${texts.say('replaceWith')}</label><input id="replacement" name="replacement" type="text" autocomplete="off">
      <button>${texts.say('replaceAll')}</button><p role="status">${this.replaced}</p></form>`;
  }

  /** @param {Row[]} rows */
  #table(rows) {
    const { texts } = this.service ?? {};
    const names = [texts?.say('rowNumber'), texts?.say('reason'), ...this.#columns.map(({ name }) => name)];
    return html`<table><thead><tr>${names.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
      <tbody>${rows.slice(0, this.shown).map((row) => this.#line(row))}</tbody></table>`;
  }

  /** @param {Row} row */
  #line(row) {
    const { cells, changed } = row;
    const number = cells[this.#number] ?? '';
    const reason = unguarded(cells[this.#number + 1] ?? '');
    const bad = this.#columns.find(({ name }) => blames(reason, unguarded(name).trim()));
    return html`<tr><th scope="row">${number}</th><td class="why" id=${`why-${number}`}>${reason}</td>${this.#columns.map((column) => {
      // Only the service can decide whether a changed value is correct now.
      const invalid = column === bad && !changed.has(column.at);
      return html`<td><input type="text" aria-label=${this.service?.texts.say('cell', { column: column.name, row: number }) ?? ''} .value=${unguarded(cells[column.at] ?? '')}
        aria-invalid=${invalid ? 'true' : nothing} aria-describedby=${column === bad ? `why-${number}` : nothing}
        @input=${(/** @type {Event} */ { target }) => target instanceof HTMLInputElement && this.#change(row, column.at, target.value)}></td>`;
    })}</tr>`;
  }

  /** @param {Row} row @param {number} at @param {string} value */
  #change({ cells, changed }, at, value) {
    while (cells.length < at) cells.push('');
    cells[at] = guarded(value);
    this.#key = crypto.randomUUID();
    if (changed.has(at)) return;
    changed.add(at);
    this.requestUpdate();
  }

  /** Replaces a text in all cells that are shown. @param {Event} event */
  #replace(event) {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const asked = new FormData(event.target);
    const find = String(asked.get('find'));
    let n = 0;
    for (const row of this.rows?.slice(0, this.shown) ?? []) {
      for (const { at } of this.#columns) {
        const value = unguarded(row.cells[at] ?? '');
        if (!value.includes(find)) continue;
        this.#change(row, at, value.replaceAll(find, String(asked.get('replacement'))));
        n++;
      }
    }
    this.replaced = this.service?.texts.say('replaced', { n }) ?? '';
    this.requestUpdate();
  }

  /** Up and down lead through the rows, as in a spreadsheet. @param {KeyboardEvent} event */
  #moved(event) {
    const step = event.key === 'ArrowDown' || (event.key === 'Enter' && !event.shiftKey) ? 1 : event.key === 'ArrowUp' || event.key === 'Enter' ? -1 : 0;
    const cell = event.target instanceof HTMLInputElement ? event.target.closest('td') : null;
    if (!step || !cell || event.isComposing) return;
    const line = cell.parentElement;
    const other = step > 0 ? line?.nextElementSibling : line?.previousElementSibling;
    event.preventDefault();
    const input = other?.children[cell.cellIndex]?.querySelector('input');
    input?.focus();
    input?.select();
  }

  /** The first new row gets the keyboard's focus. */
  async #showMore() {
    const first = this.shown;
    this.shown = Math.min(first + PAGE, this.rows?.length ?? 0);
    // More rows make a different request.
    this.#key = crypto.randomUUID();
    await this.updateComplete;
    this.querySelectorAll('tbody tr')[first]?.querySelector('input')?.focus();
  }

  #leave() {
    this.hide();
    this.dispatchEvent(new CustomEvent('left'));
  }

  #sending = false;

  async #import() {
    const { job, rows, service } = this;
    if (!job?.mapping || !rows || !service || this.#sending) return;
    this.#sending = true;
    this.problem = null;
    try {
      const name = service.texts.say('correctedName', { name: (job.fileName ?? 'rows').replace(/\.[^.]*$/, '') });
      const file = new File([write([this.#header, ...rows.slice(0, this.shown).map(({ cells }) => cells)])], name, { type: 'text/csv' });
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

/** Whether a reason is about a column: such a reason begins, in each language, with the column's name. @param {string} reason @param {string} column */
function blames(reason, column) {
  return column !== '' && reason.startsWith(column) && /^(?: is |\s?: |\s?["„“«「])/.test(reason.slice(column.length));
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
