// What targets and their fields are called, and what a field holds, in words.
// @ts-check

import { TEXT } from './texts.js';
/** @import { Field, Rules, Target } from '../../../../test/js/answers.d.ts' */

const BUILT_IN = ['contacts', 'messages', 'chats'];
const SHOWN_VALUES = 8;
// The service's limit for every text; a declaration can only lower it.
const LONGEST = 1_000_000;
const TEXTUAL = ['text', 'email', 'url', 'list', 'json'];

/** Whether an operator has declared the target; the others are parts of the service. @param {Target} target */
export function isDeclared({ name }) {
  return !BUILT_IN.includes(name);
}

/** A target's name for people. @param {Target} target */
export function targetName({ name, label }) {
  return inLanguage(label) ?? TEXT.target(name);
}

/** A field's name for people. @param {Field} field */
export function fieldName({ name, label }) {
  return inLanguage(label) ?? TEXT.field(name);
}

/** The type, the rules, the description and the example of a declared field. @param {Field} field */
export function meaning({ type, maxLength, description, example, rules }) {
  const longest = TEXTUAL.includes(type) && maxLength < LONGEST ? TEXT.longest(maxLength) : '';
  const rule = [TEXT.type[type] ?? type, ...limits(rules), longest].filter(Boolean).join(', ');
  return [sentence(rule), description && sentence(description), example && TEXT.example(example)].filter(Boolean).join(' ');
}

/** @param {Rules} rules */
function limits({ min, max, scale, values = [], pattern, region } = {}) {
  const others = values.length - SHOWN_VALUES;
  return [
    values.length ? TEXT.values(values.slice(0, SHOWN_VALUES), Math.max(0, others)) : '',
    TEXT.between(min, max),
    scale === undefined ? '' : TEXT.scale(scale),
    pattern ? TEXT.pattern(pattern) : '',
    region ? TEXT.region(region) : ''];
}

/**
 * The text in the language of the page.
 *
 * @param {Record<string, string> | undefined} label
 */
function inLanguage(label) {
  const { lang } = document.documentElement;
  return label?.[lang] ?? label?.[lang.replace(/-.*/, '')];
}

/** @param {string} text */
function sentence(text) {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
