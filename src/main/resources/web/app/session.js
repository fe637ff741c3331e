// The user of the page. Tokens stay in this tab, and are sent only in headers.
// @ts-check

import { TEXT } from './texts.js';
/** @import { SignIn } from '../../../../test/js/answers.d.ts' */

const PLACE = 'importonce.session';

/** @typedef {{ access_token: string, refresh_token?: string }} Session */

/** @type {Session | null} */
let session = read();
/** @type {SignIn} */
let how = { required: false, supabaseUrl: null, supabaseAnonKey: null };
/** @type {Promise<boolean> | undefined} */
let renewing;

/** Asks the service how people sign in; returns whether the user still has to sign in. */
export async function mustSignIn() {
  // If there is no answer, the views show the problem.
  const response = await fetch('/api/sign-in', { cache: 'no-store' }).catch(() => null);
  if (response?.ok) how = await response.json();
  return how.required && !session;
}

/** Whether e-mail and password can be used. */
export function takesPasswords() {
  return Boolean(how.supabaseUrl && how.supabaseAnonKey);
}

/** Whether a user has signed in. */
export function signedIn() {
  return Boolean(how.required && session);
}

export function accessToken() {
  return session?.access_token;
}

/**
 * The name to show for a user: empty without sign-in, otherwise that of the token if it is the same user, or the id.
 *
 * @param {string} userId
 */
export function nameOfUser(userId) {
  if (!signedIn()) return '';
  const { sub, email } = claims();
  return userId === sub?.toLowerCase() ? TEXT.you(email) : userId;
}

/** @param {string} token */
export function useToken(token) {
  keep({ access_token: token.trim() });
}

/**
 * Returns whether e-mail and password were accepted.
 *
 * @param {string} email
 * @param {string} password
 */
export async function usePassword(email, password) {
  return grant('password', { email, password });
}

export function signOut() {
  keep(null);
  window.dispatchEvent(new Event('signed-out'));
}

/** After a 401: returns whether there is a new token now; if not, the user is signed out. */
export async function renew() {
  if (!how.required) return false;
  renewing ??= (async () => {
    try {
      const token = session?.refresh_token;
      return token ? await grant('refresh_token', { refresh_token: token }) : false;
    } finally {
      renewing = undefined;
    }
  })();
  const renewed = await renewing;
  if (!renewed && session) signOut();
  return renewed;
}

/**
 * @param {string} type
 * @param {Record<string, string>} body
 */
async function grant(type, body) {
  if (!how.supabaseUrl || !how.supabaseAnonKey) return false;
  const response = await fetch(`${how.supabaseUrl.replace(/\/+$/, '')}/auth/v1/token?grant_type=${type}`, {
    method: 'POST',
    headers: { apikey: how.supabaseAnonKey, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => null);
  if (!response?.ok) return false;
  const { access_token, refresh_token } = await response.json();
  keep({ access_token, refresh_token });
  return true;
}

/** @param {Session | null} next */
function keep(next) {
  session = next;
  if (next) sessionStorage.setItem(PLACE, JSON.stringify(next));
  else sessionStorage.removeItem(PLACE);
}

/** The token's claims; they are only shown, and not used for decisions. @returns {{ sub?: string, email?: string }} */
function claims() {
  try {
    const [, payload = ''] = (accessToken() ?? '').split('.');
    const bytes = atob(payload.replaceAll('-', '+').replaceAll('_', '/'));
    return JSON.parse(new TextDecoder().decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0))));
  } catch {
    return {};
  }
}

/** @returns {Session | null} */
function read() {
  try {
    return JSON.parse(sessionStorage.getItem(PLACE) ?? 'null');
  } catch {
    return null;
  }
}
