// How numbers and dates are read, for users whose file has some that could mean two things.
// @ts-check

import { h } from './dom.js';
import { TEXT } from './texts.js';
/** @import { Mapping, Reject } from '../../../../test/js/answers.d.ts' */

/** The part of the form that is shown when rows are rejected because a value could mean two. */
export class Doubts {
  #decimal = choice('decimal-sign', TEXT.decimalSign, TEXT.decimalSigns);
  #order = choice('date-order', TEXT.dateOrder, TEXT.dateOrders);

  element = h('fieldset', { hidden: true }, h('legend', {}, TEXT.doubts),
    h('div', { class: 'fields' }, this.#decimal.element, this.#order.element));

  /** Forgets what the user has chosen. */
  forget() {
    this.element.hidden = true;
    for (const { element, select } of [this.#decimal, this.#order]) {
      element.hidden = true;
      select.value = '';
    }
  }

  /** Fills in what was chosen the last time. @param {Pick<Mapping, 'numbers' | 'dates'>} last */
  fill({ numbers, dates }) {
    this.#decimal.fill(numbers?.decimal);
    this.#order.fill(dates?.order);
    this.element.hidden = this.#decimal.element.hidden && this.#order.element.hidden;
  }

  /** Asks what the reasons name; what was asked before stays. @param {Reject[]} rejects */
  ask(rejects) {
    const named = (/** @type {string} */ property) => rejects.some(({ reason }) => reason.includes(property));
    if (named('numbers.decimal')) this.#decimal.element.hidden = false;
    if (named('dates.order')) this.#order.element.hidden = false;
    this.element.hidden = this.#decimal.element.hidden && this.#order.element.hidden;
  }

  /**
   * What the user has chosen, as properties of the mapping.
   *
   * @param {string | undefined} zone that of the last time
   * @returns {Pick<Mapping, 'numbers' | 'dates'>}
   */
  chosen(zone) {
    const decimal = this.#decimal.select.value;
    const order = this.#order.select.value;
    const dates = { ...(order && { order }), ...(zone && { zone }) };
    return { ...(decimal && { numbers: { decimal } }), ...(Object.keys(dates).length && { dates }) };
  }
}

/**
 * @param {string} id
 * @param {string} label
 * @param {Record<string, string>} values
 */
function choice(id, label, values) {
  const select = h('select', { id }, ...Object.entries({ '': TEXT.choose, ...values }).map(([value, text]) => new Option(text, value)));
  const element = h('div', { class: 'field', hidden: true }, h('label', { for: id }, label), select);
  const fill = (/** @type {string | undefined} */ value = '') => {
    if (!value) return;
    if (!Object.hasOwn(values, value)) select.append(new Option(value, value));
    select.value = value;
    element.hidden = false;
  };
  return { select, element, fill };
}
