// A question that the user must answer before something is done that cannot be taken back.
// @ts-check

import { html, nothing } from 'lit';
import { define } from '../embed/element.js';
import { View } from './view.js';

/** @typedef {{ question: string, meaning: string, yes: string }} Asked */

class Question extends View {
  /** @type {import('lit').PropertyDeclarations} */
  static properties = { asked: { attribute: false } };

  constructor() {
    super();
    /** @type {Asked | undefined} */
    this.asked = undefined;
  }

  render() {
    if (!this.asked) return nothing;
    const { question, meaning, yes } = this.asked;
    return html`<dialog aria-labelledby="question"><form method="dialog">
      <h2 id="question">${question}</h2>
      <p>${meaning}</p>
      <div class="actions"><button value="no" autofocus>${this.texts.say('keep')}</button><button value="yes" class="primary">${yes}</button></div>
    </form></dialog>`;
  }

  /** @returns {Promise<boolean>} */
  async answer() {
    document.body.append(this);
    await this.updateComplete;
    const dialog = this.querySelector('dialog');
    if (!dialog) return false;
    return new Promise((answer) => {
      dialog.addEventListener('close', () => { this.remove(); answer(dialog.returnValue === 'yes'); }, { once: true });
      dialog.showModal();
    });
  }
}

define('import-once-question', Question);

/** Asks the user for a confirmation; returns whether the user has confirmed. @param {Asked} asked */
export function agreed(asked) {
  return Object.assign(new Question(), { asked }).answer();
}
