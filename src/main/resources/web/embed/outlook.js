// Shows what an import would do, before it starts.
// @ts-check

import { html, nothing } from 'lit';
import { FlowPart, define } from './element.js';
import { targetOf } from './machine.js';
import { kindOf, kindsOf } from './kinds.js';
import { figure, options, table } from './parts.js';
import { fieldName } from './words.js';
/** @import { Key, Texts } from './texts.js' */
/** @import { Change, Field, Foreseen, Reject } from '../../../../test/js/answers.d.ts' */

const SHOWN_REJECTS = 5;
const SHOWN_CHARACTERS = 200;
const NO_ATTRIBUTES = '{}';
/** @type {(keyof Foreseen['summary'])[]} */
const COUNTS = ['wouldInsert', 'wouldUpdate', 'unchanged', 'wouldSkip', 'overridden', 'wouldReject'];
/** @type {Record<string, Key>} */
const MEANINGS = { wouldSkip: 'means.skipped', overridden: 'means.overridden', wouldReject: 'means.rejected' };

export class OutlookStep extends FlowPart {
  /** @type {import('lit').PropertyDeclarations} */
  static properties = { kind: { state: true } };

  constructor() {
    super();
    /** The kind of reasons whose rows are listed; empty: all. */
    this.kind = '';
  }

  render() {
    const { flow } = this;
    if (!flow) return nothing;
    const { state, foresees, service: { texts } } = flow;
    const waits = state.outlook === 'waiting';
    const wait = waits ? texts.say(foresees ? 'foreseeing' : 'notForeseen') : '';
    return html`<p class=${`hint ${waits && foresees ? 'waiting' : ''}`} role="status">${wait}</p>
      ${state.outlook && !(typeof state.outlook === 'string') ? this.#drawn(texts, state.outlook, targetOf(state)?.fields ?? []) : nothing}`;
  }

  /** @param {Texts} texts @param {Foreseen} foreseen @param {Field[]} fields */
  #drawn(texts, { summary, rejects, changes = [], overridden = [] }, fields) {
    const counts = COUNTS.filter((name) => summary[name] > 0 || name === 'wouldInsert');
    const keys = summary.wouldInsert + summary.wouldUpdate + summary.unchanged + summary.wouldSkip;
    return html`<section class="stack outlook" aria-labelledby="outlook-title"><h2 id="outlook-title">${texts.say('outlook')}</h2>
      <dl class="counts">${counts.map((name) => {
        const means = MEANINGS[name];
        return figure(texts, texts.say(/** @type {Key} */ (`would.${name}`)), summary[name], name, means && texts.say(means));
      })}</dl>
      ${this.#rejected(texts, rejects, summary.wouldReject)}
      ${details(texts, 'changes', 'changesMeaning', keys, changes.length, () => changesTable(texts, changes, fields))}
      ${details(texts, 'overriddenRows', 'overriddenMeaning', summary.overridden, overridden.length, () =>
        table(texts.say('overriddenRows'), [texts.say('rowNumber'), texts.say('replacedBy')], overridden.map(({ row, by }) => [row, by])))}
    </section>`;
  }

  /** The first of all rejected rows, or those of one kind. @param {Texts} texts @param {Reject[]} rejects those that are listed @param {number} total */
  #rejected(texts, rejects, total) {
    const kinds = kindsOf(rejects.map(({ reason }) => reason));
    const kind = kinds.some(([name]) => name === this.kind) ? this.kind : '';
    const chosen = kind ? rejects.filter(({ reason }) => kindOf(reason) === kind) : rejects.slice(0, SHOWN_REJECTS);
    const rows = chosen.map(({ row, reason }) => texts.say('row', { row, reason }));
    if (!kind && total > rows.length) rows.push(texts.say('moreRows', { n: total - rows.length }));
    const names = kinds.map(([name, n]) => /** @type {const} */ ([name, `${name} (${texts.number(n)})`]));
    const list = html`<ul class="rejected">${rows.map((row) => html`<li>${row}</li>`)}</ul>`;
    if (kinds.length < 2) return list;
    return html`<div class="field"><label for="rejected-kind">${texts.say('reason')}</label>
        <select id="rejected-kind" @change=${this.#filter}>${options([['', texts.say('allReasons', { n: rejects.length })], ...names], kind)}</select>
        ${rejects.length < total ? html`<p class="hint">${texts.say('firstListed', { listed: rejects.length, total })}</p>` : nothing}</div>
      ${rows.length > SHOWN_REJECTS + 1 ? html`<div class="scroll" role="region" aria-label=${texts.say('corrections')} tabindex="0">${list}</div>` : list}`;
  }

  /** @param {Event} event */
  #filter({ target }) {
    if (target instanceof HTMLSelectElement) this.kind = target.value;
  }
}

/**
 * @param {Texts} texts
 * @param {Key} title
 * @param {Key} meaning
 * @param {number} total
 * @param {number} listed
 * @param {() => unknown} rows
 */
function details(texts, title, meaning, total, listed, rows) {
  const hint = listed < total ? `${texts.say(meaning)} ${texts.say('firstListed', { listed, total })}` : texts.say(meaning);
  return listed ? html`<details open><summary>${texts.say(title)}</summary><p class="hint">${hint}</p>${rows()}</details>` : nothing;
}

/** A row for each natural key, with its values before and after. @param {Texts} texts @param {Change[]} changes @param {Field[]} known */
function changesTable(texts, changes, known) {
  const names = known.map(({ name }) => name);
  /** @type {(all: string[]) => string[]} */
  const ordered = (all) => [...names.filter((name) => all.includes(name)), ...new Set(all.filter((name) => !names.includes(name)))];
  /** @type {(name: string) => string} */
  const title = (name) => fieldName(texts, known[names.indexOf(name)] ?? { name });
  const keys = ordered(changes.flatMap(({ key }) => Object.keys(key)));
  // Those that have a value anywhere; a target may have many.
  const fields = ordered(changes.flatMap(({ fields: of }) => Object.keys(of).filter((name) => of[name]?.some((value) => value !== null && value !== NO_ATTRIBUTES))));
  return table(texts.say('changes'), [texts.say('rowNumber'), ...keys.map(title), texts.say('outcome'), ...fields.map(title)],
    changes.map(({ row, key, outcome, fields: values }) => [
      row,
      ...keys.map((name) => shortened(key[name] ?? '')),
      texts.known(`outcome.${outcome}`) ?? outcome,
      ...fields.map((name) => beforeAndAfter(texts, outcome, values[name]))]));
}

/** @param {Texts} texts @param {string} outcome @param {(string | null)[] | undefined} values */
function beforeAndAfter(texts, outcome, [stored = null, next = null] = []) {
  if (stored === next) return shown(texts, next);
  if (outcome === 'inserted') return html`<ins>${shown(texts, next)}</ins>`;
  return html`<span><del>${shown(texts, stored)}</del> → <ins>${shown(texts, next)}</ins></span>`;
}

/** Nothing stored, and a text without characters, are told apart, also from texts of these words. @param {Texts} texts @param {string | null} value */
function shown(texts, value) {
  return value ? shortened(value) : html`<i class="hint">${texts.say(value === null ? 'noValue' : 'blankText')}</i>`;
}

/** @param {string} text */
function shortened(text) {
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
}

define('import-once-outlook', OutlookStep);
