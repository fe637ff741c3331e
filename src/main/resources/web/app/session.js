// The user of the page. Tokens stay in this tab, and are sent only in headers.
// @ts-check

import { Service } from '../embed/service.js';
import { Texts } from '../embed/texts.js';
/** @import { SignIn } from '../../../../test/js/answers.d.ts' */

const PLACE = 'importonce.session';
// Nobody reads their errors: the views show those of their own requests.
const TEXTS = new Texts('en');
const NOBODY = { token: () => null, renew: async () => false };

/** The path of the service, which a proxy may have put below one of its own. */
export const HERE = new URL('.', location.href).pathname.replace(/\/$/, '');

/** @typedef {{ access_token: string, refresh_token?: string }} Tokens */

/** Dispatches "ended" when the user has signed out, or must sign in again. */
export class Session extends EventTarget {
  /** @type {Tokens | null} */
  #tokens = read();
  /** @type {SignIn} */
  #how = { required: false, supabaseUrl: null, supabaseAnonKey: null };
  /** @type {Promise<boolean> | undefined} */
  #renewing;

  /** Asks the service how people sign in; returns whether the user still has to sign in. */
  async mustSignIn() {
    // If there is no answer, the views show the problem.
    this.#how = await new Service(HERE, NOBODY, TEXTS).call('/api/sign-in').catch(() => this.#how);
    return this.#how.required && !this.#tokens;
  }

  /** Whether e-mail and password can be used. */
  get takesPasswords() {
    return Boolean(this.#how.supabaseUrl && this.#how.supabaseAnonKey);
  }

  get signedIn() {
    return Boolean(this.#how.required && this.#tokens);
  }

  token() {
    return this.#tokens?.access_token;
  }

  /** @param {string} token */
  useToken(token) {
    this.#keep({ access_token: token.trim() });
  }

  /**
   * Returns whether e-mail and password were accepted.
   *
   * @param {string} email
   * @param {string} password
   */
  usePassword(email, password) {
    return this.#grant('password', { email, password });
  }

  /** Signs the user out. */
  end() {
    this.#keep(null);
    this.dispatchEvent(new Event('ended'));
  }

  /** After a 401: returns whether there is a new token now; if not, the user is signed out. */
  async renew() {
    if (!this.#how.required) return false;
    this.#renewing ??= this.#refresh().finally(() => { this.#renewing = undefined; });
    const renewed = await this.#renewing;
    if (!renewed && this.#tokens) this.end();
    return renewed;
  }

  async #refresh() {
    const token = this.#tokens?.refresh_token;
    return token ? this.#grant('refresh_token', { refresh_token: token }) : false;
  }

  /**
   * @param {string} type
   * @param {Record<string, string>} body
   */
  async #grant(type, body) {
    const { supabaseUrl, supabaseAnonKey } = this.#how;
    if (!supabaseUrl || !supabaseAnonKey) return false;
    try {
      const project = new Service(supabaseUrl.replace(/\/+$/, ''), NOBODY, TEXTS);
      /** @type {Tokens} */
      const { access_token, refresh_token } = await project.post(`/auth/v1/token?grant_type=${type}`, body, { apikey: supabaseAnonKey });
      this.#keep({ access_token, refresh_token });
      return true;
    } catch {
      return false;
    }
  }

  /** @param {Tokens | null} next */
  #keep(next) {
    this.#tokens = next;
    if (next) sessionStorage.setItem(PLACE, JSON.stringify(next));
    else sessionStorage.removeItem(PLACE);
  }

  /** The token's claims; they are only shown, and not used for decisions. @returns {{ sub?: string, email?: string }} */
  get claims() {
    try {
      const [, payload = ''] = (this.token() ?? '').split('.');
      const bytes = atob(payload.replaceAll('-', '+').replaceAll('_', '/'));
      return JSON.parse(new TextDecoder().decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0))));
    } catch {
      return {};
    }
  }
}

/** @returns {Tokens | null} */
function read() {
  try {
    return JSON.parse(sessionStorage.getItem(PLACE) ?? 'null');
  } catch {
    return null;
  }
}
