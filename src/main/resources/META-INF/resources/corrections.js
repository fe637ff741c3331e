// Rejected rows, to be mended here and imported again as a file of their own.

import { post, send } from './api.js';
import { button, h, problemPlace, showProblem } from './dom.js';
import { TEXT } from './texts.js';
import { upload } from './upload.js';

const SHOWN = 100;
const GUARDED = /^'(?='*[=+\-@\t\r\n])/;

export class Corrections {
  #job;
  #header;
  #rows;
  #key;
  #started;

  #title = h('h2', { id: 'corrections-title', tabindex: '-1' }, TEXT.corrections);
  #note = h('p', { class: 'hint' });
  #table = h('div', { class: 'scroll', role: 'region', 'aria-label': TEXT.correctionsTable, tabindex: '0' });
  #problem = problemPlace();
  #actions = h('div', { class: 'actions' },
    button(TEXT.sendCorrected, () => this.#import(), { class: 'primary' }),
    button(TEXT.cancel, () => this.hide()));

  element = h('section', { class: 'card stack', 'aria-labelledby': 'corrections-title', hidden: true },
    this.#title, h('p', { class: 'hint' }, TEXT.correctionsHint), this.#table, this.#note, this.#problem, this.#actions);

  constructor({ started }) {
    this.#started = started;
  }

  /** Offers the rejected rows of a job. */
  async show(job) {
    this.#job = job;
    this.#key = crypto.randomUUID();
    this.element.hidden = false;
    this.#actions.hidden = true;
    this.#table.replaceChildren();
    this.#note.textContent = TEXT.loading;
    showProblem(this.#problem, null);
    this.#title.focus();
    try {
      const all = parse(await (await send(`/api/migrations/${job.jobId}/rejects`)).text());
      this.#header = all[0];
      this.#rows = all.slice(1, SHOWN + 1);
      this.#note.textContent = all.length - 1 > SHOWN ? TEXT.firstCorrections(SHOWN) : '';
      this.#draw();
      this.#actions.hidden = false;
    } catch (problem) {
      this.#note.textContent = '';
      showProblem(this.#problem, problem);
    }
  }

  hide() {
    this.element.hidden = true;
  }

  #draw() {
    const columns = this.#header.slice(0, -2);
    const head = h('tr', {}, ...[TEXT.rowNumber, TEXT.reason, ...columns].map((text) => h('th', { scope: 'col' }, text)));
    const body = this.#rows.map((row) => {
      const [number, reason] = row.slice(-2);
      return h('tr', {},
        h('th', { scope: 'row' }, number),
        h('td', { class: 'why' }, reason.replace(GUARDED, '')),
        ...columns.map((column, i) => h('td', {}, this.#cell(row, i, TEXT.cell(column, number)))));
    });
    this.#table.replaceChildren(h('table', {}, h('thead', {}, head), h('tbody', {}, ...body)));
  }

  #cell(row, i, label) {
    const shown = row[i].replace(GUARDED, '');
    const input = h('input', { type: 'text', 'aria-label': label, value: shown });
    input.addEventListener('input', () => {
      // What begins like a guarded cell gets the guard that the import takes off.
      row[i] = GUARDED.test(`'${input.value}`) ? `'${input.value}` : input.value;
      this.#key = crypto.randomUUID();
    });
    return input;
  }

  async #import() {
    showProblem(this.#problem, null);
    try {
      const file = new File([write([this.#header, ...this.#rows])], TEXT.correctedName(this.#job.fileName), { type: 'text/csv' });
      const { sourceId } = await upload(file, { signal: new AbortController().signal, progress: () => {} });
      // These rows are a CSV file, whatever they came from.
      const { format, ...mapping } = this.#job.mapping;
      const job = await post('/api/migrations/run', { sourceId, mapping }, { 'Idempotency-Key': this.#key });
      this.hide();
      this.#started(job.jobId);
    } catch (problem) {
      showProblem(this.#problem, problem);
    }
  }
}

/** Records of a CSV file (RFC 4180). */
function parse(text) {
  const records = [];
  let record = [];
  for (const [, quoted, bare, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|$)/g)) {
    if (end === '' && !quoted && !bare && !record.length) break;
    record.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    records.push(record);
    record = [];
    if (end === '') break;
  }
  return records;
}

function write(records) {
  return records.map((record) => record.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n') + '\r\n';
}
