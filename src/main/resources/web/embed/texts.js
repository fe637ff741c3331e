// The texts of the elements in one language. Each language is a file, loaded when it is needed; a page can bring texts of its own.
// @ts-check

import english from './texts/en.js';

/** @typedef {keyof typeof english} Key */
/** @typedef {string | Record<string, string>} Text a text, or its forms by the language's plural categories */
/** @typedef {Partial<Record<string, Text>>} Own texts that a page brings */

/** @type {Record<string, () => Promise<{ default: Partial<Record<Key, Text>> }>>} */
const LANGUAGES = {
  ar: () => import('./texts/ar.js'),
  de: () => import('./texts/de.js'),
  es: () => import('./texts/es.js'),
  fr: () => import('./texts/fr.js'),
  it: () => import('./texts/it.js'),
  ja: () => import('./texts/ja.js'),
  nl: () => import('./texts/nl.js'),
  pl: () => import('./texts/pl.js'),
  pt: () => import('./texts/pt.js'),
};
const RIGHT_TO_LEFT = ['ar', 'fa', 'he', 'ur'];
const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'];
const PARAMETER = /\{(\w+)\}/g;

export class Texts {
  #texts;
  #plural;
  #number;
  #time;

  /**
   * @param {string} locale a language tag (BCP 47); an invalid one means English
   * @param {Own} texts they go before the English ones
   */
  constructor(locale = 'en', texts = {}) {
    this.locale = valid(locale);
    this.language = languageOf(this.locale);
    /** @type {Own} */
    this.#texts = { .../** @type {Own} */ (english), ...texts };
    this.#plural = new Intl.PluralRules(this.locale);
    this.#number = new Intl.NumberFormat(this.locale, { useGrouping: 'min2' });
    this.#time = new Intl.DateTimeFormat(this.locale, { dateStyle: 'medium', timeStyle: 'short' });
    this.direction = RIGHT_TO_LEFT.includes(this.language) ? 'rtl' : 'ltr';
  }

  /**
   * @param {Key} key
   * @param {Record<string, string | number>} parameters
   */
  say(key, parameters = {}) {
    return this.#filled(this.#texts[key] ?? key, parameters);
  }

  /** The text of a name that the service made, or undefined if there is none for it. @param {string} key */
  known(key) {
    const text = this.#texts[key];
    return text === undefined ? undefined : this.#filled(text, {});
  }

  /** A number as people read it. @param {number} value */
  number(value) {
    return this.#number.format(value);
  }

  /** A moment as people read it. @param {string} value */
  time(value) {
    return this.#time.format(new Date(value));
  }

  /** @param {number} bytes */
  size(bytes) {
    const unit = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3));
    const value = bytes / 1000 ** unit;
    const digits = unit && value < 100 ? 1 : 0;
    return new Intl.NumberFormat(this.locale, { style: 'unit', unit: UNITS[unit], minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
  }

  /** @param {number} seconds */
  duration(seconds) {
    if (seconds < 60) return this.say('seconds', { n: Math.max(1, Math.round(seconds)) });
    if (seconds < 3600) return this.say('minutes', { n: Math.round(seconds / 60) });
    return this.say('hours', { n: new Intl.NumberFormat(this.locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(seconds / 3600) });
  }

  /** Several texts in a row. @param {string[]} texts */
  list(texts) {
    return texts.join(this.language === 'ja' ? '、' : this.language === 'ar' ? '، ' : ', ');
  }

  /**
   * @param {Text} text
   * @param {Record<string, string | number>} parameters
   */
  #filled(text, parameters) {
    const form = typeof text === 'string' ? text : text[this.#plural.select(Number(parameters.n ?? 0))] ?? text.other ?? '';
    return form.replace(PARAMETER, (all, name) => {
      const value = parameters[name];
      return value === undefined ? all : typeof value === 'number' ? this.number(value) : value;
    });
  }
}

/**
 * Loads the texts of a language; English where there are none.
 *
 * @param {string} locale
 * @param {Own} own
 */
export async function textsFor(locale, own = {}) {
  return new Texts(locale, { ...(await wordsOf(locale)), ...own });
}

/** Loads the texts of a language as they are. @param {string} locale */
export async function wordsOf(locale) {
  // A page without the file of a language still works, in English.
  const loaded = await LANGUAGES[languageOf(valid(locale))]?.().catch(() => null);
  return loaded?.default;
}

/** @param {string} locale */
function valid(locale) {
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? 'en';
  } catch {
    return 'en';
  }
}

/** The language of a tag, such as pt of pt-BR. @param {string} locale */
export function languageOf(locale) {
  return locale.replace(/-.*/, '').toLowerCase();
}
