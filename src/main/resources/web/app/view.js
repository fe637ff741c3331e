// What the views of the page have in common.
// @ts-check

import { html } from 'lit';
import { Part } from '../embed/element.js';
import { store } from './store.js';
/** @import { PageTexts } from './texts.js' */

/** A view, or a part of one: it is drawn again when another language is spoken. */
export class View extends Part {
  #draw = () => this.requestUpdate();

  connectedCallback() {
    super.connectedCallback();
    store.addEventListener('change', this.#draw);
    this.requestUpdate();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    store.removeEventListener('change', this.#draw);
  }

  get texts() {
    return store.texts;
  }

  get service() {
    return store.service;
  }

  /** The element that gets the keyboard's focus when the user comes to the view. */
  get start() {
    return /** @type {HTMLElement | null} */ (this.querySelector('h2[tabindex]'));
  }

  /** Brings a problem into sight. */
  async reveal() {
    await this.updateComplete;
    this.querySelector('[role=alert]:has(*)')?.scrollIntoView({ block: 'nearest' });
  }
}

/**
 * What a view says of its own state. The text that it waits is an element of its own: the text after it would otherwise be seen to
 * move to the place of the mark.
 *
 * @param {PageTexts} texts
 * @param {boolean} waiting
 * @param {string} text said when it does not wait
 */
export function note(texts, waiting, text) {
  return waiting ? html`<span class="waiting">${texts.say('loading')}</span>` : text;
}

/**
 * A listener for a button's clicks: the button is off while the action runs, and has the keyboard's focus again afterwards.
 *
 * @param {(button: HTMLButtonElement) => unknown} act
 */
export function busy(act) {
  return async (/** @type {Event} */ { currentTarget }) => {
    const button = /** @type {HTMLButtonElement} */ (currentTarget);
    button.disabled = true;
    try {
      await act(button);
    } finally {
      button.disabled = false;
      if (document.activeElement === document.body) button.focus();
    }
  };
}
