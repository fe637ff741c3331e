// Templates of what several elements show.
// @ts-check

import { html, nothing } from 'lit';
/** @import { Texts } from './texts.js' */
/** @import { Fault, Notice } from '../../../../test/js/answers.d.ts' */

/** @typedef {{ message: string, detail?: string, errors?: Fault[] }} Shown what a Problem has to say */

/** The place of a problem, or of none: it is there before, so that screen readers announce what comes into it. @param {Shown | null} problem */
export function problemPlace(problem) {
  const faults = (problem?.errors ?? [])
    .map(({ field, detail }) => (field ? `${field}: ${detail}` : detail))
    .filter((fault) => !problem?.detail?.includes(fault));
  return html`<div role="alert">${problem
    ? html`<strong>${problem.message}</strong>${problem.detail ? html`<p>${problem.detail}</p>` : nothing}${faults.length
      ? html`<ul>${faults.map((fault) => html`<li>${fault}</li>`)}</ul>` : nothing}`
    : nothing}</div>`;
}

/** What the service says about a file; an older instance says nothing. @param {Texts} texts @param {Notice[]} [notices] */
export function noticeList(texts, notices = []) {
  return html`<ul class="notices" aria-label=${texts.say('notices')} ?hidden=${!notices.length}>${notices.map(({ column, count, detail }) =>
    html`<li>${[column && `${column}:`, detail, count !== null && count > 1 && `(${texts.number(count)})`].filter(Boolean).join(' ')}</li>`)}</ul>`;
}

/** A term with its number; a meaning explains a word of ours. @param {Texts} texts @param {string} term @param {number} value @param {string} name @param {string} [meaning] */
export function figure(texts, term, value, name, meaning) {
  return html`<div data-count=${name} ?data-zero=${value === 0} title=${meaning ?? nothing}><dt>${term}</dt><dd>${texts.number(value)}</dd></div>`;
}

/** A table that scrolls if it does not fit. @param {string} label @param {string[]} heads @param {unknown[][]} rows */
export function table(label, heads, rows) {
  return html`<div class="scroll" role="region" aria-label=${label} tabindex="0"><table>
    <thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
    <tbody>${rows.map((cells) => html`<tr>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody>
  </table></div>`;
}

/**
 * The options of a choice.
 *
 * @param {readonly (readonly [value: string, text: string])[]} values
 * @param {string} chosen
 */
export function options(values, chosen) {
  return values.map(([value, text]) => html`<option value=${value} .selected=${value === chosen}>${text}</option>`);
}
