// Links to files to fill in.
// @ts-check

import { asProblem, download } from './api.js';
import { h, problemPlace, showProblem } from './dom.js';
import { TEXT } from './texts.js';

const FORMATS = ['xlsx', 'csv'];

/** The templates of one target. */
export class TemplateLinks {
  #problem = problemPlace();

  element = h('div', { class: 'hint facts' });

  /** @param {string} target */
  show(target) {
    showProblem(this.#problem, null);
    this.element.replaceChildren(...FORMATS.map((format) => this.#link(target, format)), this.#problem);
  }

  /**
   * @param {string} target
   * @param {string} format
   */
  #link(target, format) {
    const path = `/api/targets/${encodeURIComponent(target)}/template?format=${format}`;
    const save = async (/** @type {Event} */ event) => {
      event.preventDefault();
      showProblem(this.#problem, null);
      try {
        await download(path, `${target}.${format}`);
      } catch (error) {
        showProblem(this.#problem, asProblem(error));
      }
    };
    return h('a', { href: path, onclick: save }, TEXT.template(format));
  }
}
