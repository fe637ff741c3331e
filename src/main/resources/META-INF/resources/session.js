// Who is using the page. Tokens stay in this tab and go nowhere but into headers.

import { TEXT } from './texts.js';

const PLACE = 'importonce.session';

let session = read();
let how = { required: false };
let renewing;

/** Asks the service how people sign in; answers whether nobody has yet although they must. */
export async function mustSignIn() {
  // Without an answer the views say what is wrong.
  const response = await fetch('/api/sign-in', { cache: 'no-store' }).catch(() => null);
  if (response?.ok) how = await response.json();
  return how.required && !session;
}

/** Whether e-mail and password can be used. */
export function takesPasswords() {
  return Boolean(how.supabaseUrl && how.supabaseAnonKey);
}

/** Whether somebody has signed in. */
export function signedIn() {
  return Boolean(how.required && session);
}

export function accessToken() {
  return session?.access_token;
}

/** What to call a user: nothing where nobody signs in, else themselves by the token, or the id. */
export function nameOfUser(userId) {
  if (!signedIn()) return '';
  const { sub, email } = claims();
  return userId === sub?.toLowerCase() ? TEXT.you(email) : userId;
}

export function useToken(token) {
  keep({ access_token: token.trim() });
}

/** Answers whether they were accepted. */
export async function usePassword(email, password) {
  return grant('password', { email, password });
}

export function signOut() {
  keep(null);
  window.dispatchEvent(new Event('signed-out'));
}

/** After a 401: answers whether there is a new token now; if not, nobody is signed in any more. */
export async function renew() {
  if (!how.required) return false;
  renewing ??= (async () => {
    try {
      return Boolean(session?.refresh_token) && (await grant('refresh_token', { refresh_token: session.refresh_token }));
    } finally {
      renewing = undefined;
    }
  })();
  const renewed = await renewing;
  if (!renewed && session) signOut();
  return renewed;
}

async function grant(type, body) {
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

function keep(next) {
  session = next;
  if (next) sessionStorage.setItem(PLACE, JSON.stringify(next));
  else sessionStorage.removeItem(PLACE);
}

/** What the token says; to be shown, nothing is decided by it. */
function claims() {
  try {
    const [, payload] = session.access_token.split('.');
    const bytes = atob(payload.replaceAll('-', '+').replaceAll('_', '/'));
    return JSON.parse(new TextDecoder().decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0))));
  } catch {
    return {};
  }
}

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(PLACE));
  } catch {
    return null;
  }
}
