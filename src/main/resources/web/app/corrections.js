// Lets users correct rejected rows and import them again as a separate file.
// @ts-check

import { asProblem, post, send, textOf } from './api.js';
import { button, h, problemPlace, showProblem } from './dom.js';
import { TEXT } from './texts.js';
import { upload } from './upload.js';
/** @import { Job, Run } from '../../../../test/js/answers.d.ts' */

const PAGE = 100;
// More than a person corrects by hand, but not too much for a browser.
const MOST_CHARACTERS = 4 * 1024 * 1024;
const GUARDED = /^'(?='*[=+\-@\t\r\n])/;

export class Corrections {
  /** @type {Job | undefined} */
  #job;
  /** @type {string[]} */
  #header = [];
  /** @type {{ name: string, at: number }[]} */
  #columns = [];
  // The index of the cell with a row's number.
  #number = 0;
  /** @type {string[][]} */
  #rows = [];
  #shown = 0;
  #whole = false;
  #key = crypto.randomUUID();
  #started;
  #left;

  #title = h('h2', { id: 'corrections-title', tabindex: '-1' }, TEXT.corrections);
  #note = h('p', { class: 'hint' });
  #table = h('div', { class: 'scroll', role: 'region', 'aria-label': TEXT.correctionsTable, tabindex: '0' });
  #body = h('tbody');
  #more = button(TEXT.moreCorrections, () => this.#showMore(), { hidden: true });
  #problem = problemPlace();
  #actions = h('div', { class: 'actions' },
    button(TEXT.sendCorrected, () => this.#import(), { class: 'primary' }),
    button(TEXT.cancel, () => { this.hide(); this.#left(); }));

  element = h('section', { class: 'card stack', 'aria-labelledby': 'corrections-title', hidden: true },
    this.#title, h('p', { class: 'hint' }, TEXT.correctionsHint), this.#table, this.#note, this.#more, this.#problem, this.#actions);

  /**
   * started: called with the new job; left: called when the user stops without corrections.
   *
   * @param {{ started: (id: string) => void, left: () => void }} on
   */
  constructor({ started, left }) {
    this.#started = started;
    this.#left = left;
  }

  /** Shows the rejected rows of a job for correction. @param {Job} job */
  async show(job) {
    this.#job = job;
    this.#key = crypto.randomUUID();
    this.element.hidden = false;
    this.#actions.hidden = true;
    this.#more.hidden = true;
    this.#table.replaceChildren();
    this.#note.textContent = TEXT.loading;
    this.#note.classList.add('waiting');
    showProblem(this.#problem, null);
    this.#title.focus();
    try {
      const { text, whole } = await beginning(await send(`/api/migrations/${job.jobId}/rejects`));
      if (job !== this.#job) return;
      [this.#header = [], ...this.#rows] = parse(text, whole);
      this.#whole = whole;
      this.#shown = 0;
      this.#draw();
      this.#showMore();
      this.#actions.hidden = false;
    } catch (error) {
      if (job !== this.#job) return;
      this.#note.textContent = '';
      showProblem(this.#problem, asProblem(error));
    }
    this.#note.classList.remove('waiting');
  }

  hide() {
    this.element.hidden = true;
  }

  #draw() {
    const widest = this.#rows.reduce((most, row) => Math.max(most, row.length), 0);
    const columns = this.#header.slice(0, -2);
    this.#number = columns.length;
    // The cells after number and reason belong to no column.
    this.#columns = [
      ...columns.map((name, at) => ({ name, at })),
      ...Array.from({ length: widest - this.#header.length }, (_, i) => ({ name: TEXT.surplus(columns.length + i + 1), at: this.#header.length + i }))];
    const names = [TEXT.rowNumber, TEXT.reason, ...this.#columns.map(({ name }) => name)];
    const head = h('tr', {}, ...names.map((text) => h('th', { scope: 'col' }, text)));
    this.#body = h('tbody');
    this.#table.replaceChildren(h('table', {}, h('thead', {}, head), this.#body));
  }

  /** Adds the next rows; from the second call on, the first new row gets the keyboard's focus. */
  #showMore() {
    const next = this.#rows.slice(this.#shown, this.#shown + PAGE).map((row) => this.#line(row));
    this.#body.append(...next);
    if (this.#shown) next[0]?.querySelector('input')?.focus();
    this.#shown += next.length;
    // More rows would make a different request.
    this.#key = crypto.randomUUID();
    const total = this.#job?.progress.rejected ?? 0;
    const left = this.#rows.length - this.#shown;
    this.#more.hidden = left === 0;
    this.#note.textContent = this.#shown < total ? TEXT.shownCorrections(this.#shown, total) : '';
    if (!left && !this.#whole) this.#note.textContent += ` ${TEXT.noMoreCorrections}`;
  }

  /** @param {string[]} row */
  #line(row) {
    const number = row[this.#number] ?? '';
    const reason = (row[this.#number + 1] ?? '').replace(GUARDED, '');
    const bad = this.#columns.find(({ name }) => blames(reason, name.replace(GUARDED, '').trim()));
    return h('tr', {},
      h('th', { scope: 'row' }, number),
      h('td', { class: 'why', id: `why-${number}` }, reason),
      ...this.#columns.map((column) => h('td', {}, this.#cell(row, column.at, TEXT.cell(column.name, number), column === bad))));
  }

  /**
   * @param {string[]} row
   * @param {number} i
   * @param {string} label
   * @param {boolean} bad
   */
  #cell(row, i, label, bad) {
    const shown = (row[i] ?? '').replace(GUARDED, '');
    const input = h('input', { type: 'text', 'aria-label': label, value: shown, 'aria-invalid': bad && 'true', 'aria-describedby': bad && `why-${row[this.#number]}` });
    input.addEventListener('input', () => {
      // Only the service can decide whether the value is correct now.
      input.removeAttribute('aria-invalid');
      // A cell that begins like a guarded one gets another guard, which the import removes.
      while (row.length < i) row.push('');
      row[i] = GUARDED.test(`'${input.value}`) ? `'${input.value}` : input.value;
      this.#key = crypto.randomUUID();
    });
    return input;
  }

  async #import() {
    if (!this.#job?.mapping) return;
    showProblem(this.#problem, null);
    try {
      const file = new File([write([this.#header, ...this.#rows.slice(0, this.#shown)])], TEXT.correctedName(this.#job.fileName), { type: 'text/csv' });
      const { sourceId } = await upload(file, { signal: new AbortController().signal, progress: () => {} });
      // These rows are sent as a CSV file, whatever the original format was.
      const { format, ...mapping } = this.#job.mapping;
      /** @type {Run} */
      const job = await post('/api/migrations/run', { sourceId, mapping }, { 'Idempotency-Key': this.#key });
      this.hide();
      this.#started(job.jobId);
    } catch (error) {
      showProblem(this.#problem, asProblem(error));
    }
  }
}

/**
 * Whether a reason is about a column: such a reason begins with the column's name.
 *
 * @param {string} reason
 * @param {string} column
 */
function blames(reason, column) {
  return column !== '' && (reason.startsWith(`${column} "`) || reason.startsWith(`${column} is `));
}

/** The text of an answer up to a limit, and whether this is the whole text. @param {Response} response */
async function beginning(response) {
  const reader = textOf(response);
  let text = '';
  while (text.length < MOST_CHARACTERS) {
    const { done, value } = await reader.read();
    if (done) return { text, whole: true };
    text += value;
  }
  reader.cancel().catch(() => {});
  return { text, whole: false };
}

/**
 * Records of a CSV file (RFC 4180); if the file is not whole, without the last record, which may be incomplete.
 *
 * @param {string} text
 * @param {boolean} whole
 */
function parse(text, whole) {
  const records = [];
  /** @type {string[]} */
  let record = [];
  for (const [, quoted, bare = '', end] of text.matchAll(/(?:"([^"]*(?:""[^"]*)*)"|([^",\r\n]*))(,|\r\n|\n|$)/gy)) {
    if (end === '' && (!whole || (!quoted && !bare && !record.length))) break;
    record.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    records.push(record);
    record = [];
    if (end === '') break;
  }
  return records;
}

/** @param {string[][]} records */
function write(records) {
  return records.map((record) => record.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n') + '\r\n';
}
