// A page of rejected rows, whose cells are reached and changed with the keys of a spreadsheet.
// @ts-check

import { html, nothing } from 'lit';
import { Part, define } from './element.js';
/** @import { Column, RejectList, Row } from './reject-list.js' */
/** @import { Texts } from './texts.js' */

// So many cells are drawn at once that a page of them takes no time that anybody notices.
const PAGE = 100;

/** Dispatches "cell" when a changed cell gets the focus, "changed" after each change of one, "apply" on Ctrl+Enter, "left" when Escape leads out. */
export class Grid extends Part {
  static properties = { texts: { attribute: false }, list: { attribute: false }, rows: { attribute: false }, edition: { attribute: false }, from: { state: true } };

  /** What a cell held when it got the focus. */
  #before = '';

  constructor() {
    super();
    /** @type {Texts | undefined} */
    this.texts = undefined;
    /** @type {RejectList | undefined} */
    this.list = undefined;
    /** Those of its rows that are to be seen. @type {readonly Row[]} */
    this.rows = [];
    /** Another number after each change of the list. */
    this.edition = 0;
    /** The index of the first row of the page. */
    this.from = 0;
  }

  /** @param {Map<PropertyKey, unknown>} changed */
  willUpdate(changed) {
    // Other rows, not the same ones after a change.
    if (changed.has('list') || /** @type {readonly Row[] | undefined} */ (changed.get('rows'))?.length !== (changed.has('rows') ? this.rows.length : undefined)) this.from = 0;
  }

  render() {
    const { texts, list, rows, from } = this;
    if (!texts || !list) return nothing;
    const to = Math.min(from + PAGE, rows.length);
    const names = [texts.say('rowNumber'), texts.say('reason'), ...list.columns.map(({ name }) => name)];
    return html`${rows.length > PAGE
        ? html`<div class="actions">
            <button type="button" ?disabled=${from === 0} @click=${() => this.#turn(from - PAGE)}>${texts.say('previousRows')}</button>
            <button type="button" ?disabled=${to === rows.length} @click=${() => this.#turn(to)}>${texts.say('nextRows')}</button>
            <p class="hint" role="status">${texts.say('rowsOf', { from: from + 1, to, n: rows.length })}</p></div>`
        : nothing}
      <div class="scroll" role="region" aria-label=${texts.say('correctionsTable')} tabindex="0" @keydown=${this.#pressed} @focusin=${this.#entered}>
        <table><thead><tr>${names.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
        <tbody>${rows.slice(from, to).map((row) => this.#line(texts, list, row))}</tbody></table></div>`;
  }

  /** @param {Texts} texts @param {RejectList} list @param {Row} row */
  #line(texts, list, row) {
    const { number, reason } = row;
    const blamed = list.blamed(row);
    return html`<tr><th scope="row">${number}</th><td class="why" id=${`why-${number}`}>${reason}</td>${list.columns.map((column) => {
      // Only the service can decide whether a changed value is correct now.
      const invalid = column === blamed && !list.isChanged(row, column.at);
      return html`<td><input type="text" aria-label=${texts.say('cell', { column: column.name, row: number })} .value=${list.value(row, column.at)}
        aria-invalid=${invalid ? 'true' : nothing} aria-describedby=${column === blamed ? `why-${number}` : nothing} @input=${this.#typed}></td>`;
    })}</tr>`;
  }

  /** Gives the focus to a cell of the page. @param {number} row @param {number} column both counted from 0 */
  focusCell(row, column) {
    const input = this.querySelectorAll('tbody tr')[row]?.querySelectorAll('input')[column];
    input?.focus();
    input?.select();
  }

  /** Which cell an input is. @param {EventTarget | null} input @returns {{ row: Row, column: Column, line: number, place: number } | null} */
  #place(input) {
    const cell = input instanceof HTMLInputElement ? input.closest('td') : null;
    const line = cell?.parentElement instanceof HTMLTableRowElement ? cell.parentElement.sectionRowIndex : -1;
    const place = (cell?.cellIndex ?? 0) - 2;
    const row = this.rows[this.from + line];
    const column = this.list?.columns[place];
    return line >= 0 && row && column ? { row, column, line, place } : null;
  }

  /** @param {FocusEvent} event */
  #entered({ target }) {
    const place = this.#place(target);
    if (!place) return;
    const { row, column: { at } } = place;
    this.#before = this.list?.value(row, at) ?? '';
    if (this.list?.isChanged(row, at)) this.#dispatch('cell', { row, at });
  }

  /** @param {Event} event */
  #typed({ target }) {
    const place = this.#place(target);
    if (place && target instanceof HTMLInputElement) this.#set(place.row, place.column.at, target.value);
  }

  /** @param {Row} row @param {number} at @param {string} value */
  #set(row, at, value) {
    this.list?.set(row, at, value);
    this.requestUpdate();
    this.#dispatch('changed', { row, at });
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    const { target: input, key } = event;
    const place = this.#place(input);
    if (!place || !(input instanceof HTMLInputElement) || event.isComposing || event.altKey || event.metaKey) return;
    if (key === 'Escape') {
      // It would close the dialog, and the corrections with it.
      event.preventDefault();
      event.stopPropagation();
      const { row, column } = place;
      if (this.list?.value(row, column.at) === this.#before) {
        this.#dispatch('left');
        return;
      }
      this.#set(row, column.at, this.#before);
      this.updateComplete.then(() => input.select());
    } else if (key === 'Enter' && event.ctrlKey) {
      event.preventDefault();
      this.#dispatch('apply', { row: place.row, at: place.column.at });
    } else if (key === 'F2') {
      input.setSelectionRange(input.value.length, input.value.length);
    } else {
      const to = destination(event, input, place, { rows: this.rows.length - this.from, columns: this.list?.columns.length ?? 0, first: -this.from });
      if (!to) return;
      event.preventDefault();
      this.#go(to.line, to.place);
    }
  }

  /** Leads to a cell, also of another page. @param {number} line from the first row of this page on @param {number} place */
  async #go(line, place) {
    const index = this.from + line;
    if (index < 0 || index >= this.rows.length) return;
    const from = index - (index % PAGE);
    if (from !== this.from) {
      this.from = from;
      await this.updateComplete;
    }
    this.focusCell(index - from, place);
  }

  /** The first new row gets the keyboard's focus. @param {number} from */
  async #turn(from) {
    this.from = Math.max(0, from);
    await this.updateComplete;
    this.focusCell(0, 0);
  }

  /** @param {string} name @param {object} [detail] */
  #dispatch(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

/**
 * Where a key leads: to the side and to the ends of a row only if it does not move the caret, which is so in a cell whose whole
 * text is selected, or at an end of its text.
 *
 * @param {KeyboardEvent} event
 * @param {HTMLInputElement} input
 * @param {{ line: number, place: number }} here
 * @param {{ rows: number, columns: number, first: number }} limits
 */
function destination({ key, shiftKey, ctrlKey }, input, { line, place }, { rows, columns, first }) {
  const { selectionStart: start, selectionEnd: end, value } = input;
  const whole = start === 0 && end === value.length;
  const forward = getComputedStyle(input).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
  if (key === 'Enter') return { line: line + (shiftKey ? -1 : 1), place };
  if (shiftKey) return null;
  if (ctrlKey) return key === 'Home' ? { line: first, place: 0 } : key === 'End' ? { line: rows - 1, place: columns - 1 } : null;
  switch (key) {
    case 'ArrowDown': return { line: line + 1, place };
    case 'ArrowUp': return { line: line - 1, place };
    case 'Home': return whole ? { line, place: 0 } : null;
    case 'End': return whole ? { line, place: columns - 1 } : null;
    case 'ArrowLeft':
    case 'ArrowRight': {
      const ahead = key === forward;
      const edge = start === end && start === (ahead ? value.length : 0);
      const next = place + (ahead ? 1 : -1);
      return (whole || edge) && next >= 0 && next < columns ? { line, place: next } : null;
    }
    default: return null;
  }
}

define('import-once-grid', Grid);
