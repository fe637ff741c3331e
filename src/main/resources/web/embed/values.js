// How values are meant, for users whose file has some that could mean two things or that nobody has told yet.
// @ts-check

import { html, nothing } from 'lit';
import { FlowPart, define } from './element.js';
import { targetOf } from './machine.js';
import { options } from './parts.js';
import { fieldName } from './words.js';
/** @import { Choices } from './choices.js' */

const UNKNOWN_VALUES = 12;

export class ValuesStep extends FlowPart {
  // What was asked stays, although the rows are not rejected any more.
  #asked = { source: '', decimal: false, order: false, /** @type {Map<string, Set<string>>} */ values: new Map() };

  render() {
    const { flow } = this;
    if (!flow?.state.choices) return nothing;
    const { fixed, state, service: { texts } } = flow;
    const { choices } = flow.state;
    this.#ask();
    const decimal = fixed.numbers === undefined && (this.#asked.decimal || choices.decimal !== '');
    const order = fixed.dates === undefined && (this.#asked.order || choices.order !== '');
    const fields = targetOf(state)?.fields ?? [];
    const values = [...this.#asked.values].filter(([name]) => fixed.values?.[name] === undefined);
    /** @type {[string, string]} */
    const none = ['', texts.say('choose')];
    const choice = (/** @type {string} */ id, /** @type {string} */ label, /** @type {[string, string][]} */ known, /** @type {string} */ value, /** @type {(value: string) => void} */ chosen) => html`
      <div class="field"><label for=${id}>${label}</label>
        <select id=${id} @change=${(/** @type {Event} */ { target }) => target instanceof HTMLSelectElement && chosen(target.value)}>
          ${options([none, ...known, ...(value && !known.some(([text]) => text === value) ? [/** @type {[string, string]} */ ([value, value])] : [])], value)}</select></div>`;
    return html`<fieldset ?hidden=${!decimal && !order && !values.length}><legend>${texts.say('doubts')}</legend><div class="fields">
      ${decimal ? choice('decimal-sign', texts.say('decimalSign'), [['.', texts.say('decimalPoint')], [',', texts.say('decimalComma')]], choices.decimal, (value) => this.#choose({ decimal: value })) : nothing}
      ${order ? choice('date-order', texts.say('dateOrder'), [['dmy', texts.say('dmy')], ['mdy', texts.say('mdy')]], choices.order, (value) => this.#choose({ order: value })) : nothing}
      ${values.flatMap(([name, cells]) => {
        const field = fields.find((known) => known.name === name);
        if (!field) return [];
        return [...cells].map((cell, i) => choice(`value-${name}-${i}`, texts.say('valueMeans', { field: fieldName(texts, field), value: cell }),
          (field.rules?.values ?? []).map((value) => [value, value]), choices.values[name]?.[cell] ?? '', (value) => this.#means(name, cell, value)));
      })}</div></fieldset>`;
  }

  /** Adds what the reasons of rejected rows name. */
  #ask() {
    const { state } = this.flow ?? {};
    if (!state?.choices) return;
    const source = `${state.sourceId} ${state.choices.target}`;
    if (this.#asked.source !== source) this.#asked = { source, decimal: false, order: false, values: new Map() };
    if (!state.outlook || state.outlook === 'waiting') return;
    const { rejects } = state.outlook;
    if (rejects.some(({ code }) => code === 'number-ambiguous')) this.#asked.decimal = true;
    if (rejects.some(({ code }) => code === 'date-ambiguous' || code === 'date-of-other-order')) this.#asked.order = true;
    for (const { name, type, rules } of targetOf(state)?.fields ?? []) {
      const column = state.choices.fields[name];
      if (type !== 'enum' || !rules?.values || !column) continue;
      for (const { parameters } of rejects) if (parameters?.column === column) this.#unknown(name, parameters.value);
    }
  }

  /** @param {string} field @param {unknown} cell the beginning of it that a reason quotes */
  #unknown(field, cell) {
    if (typeof cell !== 'string') return;
    const cells = this.#asked.values.get(field) ?? new Set();
    if (cells.size < UNKNOWN_VALUES) this.#asked.values.set(field, cells.add(cell));
  }

  /** @param {string} field @param {string} cell @param {string} value */
  #means(field, cell, value) {
    const { [cell]: _, ...others } = this.flow?.state.choices?.values[field] ?? {};
    this.#choose({ values: { ...this.flow?.state.choices?.values, [field]: value ? { ...others, [cell]: value } : others } });
  }

  /** @param {Partial<Choices>} choices */
  #choose(choices) {
    this.flow?.tell({ type: 'choose', choices });
  }
}

define('import-once-values', ValuesStep);
