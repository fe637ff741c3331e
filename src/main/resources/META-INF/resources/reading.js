// How the file is read, for whoever sees that it is not as it was found to be.
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

/** The part of the form that asks for it; what is in it belongs to one file. */
export class Reading {
  // As the file was found to be when nobody had said anything.
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

  /** There is another file, or none. */
  reset() {
    this.#found = {};
    this.element.hidden = true;
    this.element.open = false;
    Object.values(this.#fields).forEach(({ select }) => select.replaceChildren());
  }

  /**
   * Offers what can be chosen for such a file; found is null for one that cannot be read as it is. Answers whether there is anything.
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

  /** The encoding is not clear: somebody is to choose, and sees how each would read. @param {Candidate[]} candidates */
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

  /** The row with that number is said to have the names of the columns. @param {number} number */
  headerAt(number) {
    const { select } = this.#fields.header;
    const value = String(number);
    if (![...select.options].some((option) => option.value === value)) select.append(new Option(TEXT.headerRow(number), value));
    select.value = value;
    this.element.hidden = false;
  }

  /** Whether somebody has yet to choose. */
  asks() {
    return this.#found.encoding === '' && !this.#fields.encoding.select.value;
  }

  /** What is not as it was found, for the mapping; undefined: nothing. @returns {Partial<Format> | undefined} */
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

/** Where a file has its names, as the choice has it. @param {Format} format */
function placeOf({ header, headerRow }) {
  if (header === false) return 'none';
  return headerRow ? String(headerRow) : 'first';
}

/** The same for the mapping. @param {string} value */
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
