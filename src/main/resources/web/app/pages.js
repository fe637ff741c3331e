// A list that is loaded page by page.
// @ts-check

import { html } from 'lit';
import { problemPlace } from '../embed/parts.js';
import { asProblem } from '../embed/service.js';
import { busy, note } from './view.js';
/** @import { Problem } from '../embed/service.js' */
/** @import { View } from './view.js' */
/** @import { Page } from '../../../../test/js/answers.d.ts' */

const LIMIT = '50';

/** @template T what it is a list of */
export class Pages {
  /** @type {T[]} */
  items = [];
  /** The query of the items that are shown. @type {Record<string, string>} */
  query = {};
  #asked = 0;
  /** @type {Record<string, string>} */
  #wanted = {};
  /** @type {string | null} */
  #cursor = null;
  #waiting = false;
  #loaded = false;
  /** @type {Problem | null} */
  #problem = null;
  #view;
  #path;

  /** @param {View} view drawn again after each change @param {string} path */
  constructor(view, path) {
    this.#view = view;
    this.#path = path;
  }

  /** Loads the list from its beginning; the items before stay until then. @param {Record<string, string>} query */
  show(query = {}) {
    this.#wanted = Object.fromEntries(Object.entries(query).filter(([, value]) => value));
    this.#cursor = null;
    return this.#load();
  }

  /** Puts a newer state of an item in its place. @param {T} before @param {T} now */
  replace(before, now) {
    this.items = this.items.map((item) => (item === before ? now : item));
    this.#view.requestUpdate();
  }

  /** What is below the items; empty: the text for a list without any. @param {string} empty */
  end(empty) {
    const { texts } = this.#view;
    const none = this.#loaded && !this.items.length && !this.#problem;
    return html`<p class="hint" role="status">${note(texts, this.#waiting, none ? empty : '')}</p>
      ${problemPlace(this.#problem)}
      <button type="button" ?hidden=${!this.#cursor} @click=${busy(() => this.#load())}>${texts.say('showMore')}</button>`;
  }

  async #load() {
    const mine = ++this.#asked;
    const query = this.#wanted;
    const first = !this.#cursor;
    this.#waiting = true;
    this.#problem = null;
    this.#view.requestUpdate();
    try {
      const asked = new URLSearchParams({ limit: LIMIT, ...query, ...(this.#cursor && { cursor: this.#cursor }) });
      /** @type {Page<T>} */
      const { items, nextCursor } = await this.#view.service.call(`${this.#path}?${asked}`);
      if (mine !== this.#asked) return;
      this.items = first ? items : [...this.items, ...items];
      this.query = query;
      this.#cursor = nextCursor;
      this.#loaded = true;
    } catch (error) {
      if (mine !== this.#asked) return;
      this.#problem = asProblem(error);
      this.#view.reveal();
    }
    this.#waiting = false;
    this.#view.requestUpdate();
    await this.#view.updateComplete;
  }
}
