// Calls to the service, and its error answers.
// @ts-check

import { accessToken, renew } from './session.js';
import { TEXT } from './texts.js';
/** @import { Fault } from '../../../../test/js/answers.d.ts' */

/** An error answer (RFC 9457), or the lack of any answer. */
export class Problem extends Error {
  /**
   * @param {{ title: string, detail?: string, errors?: Fault[] }} told
   * @param {number} status
   */
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

/** Converts whatever was thrown to a Problem. @param {unknown} error */
export function asProblem(error) {
  return error instanceof Problem ? error : new Problem({ title: error instanceof Error ? error.message : String(error) }, 500);
}

/**
 * Returns the answer, whatever its body is; throws a Problem.
 *
 * @param {string} path
 * @param {RequestInit} options
 */
export async function send(path, options = {}) {
  let response = await once(path, options);
  if (response.status === 401 && (await renew())) response = await once(path, options);
  if (!response.ok) throw await problemOf(response);
  return response;
}

/**
 * Returns the answer's JSON; throws a Problem.
 *
 * @template T what is asked for answers
 * @param {string} path
 * @param {RequestInit} [options]
 * @returns {Promise<T>}
 */
export async function call(path, options) {
  const response = await send(path, options);
  try {
    return await response.json();
  } catch {
    throw unreachable();
  }
}

/**
 * Posts JSON and returns the answer's JSON; throws a Problem.
 *
 * @template T what is asked for answers
 * @param {string} path
 * @param {unknown} [body]
 * @param {Record<string, string>} headers
 * @param {AbortSignal | null} signal
 * @returns {Promise<T>}
 */
export function post(path, body, headers = {}, signal = null) {
  const content = body === undefined ? {} : { headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(body) };
  return call(path, { method: 'POST', signal, ...content });
}

/** The answer's text, piece by piece. @param {Response} response */
export function textOf({ body }) {
  if (!body) throw unreachable();
  return body.pipeThrough(new TextDecoderStream()).getReader();
}

/**
 * Yields the data of server-sent events, read by fetch, since EventSource cannot send a token. Ends with the stream; throws
 * a Problem.
 *
 * @template T
 * @param {string} path
 * @param {AbortSignal} signal
 * @returns {AsyncGenerator<T, void>}
 */
export async function* events(path, signal) {
  const reader = textOf(await send(path, { headers: { Accept: 'text/event-stream' }, signal }));
  let text = '';
  try {
    while (true) {
      const { done, value } = await reader.read();
      if (done) return;
      const parts = (text + value).split(/\r?\n\r?\n/);
      text = parts.pop() ?? '';
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

/**
 * Lets the browser save an answer's body, since a link could not send a token.
 *
 * @param {string} path
 * @param {string} name
 */
export async function download(path, name) {
  const address = URL.createObjectURL(await (await send(path)).blob());
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/**
 * @param {string} path
 * @param {RequestInit} options
 */
async function once(path, options) {
  const token = accessToken();
  const headers = { ...options.headers, ...(token && { Authorization: `Bearer ${token}` }) };
  try {
    return await fetch(path, { cache: 'no-store', ...options, headers });
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') throw error;
    throw unreachable();
  }
}

function unreachable() {
  return new Problem({ title: TEXT.unreachable, detail: TEXT.unreachableDetail }, 0);
}

/** @param {Response} response */
async function problemOf(response) {
  const told = await response.json().catch(() => ({}));
  return new Problem({ ...told, title: told.title ?? TEXT.answered(response.status) }, response.status);
}
