// The language of the page: the browser's, or the one that its user has chosen. Each language is a file, loaded when it is needed.
// @ts-check

import { Texts, languageOf, wordsOf } from '../embed/texts.js';
import english from './texts/en.js';
/** @import { Key, Text } from '../embed/texts.js' */

/** @typedef {keyof typeof english} PageKey */

/** @type {Record<string, () => Promise<{ default: Partial<Record<PageKey, Text>> }>>} */
const FILES = {
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
const PLACE = 'importonce.language';

/** Every language of the page, by its own name. @type {readonly (readonly [language: string, name: string])[]} */
export const LANGUAGES = ['en', ...Object.keys(FILES)].sort().map((language) =>
  [language, new Intl.DisplayNames(language, { type: 'language' }).of(language) ?? language]);

export class PageTexts extends Texts {
  /**
   * @param {Key | PageKey} key
   * @param {Record<string, string | number>} [parameters]
   */
  say(key, parameters) {
    return super.say(/** @type {Key} */ (key), parameters);
  }
}

/** Loads the texts of a language; English where there are none. @param {string} locale */
export async function pageTextsFor(locale) {
  // A page without the file of a language still works, in English.
  const [words, own] = await Promise.all([wordsOf(locale), FILES[languageOf(locale)]?.().catch(() => null)]);
  return new PageTexts(locale, { ...english, ...words, ...own?.default });
}

/** The first of the languages that people prefer which the page has. @param {readonly string[]} preferred language tags, the best first */
export function spoken(preferred) {
  return preferred.find((tag) => LANGUAGES.some(([language]) => language === languageOf(tag))) ?? 'en';
}

/** The language that the user has chosen, else the browser's. */
export function preferredLanguage() {
  const chosen = remembered();
  const { languages } = navigator;
  // The chosen language as it is spoken where the user is.
  return chosen ? languages.find((tag) => languageOf(tag) === chosen) ?? spoken([chosen]) : spoken(languages);
}

/** Keeps the language that the user has chosen, for the next visits. @param {string} language */
export function remember(language) {
  try {
    localStorage.setItem(PLACE, language);
  } catch {
    // Pages in a sandbox have no such place.
  }
}

function remembered() {
  try {
    return localStorage.getItem(PLACE);
  } catch {
    return null;
  }
}
