// The send queue, in which users resolve messages whose outcome is unknown.
// @ts-check

import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { define } from '../embed/element.js';
import { options, problemPlace } from '../embed/parts.js';
import { asProblem } from '../embed/service.js';
import { Pages } from './pages.js';
import { View, busy } from './view.js';
/** @import { Problem } from '../embed/service.js' */
/** @import { PageKey } from './texts.js' */
/** @import { Message } from '../../../../test/js/answers.d.ts' */

const STATUSES = ['unknown', 'pending', 'processing', 'sent', 'failed'];

export class QueueView extends View {
  /** @type {import('lit').PropertyDeclarations} */
  static properties = { problem: { state: true } };

  #status = '';
  /** @type {Pages<Message>} */
  #pages = new Pages(this, '/api/send-queue');

  constructor() {
    super();
    /** Why a message could not be resolved. @type {Problem | null} */
    this.problem = null;
  }

  render() {
    const { texts } = this;
    const known = STATUSES.map((status) => /** @type {[string, string]} */ ([status, this.#word(status)]));
    return html`<section class="card stack" aria-labelledby="queue-title">
      <h2 id="queue-title" tabindex="-1">${texts.say('view.queue')}</h2>
      <div class="field narrow"><label for="queue-status">${texts.say('queueShow')}</label>
        <select id="queue-status" @change=${this.#chosen}>${options([['', texts.say('queue.all')], ...known], this.#status)}</select></div>
      ${problemPlace(this.problem)}
      <ol class="history" role="list" aria-labelledby="queue-title">${repeat(this.#pages.items, ({ id }) => id, (message) => this.#item(message))}</ol>
      ${this.#pages.end(texts.say('queueEmpty'))}
    </section>`;
  }

  show() {
    return this.#pages.show({ status: this.#status });
  }

  /** @param {Event} event */
  #chosen({ target }) {
    this.#status = /** @type {HTMLSelectElement} */ (target).value;
    this.show();
  }

  /** @param {string} status */
  #word(status) {
    return this.texts.say(/** @type {PageKey} */ (`queue.${status}`));
  }

  /** @param {Message} message */
  #item(message) {
    const { texts } = this;
    const { id, status, channel, prospectId: prospect, campaignId: campaign, step, attempts, sentAt, scheduledFor, error, body } = message;
    const name = `message-${id}`;
    const resolve = (/** @type {PageKey} */ key, /** @type {string} */ outcome) =>
      html`<button type="button" aria-describedby=${name} @click=${busy(() => this.#resolve(message, outcome))}>${texts.say(key)}</button>`;
    return html`<li>
      <span class="name" id=${name} tabindex="-1">${texts.say('message', { channel, prospect, campaign, step: String(step) })}</span>
      <span class="status" data-status=${status}>${this.#word(status)}</span>
      <span class="hint">${sentAt ? texts.say('messageSent', { n: attempts, time: texts.time(sentAt) }) : texts.say('messageDue', { n: attempts, time: texts.time(scheduledFor) })}</span>
      ${error ? html`<span>${error}</span>` : nothing}
      <p class="samples">${body}</p>
      ${status === 'unknown'
        ? html`<p class="hint">${texts.say('queueDoubt')}</p><div class="actions">${resolve('wasSent', 'sent')}${resolve('sendAgain', 'resend')}</div>`
        : nothing}
    </li>`;
  }

  /**
   * @param {Message} message
   * @param {string} outcome
   */
  async #resolve(message, outcome) {
    this.problem = null;
    try {
      /** @type {Message} */
      const now = await this.service.post(`/api/send-queue/${message.id}/resolve`, { outcome });
      this.#pages.replace(message, now);
      await this.updateComplete;
      /** @type {HTMLElement | null} */ (this.querySelector(`#message-${CSS.escape(message.id)}`))?.focus();
    } catch (error) {
      this.problem = asProblem(error);
      this.reveal();
    }
  }
}

define('import-once-queue', QueueView);
