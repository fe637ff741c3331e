// What targets and their fields are called, and what a field holds, in words.
// @ts-check

/** @import { Texts } from './texts.js' */
/** @import { Field, Rules, Target } from '../../../../test/js/answers.d.ts' */

const SHOWN_VALUES = 8;
// The service's limit for every text; a declaration can only lower it.
const LONGEST = 1_000_000;
const TEXTUAL = ['text', 'email', 'url', 'list', 'json'];

/** A target's name for people. @param {Texts} texts @param {Pick<Target, 'name' | 'label'>} target */
export function targetName(texts, { name, label }) {
  return inLanguage(texts, label) ?? texts.known(`target.${name}`) ?? capital(name);
}

/** A field's name for people. @param {Texts} texts @param {Pick<Field, 'name' | 'label'>} field */
export function fieldName(texts, { name, label }) {
  return inLanguage(texts, label) ?? texts.known(`field.${name}`) ?? capital(name.replace(/[A-Z]|\d+/g, ' $&').toLowerCase());
}

/** The type, the rules, the description and the example of a declared field. @param {Texts} texts @param {Field} field */
export function meaning(texts, { type, maxLength, description, example, rules }) {
  const longest = TEXTUAL.includes(type) && maxLength < LONGEST ? texts.say('longest', { n: maxLength }) : '';
  const rule = texts.list([texts.known(`type.${type}`) ?? type, ...limits(texts, rules), longest].filter(Boolean));
  return [sentence(rule), description && sentence(description), example && texts.say('example', { value: example })].filter(Boolean).join(' ');
}

/** With a capital letter. @param {string} word */
export function capital(word) {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** @param {Texts} texts @param {Rules} rules */
function limits(texts, { min, max, scale, values = [], pattern, region } = {}) {
  const others = values.length - SHOWN_VALUES;
  const listed = texts.list(values.slice(0, SHOWN_VALUES));
  const between = [min !== undefined && texts.say('from', { min }), max !== undefined && texts.say('upTo', { max })].filter(Boolean).join(' ');
  return [
    values.length ? (others > 0 ? texts.say('oneOfMore', { values: listed, n: others }) : texts.say('oneOf', { values: listed })) : '',
    between,
    scale === undefined ? '' : scale ? texts.say('scale', { n: scale }) : texts.say('noDecimals'),
    pattern ? texts.say('pattern', { pattern }) : '',
    region ? texts.say('region', { region }) : ''];
}

/** @param {Texts} texts @param {Record<string, string> | undefined} label */
function inLanguage(texts, label) {
  return label?.[texts.locale] ?? label?.[texts.language];
}

/** @param {string} text */
function sentence(text) {
  return !text || /[.!?…。]$/.test(text) ? text : `${text}.`;
}
