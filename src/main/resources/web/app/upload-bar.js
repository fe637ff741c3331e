// The progress of an upload, and a button to cancel it.
// @ts-check

import { h } from './dom.js';
import { TEXT } from './texts.js';

export class UploadBar {
  #bar = h('div', { class: 'bar' });
  #progress = h('div', { class: 'progress', role: 'progressbar', 'aria-label': TEXT.uploadProgress, 'aria-valuemin': 0, 'aria-valuemax': 100 }, this.#bar);

  element = h('div', { class: 'stack', hidden: true }, this.#progress);

  /** @param {() => unknown} cancel */
  constructor(cancel) {
    this.element.append(h('button', { type: 'button', onclick: cancel }, TEXT.cancelUpload));
  }

  /** @param {number} part of the file that has arrived, 0 to 1 */
  show(part) {
    const percent = Math.floor(part * 100);
    this.element.hidden = false;
    this.#progress.setAttribute('aria-valuenow', String(percent));
    this.#bar.style.inlineSize = `${percent}%`;
  }

  hide() {
    this.element.hidden = true;
  }
}
