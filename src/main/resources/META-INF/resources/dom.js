// Elements.

import { TEXT, number } from './texts.js';

/** An element: properties that begin with "on" are listeners, the others attributes (null and false: none). */
export function h(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** A button that does something; it is disabled for as long as that takes, and has the keyboard's focus again afterwards. */
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

/** A term with its number. */
export function figure(term, value, name) {
  return h('div', { 'data-count': name, 'data-zero': value === 0 }, h('dt', {}, term), h('dd', {}, number(value)));
}

/** A table that scrolls by itself where it does not fit. */
export function table(label, heads, rows) {
  const head = h('tr', {}, ...heads.map((text) => h('th', { scope: 'col' }, text)));
  return h('div', { class: 'scroll', role: 'region', 'aria-label': label, tabindex: '0' },
    h('table', {}, h('thead', {}, head), h('tbody', {}, ...rows.map((cells) => h('tr', {}, ...cells.map((cell) => h('td', {}, cell)))))));
}

/** A place for what went wrong. */
export function problemPlace() {
  return h('div', { role: 'alert' });
}

/** Shows what was done to a file that its owner may not expect; an older instance of the service says nothing of it. */
export function showNotices(list, notices = []) {
  list.replaceChildren(...notices.map((notice) => h('li', {}, TEXT.notice(notice))));
  list.hidden = !notices.length;
}

/** Shows a Problem there, or nothing for null. */
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

/** Asks; answers whether it was agreed to. */
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
