// The contacts of the organisation, searched by the beginning of their addresses.
// @ts-check

import { h } from './dom.js';
import { List } from './list.js';
import { TEXT, namesOf } from './texts.js';
/** @import { Contact } from '../../../../test/js/answers.d.ts' */

const PAUSE_MS = 250;

export class ContactsView {
  /** @type {number | undefined} */
  #timer;
  #search = h('input', { id: 'search', type: 'search', 'aria-describedby': 'search-hint', autocomplete: 'off', spellcheck: 'false' });
  #rows = h('tbody', {});
  #table = h('div', { class: 'scroll', role: 'region', 'aria-label': TEXT.contactsTable, tabindex: '0', hidden: true },
    h('table', {},
      h('thead', {}, h('tr', {}, ...Object.values(TEXT.contactColumns).map((text) => h('th', { scope: 'col' }, text)))),
      this.#rows));
  #list = new List('/api/contacts', {
    add: (/** @type {Contact} */ contact) => this.#add(contact),
    clear: () => {
      this.#rows.replaceChildren();
      this.#table.hidden = true;
    },
    empty: ({ search }) => (search ? TEXT.contactsNone(search) : TEXT.contactsEmpty),
  });

  element = h('section', { class: 'card stack', 'aria-labelledby': 'contacts-title' },
    h('h2', { id: 'contacts-title', tabindex: '-1' }, TEXT.view.contacts),
    h('div', { class: 'field narrow' }, h('label', { for: 'search' }, TEXT.search), this.#search,
      h('p', { id: 'search-hint', class: 'hint' }, TEXT.searchHint)),
    this.#table,
    ...this.#list.elements);

  constructor() {
    this.#search.addEventListener('input', () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.show(), PAUSE_MS);
    });
  }

  show() {
    return this.#list.show({ search: this.#search.value.trim() });
  }

  /** @param {Contact} contact */
  #add(contact) {
    const attributes = Object.entries(contact.attributes).map(([name, value]) => `${name}: ${value}`).join(', ');
    const cells = namesOf(TEXT.contactColumns).map((name) => (name === 'attributes' ? attributes : contact[name] ?? ''));
    this.#rows.append(h('tr', {}, ...cells.map((cell) => h('td', {}, cell))));
    this.#table.hidden = false;
  }
}
