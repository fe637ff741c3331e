// The sign-in form, if the service requires sign-in.
// @ts-check

import { html, nothing } from 'lit';
import { define } from '../embed/element.js';
import { problemPlace } from '../embed/parts.js';
import { store } from './store.js';
import { View } from './view.js';

/** Dispatches "entered" when the user has signed in. */
export class SignInView extends View {
  /** @type {import('lit').PropertyDeclarations} */
  static properties = { again: { state: true }, sending: { state: true }, refused: { state: true } };

  constructor() {
    super();
    /** Whether a session has ended. */
    this.again = false;
    this.sending = false;
    this.refused = false;
  }

  render() {
    const { texts } = this;
    const { takesPasswords } = store.session;
    return html`<section class="card stack narrow" aria-labelledby="sign-in">
      <h2 id="sign-in" tabindex="-1">${texts.say('signIn')}</h2>
      <p role="status">${this.again ? texts.say('signInAgain') : ''}</p>
      ${problemPlace(this.refused ? { message: texts.say('badCredentials'), detail: texts.say('badCredentialsDetail') } : null)}
      ${takesPasswords
        ? html`<form class="stack" @submit=${this.#byPassword}>
            <div class="field"><label for="email">${texts.say('field.email')}</label><input id="email" type="email" autocomplete="username" required></div>
            <div class="field"><label for="password">${texts.say('password')}</label><input id="password" type="password" autocomplete="current-password" required></div>
            <div class="actions"><button class="primary" ?disabled=${this.sending}>${texts.say('signIn')}</button></div>
          </form><h3>${texts.say('orToken')}</h3>`
        : nothing}
      <form class="stack" @submit=${this.#byToken}>
        <div class="field"><label for="token">${texts.say('token')}</label>
          <input id="token" type="password" autocomplete="off" required aria-describedby="token-hint">
          <p id="token-hint" class="hint">${texts.say('tokenHint')}</p></div>
        <div class="actions"><button class=${takesPasswords ? '' : 'primary'}>${texts.say('useToken')}</button></div>
      </form>
    </section>`;
  }

  /** @param {string} id */
  #input(id) {
    return /** @type {HTMLInputElement} */ (this.querySelector(`#${id}`));
  }

  /** @param {Event} event */
  async #byPassword(event) {
    event.preventDefault();
    const password = this.#input('password');
    this.sending = true;
    const accepted = await store.session.usePassword(this.#input('email').value, password.value);
    this.sending = false;
    this.refused = !accepted;
    if (accepted) {
      this.dispatchEvent(new Event('entered'));
      return;
    }
    password.value = '';
    password.focus();
    this.reveal();
  }

  /** @param {Event} event */
  #byToken(event) {
    event.preventDefault();
    store.session.useToken(this.#input('token').value);
    this.dispatchEvent(new Event('entered'));
  }
}

define('import-once-sign-in', SignInView);
