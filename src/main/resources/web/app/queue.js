// The send queue, in which users resolve messages whose outcome is unknown.
// @ts-check

import { asProblem } from '../embed/service.js';
import { button, h, problemPlace, showProblem } from './dom.js';
import { List } from './list.js';
import { service } from './page.js';
import { TEXT } from './texts.js';
/** @import { Message } from '../../../../test/js/answers.d.ts' */

export class QueueView {
  #status = h('select', { id: 'queue-status' }, ...Object.entries(TEXT.queueStatuses).map(([value, text]) => new Option(text, value)));
  #items = h('ol', { class: 'history', role: 'list', 'aria-labelledby': 'queue-title' });
  #problem = problemPlace();
  #list = new List('/api/send-queue', {
    add: (/** @type {Message} */ message) => this.#items.append(this.#item(message)),
    clear: () => this.#items.replaceChildren(),
    empty: () => TEXT.queueEmpty,
  });

  element = h('section', { class: 'card stack', 'aria-labelledby': 'queue-title' },
    h('h2', { id: 'queue-title', tabindex: '-1' }, TEXT.view.queue),
    h('div', { class: 'field narrow' }, h('label', { for: 'queue-status' }, TEXT.queueStatus), this.#status),
    this.#problem,
    this.#items,
    ...this.#list.elements);

  constructor() {
    this.#status.addEventListener('change', () => this.show());
  }

  show() {
    return this.#list.show({ status: this.#status.value });
  }

  /** @param {Message} message */
  #item(message) {
    const name = h('span', { class: 'name', id: `message-${message.id}`, tabindex: '-1' }, TEXT.message(message));
    const item = h('li', {},
      name,
      h('span', { class: 'status', 'data-status': message.status }, TEXT.queueStatuses[message.status]),
      h('span', { class: 'hint' }, TEXT.messageTimes(message)),
      message.error ? h('span', {}, message.error) : null,
      h('p', { class: 'samples' }, message.body));
    if (message.status === 'unknown') {
      const resolve = (/** @type {string} */ text, /** @type {string} */ outcome) => button(text, () => this.#resolve(item, message, outcome), { 'aria-describedby': name.id });
      item.append(h('p', { class: 'hint' }, TEXT.queueDoubt),
        h('div', { class: 'actions' }, resolve(TEXT.wasSent, 'sent'), resolve(TEXT.sendAgain, 'resend')));
    }
    return item;
  }

  /**
   * @param {HTMLElement} item
   * @param {Message} message
   * @param {string} outcome
   */
  async #resolve(item, message, outcome) {
    showProblem(this.#problem, null);
    try {
      /** @type {Message} */
      const now = await service.post(`/api/send-queue/${message.id}/resolve`, { outcome });
      const resolved = this.#item(now);
      item.replaceWith(resolved);
      /** @type {HTMLElement | null} */ (resolved.querySelector('.name'))?.focus();
    } catch (error) {
      showProblem(this.#problem, asProblem(error));
    }
  }
}
