// A list that is loaded page by page.
// @ts-check

import { asProblem } from '../embed/service.js';
import { button, h, problemPlace, showProblem } from './dom.js';
import { service } from './page.js';
import { TEXT } from './texts.js';
/** @import { Page } from '../../../../test/js/answers.d.ts' */

const LIMIT = '50';

/** @template T what it is a list of */
export class List {
  #asked = 0;
  /** @type {Record<string, string>} */
  #query = {};
  /** @type {string | null} */
  #cursor = null;
  #path;
  #add;
  #clear;
  #empty;

  #note = h('p', { class: 'hint', role: 'status' });
  #problem = problemPlace();
  #more = button(TEXT.showMore, () => this.#load(), { hidden: true });

  /** The parts below the items, without an element around them: it would visibly move when items are added. */
  elements = [this.#note, this.#problem, this.#more];

  /**
   * add: shows one more item; clear: removes all items; empty: returns the text for an empty list.
   *
   * @param {string} path
   * @param {{ add: (item: T) => void, clear: () => void, empty: (query: Record<string, string>) => string }} shows
   */
  constructor(path, { add, clear, empty }) {
    this.#path = path;
    this.#add = add;
    this.#clear = clear;
    this.#empty = empty;
  }

  /** Loads the list from its beginning. @param {Record<string, string>} query */
  show(query = {}) {
    this.#query = Object.fromEntries(Object.entries(query).filter(([, value]) => value));
    this.#cursor = null;
    return this.#load();
  }

  async #load() {
    const mine = ++this.#asked;
    const first = !this.#cursor;
    showProblem(this.#problem, null);
    this.#note.textContent = TEXT.loading;
    this.#note.classList.add('waiting');
    try {
      const query = new URLSearchParams({ limit: LIMIT, ...this.#query, ...(this.#cursor && { cursor: this.#cursor }) });
      /** @type {Page<T>} */
      const { items, nextCursor } = await service.call(`${this.#path}?${query}`);
      if (mine !== this.#asked) return;
      this.#note.classList.remove('waiting');
      if (first) this.#clear();
      items.forEach((item) => this.#add(item));
      this.#cursor = nextCursor;
      this.#more.hidden = !nextCursor;
      this.#note.textContent = first && !items.length ? this.#empty(this.#query) : '';
    } catch (error) {
      if (mine !== this.#asked) return;
      this.#note.classList.remove('waiting');
      this.#note.textContent = '';
      showProblem(this.#problem, asProblem(error));
    }
  }
}
