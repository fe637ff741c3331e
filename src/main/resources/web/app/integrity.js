// The results of the integrity checks.
// @ts-check

import { asProblem } from '../embed/service.js';
import { button, h, problemPlace, showProblem } from './dom.js';
import { service } from './page.js';
import { TEXT } from './texts.js';
/** @import { Check } from '../../../../test/js/answers.d.ts' */

export class IntegrityView {
  #verdict = h('p', { role: 'status' });
  #checks = h('ul', { class: 'history', role: 'list', 'aria-labelledby': 'integrity-title' });
  #problem = problemPlace();

  element = h('section', { class: 'card stack', 'aria-labelledby': 'integrity-title' },
    h('h2', { id: 'integrity-title', tabindex: '-1' }, TEXT.view.integrity),
    button(TEXT.checkAgain, () => this.show()), this.#verdict, this.#problem, this.#checks);

  async show() {
    showProblem(this.#problem, null);
    this.#verdict.textContent = TEXT.loading;
    this.#verdict.className = 'hint waiting';
    try {
      /** @type {{ ok: boolean, checks: Check[] }} */
      const { ok, checks } = await service.call('/api/integrity');
      this.#verdict.textContent = ok ? TEXT.allWell : TEXT.notWell;
      this.#verdict.className = ok ? 'good' : 'bad';
      this.#checks.replaceChildren(...checks.map(check));
    } catch (error) {
      this.#verdict.textContent = '';
      this.#verdict.className = '';
      this.#checks.replaceChildren();
      showProblem(this.#problem, asProblem(error));
    }
  }
}

/** @param {Check} check */
function check({ name, ok, detail }) {
  return h('li', { class: ok ? 'check-good' : 'check-bad' },
    h('span', { class: 'name' }, name), h('span', { class: ok ? 'good' : 'bad' }, TEXT.check[`${ok}`]), h('span', { class: 'hint' }, detail));
}
