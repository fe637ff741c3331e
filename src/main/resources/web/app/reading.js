// The format of the file, for users who see that the detected one is wrong.
// @ts-check

import { h } from './dom.js';
import { TEXT, namesOf } from './texts.js';
/** @import { Candidate, Format } from '../../../../test/js/answers.d.ts' */

/** @typedef {'sheet' | 'delimiter' | 'encoding' | 'header'} Name */
/** @typedef {[value: string, text: string]} Choice */

/** @type {Choice[]} */
const HEADERS = [
  ['first', TEXT.headerFirst],
  ['none', TEXT.headerNone],
  ...Array.from({ length: 10 }, (_, i) => /** @type {Choice} */ ([String(i + 1), TEXT.headerRow(i + 1)]))];

/** The part of the form with the format; its values belong to one file. */
export class Reading {
  // The detected values, before the user has chosen anything.
  /** @type {Partial<Record<Name, string>>} */
  #found = {};
  #fields = {
    sheet: choice('sheet', TEXT.sheet),
    delimiter: choice('delimiter', TEXT.delimiter),
    encoding: choice('encoding', TEXT.encoding),
    header: choice('header', TEXT.header),
  };

  element = h('details', { hidden: true }, h('summary', {}, TEXT.readOtherwise),
    h('div', { class: 'fields' }, ...Object.values(this.#fields).map(({ element }) => element)));

  /** Resets the form for another file, or none. */
  reset() {
    this.#found = {};
    this.element.hidden = true;
    this.element.open = false;
    Object.values(this.#fields).forEach(({ select }) => select.replaceChildren());
  }

  /**
   * Offers the choices for a file; found is null for a file that cannot be read as detected. Returns whether there are any
   * choices.
   *
   * @param {Format | null} found
   * @param {string[]} sheets
   */
  offer(found, sheets) {
    this.#found = found ? { ...found, header: placeOf(found) } : {};
    const csv = found ? found.type === 'csv' : !sheets.length;
    this.#fill('sheet', sheets.length > 1 ? sheets.map((name) => [name, name]) : []);
    this.#fill('delimiter', csv ? Object.entries(TEXT.delimiters) : []);
    this.#fill('encoding', csv || found?.encoding ? Object.entries(TEXT.encodings) : []);
    this.#fill('header', csv || found?.type === 'xlsx' ? HEADERS : []);
    const any = Object.values(this.#fields).some(({ element }) => !element.hidden);
    this.element.hidden = !any;
    if (!found) this.element.open = any;
    return any;
  }

  /** The encoding is not clear: the user has to choose, and sees a sample of each candidate. @param {Candidate[]} candidates */
  ask(candidates) {
    const others = Object.entries(TEXT.encodings).filter(([name]) => candidates.every(({ encoding }) => encoding !== name));
    this.#found = { ...this.#found, encoding: '' };
    this.#fill('encoding', [
      ['', TEXT.choose],
      ...candidates.map(({ encoding, sample }) => /** @type {Choice} */ ([encoding, `${TEXT.encodings[encoding] ?? encoding}: ${sample}`])),
      ...others]);
    this.element.hidden = false;
    this.element.open = true;
  }

  /** The user marks the row with that number as the header. @param {number} number */
  headerAt(number) {
    const { select } = this.#fields.header;
    const value = String(number);
    if (![...select.options].some((option) => option.value === value)) select.append(new Option(TEXT.headerRow(number), value));
    select.value = value;
    this.element.hidden = false;
  }

  /** Whether the user still has to choose. */
  asks() {
    return this.#found.encoding === '' && !this.#fields.encoding.select.value;
  }

  /** The values that differ from the detected ones, for the mapping; undefined: none. @returns {Partial<Format> | undefined} */
  chosen() {
    const other = namesOf(this.#fields)
      .map((name) => ({ name, value: this.#fields[name].select.value }))
      .filter(({ name, value }) => value && value !== this.#found[name]);
    return other.length ? Object.assign({}, ...other.map(({ name, value }) => (name === 'header' ? placed(value) : { [name]: value }))) : undefined;
  }

  /**
   * @param {Name} name
   * @param {Choice[]} values
   */
  #fill(name, values) {
    const { element, select } = this.#fields[name];
    const found = this.#found[name];
    /** @type {Choice[]} */
    const missing = values.some(([value]) => value === found) ? [] : [[found ?? '', found ?? TEXT.asFound]];
    element.hidden = !values.length;
    select.replaceChildren(...(values.length ? [...missing, ...values] : []).map(([value, text]) => new Option(text, value)));
    select.value = found ?? '';
  }
}

/** The place of the header, as a value of the choice. @param {Format} format */
function placeOf({ header, headerRow }) {
  if (header === false) return 'none';
  return headerRow ? String(headerRow) : 'first';
}

/** The place of the header, as properties of the mapping. @param {string} value */
function placed(value) {
  if (value === 'none') return { header: false };
  return value === 'first' ? { header: true } : { headerRow: Number(value) };
}

/**
 * @param {Name} name
 * @param {string} label
 */
function choice(name, label) {
  const select = h('select', { id: `read-${name}` });
  return { select, element: h('div', { class: 'field narrow' }, h('label', { for: select.id }, label), select) };
}
