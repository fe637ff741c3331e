// The target of a file, the fields of its columns, and how the import treats existing rows.
// @ts-check

import { html, nothing } from 'lit';
import { UNTOUCHED, isDeclared } from './choices.js';
import { FlowPart, define } from './element.js';
import { targetOf } from './machine.js';
import { options, problemPlace, table } from './parts.js';
import { asProblem } from './service.js';
import { fieldName, meaning, targetName } from './words.js';
/** @import { Choices } from './choices.js' */
/** @import { Shown } from './parts.js' */
/** @import { Key, Texts } from './texts.js' */
/** @import { Field, Preview, Target } from '../../../../test/js/answers.d.ts' */

const SHOWN_ROWS = 5;
const MOST_SAMPLES = 3;
// From so many fields on they can be searched.
const MANY_FIELDS = 15;
const NUMBERED = /\d$/;
const FORMATS = ['xlsx', 'csv'];

export class ColumnsStep extends FlowPart {
  /** @type {import('lit').PropertyDeclarations} */
  static properties = { refused: { state: true }, search: { state: true } };

  constructor() {
    super();
    /** What went wrong with a template. @type {Shown | null} */
    this.refused = null;
    this.search = '';
  }

  render() {
    const { flow } = this;
    const { preview, choices } = flow?.state ?? {};
    if (!flow || !preview || !choices) return nothing;
    const { fixed, state, service: { texts } } = flow;
    const target = targetOf(state);
    const remembered = preview.remembered && preview.suggestedMapping.target === choices.target;
    return html`<div class="stack">
      <details open><summary>${texts.say('firstRows')}</summary>${this.#firstRows(texts, preview)}</details>
      <div class="field narrow" ?hidden=${fixed.target !== undefined}><label for="target">${texts.say('importAs')}</label>
        <select id="target" @change=${this.#targetChosen}>${options(state.targets.map((known) => [known.name, targetName(texts, known)]), choices.target)}</select>
        ${target ? this.#templates(texts, target) : nothing}
      </div>
      <p class="hint" ?hidden=${!remembered}>${texts.say('asLastTime')}</p>
      ${target ? this.#fields(texts, target, choices, preview) : nothing}
      ${target ? this.#options(texts, target, choices) : nothing}
      <p class="hint">${texts.known(`untouched.${choices.target}`) ?? ''}</p>
    </div>`;
  }

  /** The beginning of the file; a row that can be the header is a button. @param {Texts} texts @param {Preview} preview */
  #firstRows(texts, { format, columns, sampleRows, sampleRowNumbers }) {
    const rows = sampleRows.slice(0, SHOWN_ROWS);
    if (!['csv', 'xlsx'].includes(format.type) || !sampleRowNumbers) return table(texts.say('firstRows'), columns, rows);
    const fixed = this.flow?.fixed.format;
    const asks = fixed?.headerRow === undefined && fixed?.header === undefined;
    const numbered = rows.map((cells, i) => {
      const number = sampleRowNumbers[i];
      if (number === undefined) return ['', ...cells];
      const label = texts.say('headerAt', { row: number });
      return [asks ? html`<button type="button" aria-label=${label} title=${label} @click=${() => this.#headerAt(number)}>${number}</button>` : number, ...cells];
    });
    return table(texts.say('firstRows'), [texts.say('rowNumber'), ...columns], numbered);
  }

  /** @param {Texts} texts @param {Target} target */
  #templates(texts, { name }) {
    return html`<div class="hint facts">${FORMATS.map((format) => {
      const path = `/api/targets/${encodeURIComponent(name)}/template?format=${format}`;
      const save = (/** @type {Event} */ event) => { event.preventDefault(); this.#download(path, `${name}.${format}`); };
      return html`<a href=${this.flow?.service.address(path) ?? path} @click=${save}>${texts.say('template', { format: format.toUpperCase() })}</a>`;
    })}${problemPlace(this.refused)}</div>`;
  }

  /** @param {Texts} texts @param {Target} target @param {Choices} choices @param {Preview} preview */
  #fields(texts, target, choices, preview) {
    const fixed = Object.keys(this.flow?.fixed.fields ?? {});
    const shown = shownFields(target, choices).filter(({ name }) => !fixed.includes(name));
    const sought = this.search.trim().toLowerCase();
    const found = (/** @type {Field} */ field) => `${fieldName(texts, field)} ${field.name}`.toLowerCase().includes(sought);
    if (!shown.length) return nothing;
    return html`<fieldset><legend>${texts.say('columns')}</legend>
      ${shown.length >= MANY_FIELDS
        ? html`<div class="field narrow"><label for="search-fields">${texts.say('searchFields')}</label>
            <input id="search-fields" type="search" autocomplete="off" @input=${this.#sought} @keydown=${stayHere}></div>`
        : nothing}
      <div class="fields">${shown.map((field) => this.#field(texts, field, { explained: isDeclared(target), hidden: !found(field) }, choices, preview))}</div></fieldset>`;
  }

  /**
   * @param {Texts} texts
   * @param {Field} field
   * @param {{ explained: boolean, hidden: boolean }} how
   * @param {Choices} choices
   * @param {Preview} preview
   */
  #field(texts, field, { explained, hidden }, choices, { columns, sampleRows }) {
    const { name, required } = field;
    const column = choices.fields[name] ?? '';
    const choose = (/** @type {Event} */ { target }) => {
      if (target instanceof HTMLSelectElement) this.#choose({ fields: { ...choices.fields, [name]: target.value } });
    };
    const label = fieldName(texts, field);
    return html`<div class="field" ?hidden=${hidden}>
      <label for=${`field-${name}`}>${required ? texts.say('required', { name: label }) : label}</label>
      <select id=${`field-${name}`} name=${name} ?required=${required} aria-describedby=${`samples-${name}${explained ? ` about-${name}` : ''}`} @change=${choose}>
        ${options([['', texts.say(required ? 'chooseColumn' : 'notImported')], ...columns.filter(Boolean).map((known) => /** @type {[string, string]} */ ([known, known]))], column)}
      </select>
      <p id=${`samples-${name}`} class="hint samples">${samplesOf(columns.indexOf(column), sampleRows)}</p>
      ${explained ? html`<p id=${`about-${name}`} class="hint about">${meaning(texts, field)}</p>` : nothing}
    </div>`;
  }

  /** @param {Texts} texts @param {Target} target @param {Choices} choices */
  #options(texts, target, choices) {
    const fixed = this.flow?.fixed ?? {};
    const updates = !UNTOUCHED.includes(target.name) && fixed.onExisting === undefined;
    const keeps = target.attributes && fixed.unmapped === undefined;
    const undoes = target.undoable && fixed.undoable === undefined;
    return html`<fieldset ?hidden=${!updates && !keeps && !undoes}><legend>${texts.say('options')}</legend>
      <div class="field narrow" ?hidden=${!updates}>
        <label for="on-existing">${texts.say(isDeclared(target) ? 'onExistingRow' : 'onExisting')}</label>
        <select id="on-existing" @change=${(/** @type {Event} */ event) => event.target instanceof HTMLSelectElement && this.#choose({ onExisting: event.target.value })}>
          ${options(['update', 'fill', 'skip'].map((way) => /** @type {[string, string]} */ ([way, texts.say(/** @type {Key} */ (`existing.${way}`))])), choices.onExisting)}
        </select>
      </div>
      <label class="check" ?hidden=${!keeps}><input type="checkbox" .checked=${choices.others} @change=${(/** @type {Event} */ event) => this.#choose({ others: checked(event) })}>${texts.say('keepOthers')}</label>
      <label class="check" ?hidden=${!undoes}><input type="checkbox" .checked=${choices.undoable} @change=${(/** @type {Event} */ event) => this.#choose({ undoable: checked(event) })}>${texts.say('undoable')}</label>
    </fieldset>`;
  }

  /** @param {Partial<Choices>} choices */
  #choose(choices) {
    this.flow?.tell({ type: 'choose', choices });
  }

  /** @param {Event} event */
  #targetChosen({ target }) {
    this.refused = null;
    if (target instanceof HTMLSelectElement) this.flow?.tell({ type: 'target', target: target.value });
  }

  /** @param {number} row */
  #headerAt(row) {
    const { header, ...format } = this.flow?.state.format ?? {};
    this.flow?.tell({ type: 'format', format: { ...format, headerRow: row } });
  }

  /** @param {Event} event */
  #sought({ target }) {
    if (target instanceof HTMLInputElement) this.search = target.value;
  }

  /** @param {string} path @param {string} name */
  async #download(path, name) {
    this.refused = null;
    await this.flow?.service.download(path, name).catch((error) => { this.refused = asProblem(error); });
  }
}

/** Of the numbered fields of a target that the service knows, one more than are in use. @param {Target} target @param {Choices} choices */
function shownFields(target, { fields }) {
  if (isDeclared(target)) return target.fields;
  return target.fields.filter(({ name, required }, i, all) => {
    const before = all[i - 1];
    return !NUMBERED.test(name) || required || fields[name] || (before && fields[before.name]);
  });
}

/** @param {number} column @param {string[][]} rows */
function samplesOf(column, rows) {
  const values = rows.map((row) => row[column]?.trim()).filter(Boolean);
  return [...new Set(values)].slice(0, MOST_SAMPLES).join(', ');
}

/** @param {Event} event */
function checked({ target }) {
  return target instanceof HTMLInputElement && target.checked;
}

/** Enter in the search would start the import. @param {KeyboardEvent} event */
function stayHere(event) {
  if (event.key === 'Enter') event.preventDefault();
}

define('import-once-columns', ColumnsStep);
