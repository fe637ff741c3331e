// Helpers that create elements.
// @ts-check

import { TEXT } from './texts.js';
/** @import { Shown } from '../embed/parts.js' */

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

/** The element that shows a problem. */
export function problemPlace() {
  return h('div', { role: 'alert' });
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
