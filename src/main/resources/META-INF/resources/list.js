// A list that is loaded page by page.

import { call } from './api.js';
import { button, h, problemPlace, showProblem } from './dom.js';
import { TEXT } from './texts.js';

const LIMIT = '50';

export class List {
  #asked = 0;
  #query = {};
  #cursor;
  #path;
  #add;
  #clear;
  #empty;

  #note = h('p', { class: 'hint', role: 'status' });
  #problem = problemPlace();
  #more = button(TEXT.showMore, () => this.#load(), { hidden: true });

  /** What is below the items, without an element around it: that would be seen to move when they come. */
  elements = [this.#note, this.#problem, this.#more];

  /** add: shows one more item; clear: shows none; empty: what to say when there is none. */
  constructor(path, { add, clear, empty }) {
    this.#path = path;
    this.#add = add;
    this.#clear = clear;
    this.#empty = empty;
  }

  /** Loads it from its beginning. */
  show(query = {}) {
    this.#query = Object.fromEntries(Object.entries(query).filter(([, value]) => value));
    this.#cursor = undefined;
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
      const { items, nextCursor } = await call(`${this.#path}?${query}`);
      if (mine !== this.#asked) return;
      this.#note.classList.remove('waiting');
      if (first) this.#clear();
      items.forEach((item) => this.#add(item));
      this.#cursor = nextCursor;
      this.#more.hidden = !nextCursor;
      this.#note.textContent = first && !items.length ? this.#empty(this.#query) : '';
    } catch (problem) {
      if (mine !== this.#asked) return;
      this.#note.classList.remove('waiting');
      this.#note.textContent = '';
      showProblem(this.#problem, problem);
    }
  }
}
