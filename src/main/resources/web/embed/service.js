// Calls to the service, and its error answers.
// @ts-check

/** @import { Texts } from './texts.js' */
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
 * Where the token of the caller comes from.
 *
 * @typedef {object} Session
 * @property {() => string | null | undefined | Promise<string | null | undefined>} token the present one
 * @property {() => Promise<boolean>} renew called after a 401; whether there is another token now
 */

/** One service, as one caller sees it. */
export class Service {
  #base;
  #session;

  /**
   * @param {string} base its address, or its path on the page's own host, without a slash at the end
   * @param {Session} session
   * @param {Texts} texts
   */
  constructor(base, session, texts) {
    this.#base = base;
    this.#session = session;
    this.texts = texts;
  }

  /** The address of a path, for links. @param {string} path */
  address(path) {
    return new URL(this.#base + path, location.origin).href;
  }

  /**
   * Returns the answer, whatever its body is; throws a Problem.
   *
   * @param {string} path
   * @param {RequestInit} options
   */
  async send(path, options = {}) {
    let response = await this.#once(path, options);
    if (response.status === 401 && (await this.#session.renew())) response = await this.#once(path, options);
    if (!response.ok) throw await this.#problemOf(response);
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
  async call(path, options) {
    const response = await this.send(path, options);
    try {
      return await response.json();
    } catch {
      throw this.#unreachable();
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
  post(path, body, headers = {}, signal = null) {
    const content = body === undefined ? {} : { headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(body) };
    return this.call(path, { method: 'POST', signal, ...content });
  }

  /** The answer's text, piece by piece. @param {Response} response */
  textOf({ body }) {
    if (!body) throw this.#unreachable();
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
  async *events(path, signal) {
    const reader = this.textOf(await this.send(path, { headers: { Accept: 'text/event-stream' }, signal }));
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
      throw this.#unreachable();
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
  async download(path, name) {
    const address = URL.createObjectURL(await (await this.send(path)).blob());
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
  async #once(path, options) {
    const token = await this.#session.token();
    const headers = { 'Accept-Language': this.texts.locale, ...options.headers, ...(token && { Authorization: `Bearer ${token}` }) };
    try {
      return await fetch(this.#base + path, { cache: 'no-store', credentials: URL.canParse(this.#base) ? 'omit' : 'same-origin', ...options, headers });
    } catch (error) {
      if (error instanceof Error && error.name === 'AbortError') throw error;
      throw this.#unreachable();
    }
  }

  #unreachable() {
    return new Problem({ title: this.texts.say('unreachable'), detail: this.texts.say('unreachableDetail') }, 0);
  }

  /** @param {Response} response */
  async #problemOf(response) {
    const told = await response.json().catch(() => ({}));
    return new Problem({ ...told, title: told.title ?? this.texts.say('answered', { status: String(response.status) }) }, response.status);
  }
}
