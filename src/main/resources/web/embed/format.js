// The format of the file, for users who see that the detected one is wrong.
// @ts-check

import { html, nothing } from 'lit';
import { FlowPart, define } from './element.js';
import { options } from './parts.js';
/** @import { State } from './machine.js' */
/** @import { Key, Texts } from './texts.js' */
/** @import { Format } from '../../../../test/js/answers.d.ts' */

/** @typedef {'sheet' | 'delimiter' | 'encoding' | 'header'} Name */
/** @typedef {[value: string, text: string]} Choice */

const DELIMITERS = [',', ';', '\t', '|'];
const HEADER_ROWS = 10;

// By the names that the service uses, with the writing that each is for; the service may have more of them.
/** @type {Record<string, [writing: string, addition?: string]>} */
const ENCODINGS = {
  'UTF-8': [''], 'UTF-16LE': [''], 'UTF-16BE': [''],
  'windows-1252': ['western'], 'ISO-8859-1': ['western'], 'ISO-8859-15': ['western'], IBM850: ['western', 'DOS, '], 'x-MacRoman': ['western', 'Macintosh, '],
  'windows-1250': ['central'], 'ISO-8859-2': ['central'], 'windows-1251': ['cyrillic'], 'KOI8-R': ['cyrillic'], 'windows-1253': ['greek'],
  'windows-1254': ['turkish'], 'windows-1255': ['hebrew'], 'windows-1256': ['arabic'], 'windows-1257': ['baltic'], 'windows-1258': ['vietnamese'],
  'x-windows-874': ['thai'], Shift_JIS: ['japanese'], 'EUC-JP': ['japanese'], GB18030: ['chinese'], Big5: ['chinese'], 'EUC-KR': ['korean'],
};

export class FormatStep extends FlowPart {
  /** @type {import('lit').PropertyDeclarations} */
  static properties = { open: { state: true } };

  constructor() {
    super();
    /** Whether the user has opened it. @type {boolean} */
    this.open = false;
  }

  /** @type {File | null | undefined} */
  #file;

  /** @param {Map<PropertyKey, unknown>} changed */
  willUpdate(changed) {
    super.willUpdate(changed);
    // Another file has a format of its own.
    if (this.flow?.state.file !== this.#file) this.open = false;
    this.#file = this.flow?.state.file;
  }

  render() {
    const { flow } = this;
    if (!flow) return nothing;
    const { state, service: { texts } } = flow;
    const names = offered(state, texts, Object.keys(flow.fixed.format ?? {}));
    const doubt = state.name === 'unreadable' || state.candidates.length > 0;
    return html`<details ?hidden=${!names.length} .open=${doubt || this.open} @toggle=${this.#toggled}><summary>${texts.say('readOtherwise')}</summary>
      <div class="fields">${names.map(([name, values]) => html`<div class="field narrow">
        <label for=${`read-${name}`}>${texts.say(name)}</label>
        <select id=${`read-${name}`} @change=${(/** @type {Event} */ { target }) => this.#chosen(name, target)}>${options(values, chosen(state, name))}</select>
      </div>`)}</div></details>`;
  }

  /** @param {Event} event */
  #toggled({ target }) {
    if (target instanceof HTMLDetailsElement) this.open = target.open;
  }

  /** @param {Name} name @param {EventTarget | null} target */
  #chosen(name, target) {
    const { flow } = this;
    if (!flow || !(target instanceof HTMLSelectElement)) return;
    const { format: { header, headerRow, ...others }, preview } = flow.state;
    const placed = { ...(header !== undefined && { header }), ...(headerRow !== undefined && { headerRow }) };
    const asked = name === 'encoding' && flow.state.candidates.length;
    const found = name !== 'header' && !asked && target.value === (preview?.format[name] ?? '') && !(name in flow.state.format);
    if (found) return;
    flow.tell({ type: 'format', format: name === 'header' ? { ...others, ...headerAt(target.value) } : { ...others, ...placed, [name]: target.value } });
  }
}

/**
 * What can be chosen for this file.
 *
 * @param {State} state
 * @param {Texts} texts
 * @param {string[]} fixed what nobody is asked for
 * @returns {[Name, Choice[]][]}
 */
function offered({ name, preview, sheets, candidates, format }, texts, fixed) {
  if (!preview && name !== 'unreadable') return [];
  const found = preview?.format;
  const csv = found ? found.type === 'csv' : !sheets.length;
  /** @type {[Name, Choice[]][]} */
  const all = [
    ['sheet', sheets.length > 1 ? sheets.map((sheet) => [sheet, sheet]) : []],
    ['delimiter', csv ? DELIMITERS.map((sign) => [sign, texts.say(/** @type {Key} */ (`delimiter.${sign}`))]) : []],
    ['encoding', csv || found?.encoding ? encodings(texts, candidates) : []],
    ['header', csv || found?.type === 'xlsx' ? headers(texts) : []]];
  return all
    .filter(([field, values]) => values.length && !fixed.includes(field))
    .map(([field, values]) => [field, withCurrent(values, field, chosen({ name, preview, format, candidates }, field), texts)]);
}

/** The present value is among the choices, whatever it is. @param {Choice[]} values @param {Name} name @param {string} value @param {Texts} texts @returns {Choice[]} */
function withCurrent(values, name, value, texts) {
  if (values.some(([known]) => known === value)) return values;
  const text = value === '' ? texts.say('asFound') : name === 'header' ? texts.say('headerRow', { row: Number(value) }) : value;
  return [[value, text], ...values];
}

/** @param {Texts} texts @param {State['candidates']} candidates @returns {Choice[]} */
function encodings(texts, candidates) {
  /** @type {(encoding: string) => string} */
  const called = (encoding) => {
    const [writing, addition = ''] = ENCODINGS[encoding] ?? [];
    if (writing === undefined) return encoding;
    return `${writing ? texts.say(/** @type {Key} */ (`script.${writing}`)) : 'Unicode'} (${addition}${encoding})`;
  };
  const others = Object.keys(ENCODINGS).filter((name) => candidates.every(({ encoding }) => encoding !== name));
  return [
    ...(candidates.length ? /** @type {Choice[]} */ ([['', texts.say('choose')]]) : []),
    ...candidates.map(({ encoding, sample }) => /** @type {Choice} */ ([encoding, `${called(encoding)}: ${sample}`])),
    ...others.map((encoding) => /** @type {Choice} */ ([encoding, called(encoding)]))];
}

/** @param {Texts} texts @returns {Choice[]} */
function headers(texts) {
  return [
    ['first', texts.say('headerFirst')],
    ['none', texts.say('headerNone')],
    ...Array.from({ length: HEADER_ROWS }, (_, i) => /** @type {Choice} */ ([String(i + 1), texts.say('headerRow', { row: i + 1 })]))];
}

/** The present value of a choice. @param {Pick<State, 'preview' | 'format' | 'candidates' | 'name'>} state @param {Name} name */
function chosen({ preview, format, candidates }, name) {
  if (name === 'header') return placeOf({ ...preview?.format, ...format });
  if (name === 'encoding' && candidates.length) return format.encoding ?? '';
  return format[name] ?? preview?.format[name] ?? '';
}

/** The place of the header, as a value of the choice. @param {Partial<Format>} format */
function placeOf({ header, headerRow }) {
  if (header === false) return 'none';
  return headerRow ? String(headerRow) : 'first';
}

/** The place of the header, as properties of the mapping. @param {string} value @returns {Partial<Format>} */
function headerAt(value) {
  if (value === 'none') return { header: false };
  return value === 'first' ? { header: true } : { headerRow: Number(value) };
}

define('import-once-format', FormatStep);
