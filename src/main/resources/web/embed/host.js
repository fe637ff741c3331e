// What the button and the dialog have in common: where the service is, what to import, in which language, for whom.
// @ts-check

import { LitElement } from 'lit';
import { Service } from './service.js';
import { Texts, textsFor } from './texts.js';
/** @import { Fixed } from './choices.js' */
/** @import { Own } from './texts.js' */

/** @typedef {() => string | null | undefined | Promise<string | null | undefined>} GetToken */

/** Attributes hold texts; what is more is a property, which can be set before the element is defined, too. */
export class HostElement extends LitElement {
  /** @type {import('lit').PropertyDeclarations} */
  static properties = {
    server: { reflect: true },
    target: { reflect: true },
    locale: { reflect: true },
    getToken: { attribute: false },
    mapping: { attribute: false },
    texts: { attribute: false },
    spoken: { state: true },
  };

  constructor() {
    super();
    /** The address of the service; that of this script if it is not set. @type {string | undefined} */
    this.server = undefined;
    /** What to import into; users choose it if it is not set. @type {string | undefined} */
    this.target = undefined;
    /** The language; that of the page if it is not set. @type {string | undefined} */
    this.locale = undefined;
    /** Gives the caller's token; called again after a 401. @type {GetToken | undefined} */
    this.getToken = undefined;
    /** Parts of the mapping that nobody is asked for. @type {Fixed | undefined} */
    this.mapping = undefined;
    /** Texts of the page's own, by the keys of texts/en.js. @type {Own | undefined} */
    this.texts = undefined;
    /** The texts that are in use. @type {Texts} */
    this.spoken = new Texts('en');
  }

  /** @param {Map<PropertyKey, unknown>} changed */
  willUpdate(changed) {
    if (!this.hasUpdated || changed.has('locale') || changed.has('texts')) this.speak();
  }

  /** What is fixed: the mapping, and the target of the attribute. @returns {Fixed} */
  get fixed() {
    return { ...this.mapping, ...(this.target && { target: this.target }) };
  }

  /** Loads the texts of the language. */
  async speak() {
    const locale = this.locale || languageAround(this);
    if (this.spoken.locale === locale && !this.texts && !this.#own) return;
    this.#own = this.texts;
    this.spoken = await textsFor(locale, this.texts);
  }

  /** @type {Own | undefined} */
  #own;

  /** The service, as the caller of this page sees it. */
  connect() {
    const session = new HostSession(() => this.getToken);
    return new Service((this.server || home()).replace(/\/+$/, ''), session, this.spoken);
  }
}

/** The caller's token, from the page. */
class HostSession {
  #getToken;
  /** @type {string | null | undefined} */
  #token;
  /** @type {Promise<boolean> | undefined} */
  #renewing;

  /** @param {() => GetToken | undefined} getToken */
  constructor(getToken) {
    this.#getToken = getToken;
  }

  /** The token of the last time, or the page's. */
  async token() {
    if (!this.#token) await this.renew();
    return this.#token;
  }

  /** Asks the page for another token, once for all requests that were refused. */
  renew() {
    this.#renewing ??= this.#ask().finally(() => { this.#renewing = undefined; });
    return this.#renewing;
  }

  async #ask() {
    const getToken = this.#getToken();
    if (!getToken) return false;
    this.#token = await getToken();
    return Boolean(this.#token);
  }
}

/** The language of the text around an element. @param {Element} element */
function languageAround(element) {
  /** @type {Node | null} */
  let node = element;
  while (node) {
    if (node instanceof Element && node.closest('[lang]')) return node.closest('[lang]')?.getAttribute('lang') || 'en';
    const root = node.getRootNode();
    node = root instanceof ShadowRoot ? root.host : null;
  }
  return document.documentElement.lang || 'en';
}

/** The address of the service that has served this script from its folder /embed. */
function home() {
  // Not by new URL: bundlers take that for an asset, and look for the file.
  return import.meta.url.replace(/[^/]*\/[^/?#]*([?#].*)?$/, '');
}
