// The sign-in form, if the service requires sign-in.
// @ts-check

import { h, problemPlace, showProblem } from './dom.js';
import { takesPasswords, useToken, usePassword } from './session.js';
import { TEXT } from './texts.js';

/**
 * Shows the form; calls done when the user has signed in.
 *
 * @param {string | undefined} notice
 * @param {() => unknown} done
 */
export function signInView(notice, done) {
  const problem = problemPlace();
  const email = h('input', { id: 'email', type: 'email', autocomplete: 'username', required: true });
  const password = h('input', { id: 'password', type: 'password', autocomplete: 'current-password', required: true });
  const token = h('input', { id: 'token', type: 'password', autocomplete: 'off', required: true, 'aria-describedby': 'token-hint' });
  const submit = h('button', { class: 'primary' }, TEXT.signIn);
  const byPassword = h('form', {
    class: 'stack',
    onsubmit: async (event) => {
      event.preventDefault();
      submit.disabled = true;
      const accepted = await usePassword(email.value, password.value);
      submit.disabled = false;
      if (accepted) return done();
      password.value = '';
      showProblem(problem, { message: TEXT.badCredentials, detail: TEXT.badCredentialsDetail });
      return password.focus();
    },
  },
  field(TEXT.email, email), field(TEXT.password, password), h('div', { class: 'actions' }, submit));
  const byToken = h('form', {
    class: 'stack',
    onsubmit: (event) => {
      event.preventDefault();
      useToken(token.value);
      done();
    },
  },
  field(TEXT.token, token, h('p', { id: 'token-hint', class: 'hint' }, TEXT.tokenHint)),
  h('div', { class: 'actions' }, h('button', takesPasswords() ? {} : { class: 'primary' }, TEXT.useToken)));
  const passwords = takesPasswords();
  return h('section', { class: 'card stack narrow', 'aria-labelledby': 'sign-in' },
    h('h2', { id: 'sign-in', tabindex: '-1' }, TEXT.signIn),
    h('p', { role: 'status' }, notice ?? ''),
    problem,
    passwords ? byPassword : null,
    passwords ? h('h3', {}, TEXT.orToken) : null,
    byToken);
}

/**
 * @param {string} label
 * @param {HTMLInputElement} input
 * @param {...Node} more
 */
function field(label, input, ...more) {
  return h('div', { class: 'field' }, h('label', { for: input.id }, label), input, ...more);
}
