// Helpers that create elements.
// @ts-check

import { TEXT, number } from './texts.js';
/** @import { Fault, Notice } from '../../../../test/js/answers.d.ts' */

/** @typedef {Record<string, string | number | boolean | null | undefined | ((event: Event) => unknown)>} Properties */

/**
 * Creates an element: properties that begin with "on" are listeners, the others are attributes (null and false: none).
 *
 * @template {keyof HTMLElementTagNameMap} N
 * @param {N} name
 * @param {Properties} properties
 * @param {...(Node | string | null | undefined)} children
 */
export function h(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (typeof value === 'function') element.addEventListener(key.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value === true ? '' : String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/**
 * A button that runs an action; it is disabled while the action runs, and has the keyboard's focus again afterwards.
 *
 * @param {string} text
 * @param {() => unknown} act
 * @param {Properties} properties
 */
export function button(text, act, properties = {}) {
  const element = h('button', {
    type: 'button',
    ...properties,
    onclick: async () => {
      element.disabled = true;
      try {
        await act();
      } finally {
        element.disabled = false;
        if (document.activeElement === document.body) element.focus();
      }
    },
  }, text);
  return element;
}

/**
 * A term with its number.
 *
 * @param {string} term
 * @param {number} value
 * @param {string} name
 */
export function figure(term, value, name) {
  return h('div', { 'data-count': name, 'data-zero': value === 0 }, h('dt', {}, term), h('dd', {}, number(value)));
}

/**
 * A table that scrolls if it does not fit.
 *
 * @param {string} label
 * @param {string[]} heads
 * @param {(Node | string)[][]} rows
 */
export function table(label, heads, rows) {
  const head = h('tr', {}, ...heads.map((text) => h('th', { scope: 'col' }, text)));
  return h('div', { class: 'scroll', role: 'region', 'aria-label': label, tabindex: '0' },
    h('table', {}, h('thead', {}, head), h('tbody', {}, ...rows.map((cells) => h('tr', {}, ...cells.map((cell) => h('td', {}, cell)))))));
}

/** @typedef {{ message: string, detail?: string, errors?: Fault[] }} Shown what a Problem has to say */

/** The element that shows a problem. */
export function problemPlace() {
  return h('div', { role: 'alert' });
}

/**
 * Shows the notices about a file; an older instance of the service does not send them.
 *
 * @param {HTMLElement} list
 * @param {Notice[]} notices
 */
export function showNotices(list, notices = []) {
  list.replaceChildren(...notices.map((notice) => h('li', {}, TEXT.notice(notice))));
  list.hidden = !notices.length;
}

/**
 * Shows a Problem in its place, or nothing for null.
 *
 * @param {HTMLElement} place
 * @param {Shown | null} problem
 */
export function showProblem(place, problem) {
  const parts = [];
  if (problem) {
    parts.push(h('strong', {}, problem.message));
    if (problem.detail) parts.push(h('p', {}, problem.detail));
    const faults = (problem.errors ?? [])
      .map(({ field, detail }) => TEXT.fault(field, detail))
      .filter((fault) => !problem.detail?.includes(fault));
    if (faults.length) parts.push(h('ul', {}, ...faults.map((fault) => h('li', {}, fault))));
  }
  place.replaceChildren(...parts);
  if (problem) place.scrollIntoView({ block: 'nearest' });
}

/**
 * Asks the user for a confirmation; returns whether the user has confirmed.
 *
 * @param {string} question
 * @param {string} meaning
 * @param {string} yes
 * @returns {Promise<boolean>}
 */
export function agreed(question, meaning, yes) {
  return new Promise((answer) => {
    const dialog = h('dialog', { 'aria-labelledby': 'question', onclose: () => { dialog.remove(); answer(dialog.returnValue === 'yes'); } },
      h('form', { method: 'dialog' },
        h('h2', { id: 'question' }, question),
        h('p', {}, meaning),
        h('div', { class: 'actions' },
          h('button', { value: 'no', autofocus: true }, TEXT.keep),
          h('button', { value: 'yes', class: 'primary' }, yes))));
    document.body.append(dialog);
    dialog.showModal();
  });
}
