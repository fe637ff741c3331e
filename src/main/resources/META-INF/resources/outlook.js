// Shows what an import would do, before it starts.
// @ts-check

import { post } from './api.js';
import { figure, h } from './dom.js';
import { TEXT, namesOf } from './texts.js';
/** @import { Foreseen, Mapping, Reject } from '../../../../test/js/answers.d.ts' */

// No preview if it would take longer than a person waits.
const FORESEEN_BYTES = 32 * 1024 * 1024;
const SHOWN_REJECTS = 5;

export class Outlook {
  // Ends a running preview, which would use the service's capacity for nothing.
  #foreseeing = new AbortController();

  #wait = h('p', { class: 'hint', role: 'status' });
  #counts = h('dl', { class: 'counts' });
  #rejects = h('ul', { class: 'rejected' });
  #section = h('section', { class: 'stack', 'aria-labelledby': 'outlook-title', hidden: true },
    h('h2', { id: 'outlook-title' }, TEXT.outlook), this.#counts, this.#rejects);

  elements = [this.#wait, this.#section];

  #rejected;

  /** rejected: called with the rows that would be rejected, as far as the service shows them. @param {(rejects: Reject[]) => void} rejected */
  constructor(rejected) {
    this.#rejected = rejected;
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
  #draw({ summary, rejects }) {
    const counts = namesOf(TEXT.would).filter((name) => summary[name] > 0 || name === 'wouldInsert');
    const rows = rejects.slice(0, SHOWN_REJECTS).map(({ row, reason }) => TEXT.row(row, reason));
    if (summary.wouldReject > rows.length) rows.push(TEXT.moreRows(summary.wouldReject - rows.length));
    this.#wait.textContent = '';
    this.#counts.replaceChildren(...counts.map((name) => figure(TEXT.would[name], summary[name], name)));
    this.#rejects.replaceChildren(...rows.map((text) => h('li', {}, text)));
    this.#section.hidden = false;
    this.#rejected(rejects);
  }
}
