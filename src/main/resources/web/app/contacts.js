// The contacts of the organisation, searched by any part of their names, companies and addresses.
// @ts-check

import { html } from 'lit';
import { define } from '../embed/element.js';
import { table } from '../embed/parts.js';
import { Pages } from './pages.js';
import { View } from './view.js';
/** @import { Contact } from '../../../../test/js/answers.d.ts' */

const PAUSE_MS = 250;

export class ContactsView extends View {
  /** @type {number | undefined} */
  #timer;
  #search = '';
  /** @type {Pages<Contact>} */
  #pages = new Pages(this, '/api/contacts');

  render() {
    const { texts } = this;
    const { items, query } = this.#pages;
    const heads = [texts.say('field.email'), texts.say('field.firstName'), texts.say('field.lastName'), texts.say('field.phone'), texts.say('field.company'), texts.say('attributes')];
    const rows = items.map((contact) => [contact.email, contact.firstName, contact.lastName, contact.phone, contact.company, inWords(contact)]);
    return html`<section class="card stack" aria-labelledby="contacts-title">
      <h2 id="contacts-title" tabindex="-1">${texts.say('view.contacts')}</h2>
      <div class="field narrow"><label for="search">${texts.say('search')}</label>
        <input id="search" type="search" aria-describedby="search-hint" autocomplete="off" spellcheck="false" @input=${this.#typed}>
        <p id="search-hint" class="hint">${texts.say('searchHint')}</p></div>
      <div ?hidden=${!items.length}>${table(texts.say('contactsTable'), heads, rows)}</div>
      ${this.#pages.end(query.containing ? texts.say('contactsNone', { search: query.containing }) : texts.say('contactsEmpty'))}
    </section>`;
  }

  show() {
    return this.#pages.show({ containing: this.#search.trim() });
  }

  /** @param {Event} event */
  #typed({ target }) {
    this.#search = /** @type {HTMLInputElement} */ (target).value;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.show(), PAUSE_MS);
  }
}

/** @param {Contact} contact */
function inWords({ attributes }) {
  return Object.entries(attributes).map(([name, value]) => `${name}: ${value}`).join(', ');
}

define('import-once-contacts', ContactsView);
