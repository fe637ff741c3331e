// Calls to the service, and what it says when it refuses one.

import { accessToken, renew } from './session.js';
import { TEXT } from './texts.js';

/** An error answer (RFC 9457), or none at all. */
export class Problem extends Error {
  constructor({ title, detail, errors }, status) {
    super(title);
    this.detail = detail ?? '';
    this.errors = errors ?? [];
    /** 0: there was no answer. */
    this.status = status;
    /** Whether the same request may succeed a little later. */
    this.temporary = [0, 429, 502, 503, 504].includes(status);
  }
}

// One who waits two minutes is told that there is too much going on.
const MOST_TURNS = 20;

/** The answer, whatever its body; throws a Problem. Told to come again later, since too much is under way, it does. */
export async function send(path, options = {}) {
  let response = await once(path, options);
  if (response.status === 401 && (await renew())) response = await once(path, options);
  for (let turn = 0; response.status === 429 && turn < MOST_TURNS; turn++) {
    await pause(1000 * (Number(response.headers.get('Retry-After')) || 1), options.signal);
    response = await once(path, options);
  }
  if (!response.ok) throw await problemOf(response);
  return response;
}

/** The answer's JSON; throws a Problem. */
export async function call(path, options) {
  const response = await send(path, options);
  try {
    return await response.json();
  } catch {
    throw unreachable();
  }
}

/** Posts JSON, answers JSON; throws a Problem. */
export function post(path, body, headers = {}, signal = undefined) {
  const content = body === undefined ? {} : { headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(body) };
  return call(path, { method: 'POST', signal, ...content });
}

/** The data of a stream's server-sent events, by fetch: EventSource cannot send a token. Ends with the stream; throws a Problem. */
export async function* events(path, signal) {
  const response = await send(path, { headers: { Accept: 'text/event-stream' }, signal });
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  try {
    while (true) {
      const { done, value } = await reader.read();
      if (done) return;
      const parts = (text + value).split(/\r?\n\r?\n/);
      text = parts.pop();
      for (const part of parts) {
        const data = part.split(/\r?\n/).filter((line) => line.startsWith('data:')).map((line) => line.slice(5)).join('\n');
        if (data) yield JSON.parse(data);
      }
    }
  } catch {
    throw unreachable();
  } finally {
    reader.cancel().catch(() => {});
  }
}

/** Has the browser save an answer's body: a link could not send a token. */
export async function download(path, name) {
  const address = URL.createObjectURL(await (await send(path)).blob());
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** Throws the signal's reason when it is aborted. */
export function pause(millis, signal) {
  return new Promise((done, stopped) => {
    const timer = setTimeout(done, millis);
    signal?.addEventListener('abort', () => { clearTimeout(timer); stopped(signal.reason); }, { once: true });
  });
}

async function once(path, options) {
  const token = accessToken();
  const headers = { ...options.headers, ...(token && { Authorization: `Bearer ${token}` }) };
  try {
    return await fetch(path, { cache: 'no-store', ...options, headers });
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw unreachable();
  }
}

function unreachable() {
  return new Problem({ title: TEXT.unreachable, detail: TEXT.unreachableDetail }, 0);
}

async function problemOf(response) {
  const told = await response.json().catch(() => ({}));
  return new Problem({ ...told, title: told.title ?? TEXT.answered(response.status) }, response.status);
}
