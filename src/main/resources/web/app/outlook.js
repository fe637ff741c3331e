// Shows what an import would do, before it starts.
// @ts-check

import { post } from './api.js';
import { figure, h, table } from './dom.js';
import { fieldName } from './target-words.js';
import { TEXT, namesOf } from './texts.js';
/** @import { Change, Field, Foreseen, Mapping, Reject } from '../../../../test/js/answers.d.ts' */

// No preview if it would take longer than a person waits.
const FORESEEN_BYTES = 32 * 1024 * 1024;
const SHOWN_REJECTS = 5;
const SHOWN_CHARACTERS = 200;
const NO_ATTRIBUTES = '{}';

export class Outlook {
  // Ends a running preview, which would use the service's capacity for nothing.
  #foreseeing = new AbortController();

  #wait = h('p', { class: 'hint', role: 'status' });
  #counts = h('dl', { class: 'counts' });
  #rejects = h('ul', { class: 'rejected' });
  #changes = h('details', { open: true }, h('summary', {}, TEXT.changes));
  #overridden = h('details', { open: true }, h('summary', {}, TEXT.overriddenRows));
  #section = h('section', { class: 'stack outlook', 'aria-labelledby': 'outlook-title', hidden: true },
    h('h2', { id: 'outlook-title' }, TEXT.outlook), this.#counts, this.#rejects, this.#changes, this.#overridden);

  elements = [this.#wait, this.#section];

  #rejected;
  #fields;

  /**
   * rejected: called with the rows that would be rejected, as far as the service shows them. fields: those of the target.
   *
   * @param {(rejects: Reject[]) => void} rejected
   * @param {() => Field[]} fields
   */
  constructor(rejected, fields) {
    this.#rejected = rejected;
    this.#fields = fields;
  }

  /** Hides the preview. */
  forget() {
    this.#foreseeing.abort();
    this.#foreseeing = new AbortController();
    this.#section.hidden = true;
    this.#wait.textContent = '';
    this.#wait.classList.remove('waiting');
  }

  /**
   * Shows the preview, and returns the notices about the file; null if there is no preview, or it is not needed any more.
   * Throws a Problem.
   *
   * @param {File} file
   * @param {string} sourceId
   * @param {Mapping} mapping
   */
  async show(file, sourceId, mapping) {
    this.forget();
    const { signal } = this.#foreseeing;
    if (file.size > FORESEEN_BYTES) {
      this.#wait.textContent = TEXT.notForeseen;
      return null;
    }
    this.#wait.textContent = TEXT.foreseeing;
    this.#wait.classList.add('waiting');
    try {
      /** @type {Foreseen} */
      const foreseen = await post('/api/migrations/preview', { sourceId, mapping }, {}, signal);
      if (signal.aborted) return null;
      this.#draw(foreseen);
      return foreseen.notices;
    } catch (error) {
      if (signal.aborted) return null;
      this.#wait.textContent = '';
      throw error;
    }
  }

  /** @param {Foreseen} foreseen */
  #draw({ summary, rejects, changes = [], overridden = [] }) {
    const counts = namesOf(TEXT.would).filter((name) => summary[name] > 0 || name === 'wouldInsert');
    const rows = rejects.slice(0, SHOWN_REJECTS).map(({ row, reason }) => TEXT.row(row, reason));
    if (summary.wouldReject > rows.length) rows.push(TEXT.moreRows(summary.wouldReject - rows.length));
    this.#wait.textContent = '';
    this.#counts.replaceChildren(...counts.map((name) => figure(TEXT.would[name], summary[name], name)));
    this.#rejects.replaceChildren(...rows.map((text) => h('li', {}, text)));
    const keys = summary.wouldInsert + summary.wouldUpdate + summary.unchanged + summary.wouldSkip;
    fill(this.#changes, TEXT.changesMeaning, keys, changes.length, changesTable(changes, this.#fields()));
    fill(this.#overridden, TEXT.overriddenMeaning, summary.overridden, overridden.length,
      table(TEXT.overriddenRows, [TEXT.rowNumber, TEXT.replacedBy], overridden.map(({ row, by }) => [String(row), String(by)])));
    this.#section.hidden = false;
    this.#rejected(rejects);
  }
}

/**
 * @param {HTMLElement} details
 * @param {string} meaning
 * @param {number} total
 * @param {number} listed
 * @param {HTMLElement} rows
 */
function fill(details, meaning, total, listed, rows) {
  const hint = listed < total ? `${meaning} ${TEXT.firstListed(listed, total)}` : meaning;
  details.hidden = !listed;
  details.replaceChildren(...[...details.children].slice(0, 1), h('p', { class: 'hint' }, hint), rows);
}

/**
 * A row for each natural key, with its values before and after.
 *
 * @param {Change[]} changes
 * @param {Field[]} known
 */
function changesTable(changes, known) {
  const names = known.map(({ name }) => name);
  /** @type {(all: string[]) => string[]} */
  const ordered = (all) => [...names.filter((name) => all.includes(name)), ...new Set(all.filter((name) => !names.includes(name)))];
  /** @type {(name: string) => string} */
  const title = (name) => { const field = known[names.indexOf(name)]; return field ? fieldName(field) : TEXT.field(name); };
  const keys = ordered(changes.flatMap(({ key }) => Object.keys(key)));
  // Those that have a value anywhere; a target may have many.
  const fields = ordered(changes.flatMap(({ fields: of }) => Object.keys(of).filter((name) => of[name]?.some((value) => value !== null && value !== NO_ATTRIBUTES))));
  return table(TEXT.changes, [TEXT.rowNumber, ...keys.map(title), TEXT.outcome, ...fields.map(title)],
    changes.map(({ row, key, outcome, fields: values }) => [
      String(row),
      ...keys.map((name) => shortened(key[name] ?? '')),
      TEXT.outcomes[outcome] ?? outcome,
      ...fields.map((name) => beforeAndAfter(outcome, values[name]))]));
}

/**
 * @param {string} outcome
 * @param {(string | null)[] | undefined} values
 */
function beforeAndAfter(outcome, [stored = null, next = null] = []) {
  if (stored === next) return shown(next);
  if (outcome === 'inserted') return h('ins', {}, shown(next));
  return h('span', {}, h('del', {}, shown(stored)), ' → ', h('ins', {}, shown(next)));
}

/** Nothing stored, and a text without characters, are told apart, also from texts of these words. @param {string | null} value */
function shown(value) {
  return value ? shortened(value) : h('i', { class: 'hint' }, value === null ? TEXT.noValue : TEXT.blankText);
}

/** @param {string} text */
function shortened(text) {
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
}
