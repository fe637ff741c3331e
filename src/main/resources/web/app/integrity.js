// The results of the integrity checks.
// @ts-check

import { html, nothing } from 'lit';
import { define } from '../embed/element.js';
import { problemPlace } from '../embed/parts.js';
import { asProblem } from '../embed/service.js';
import { View, busy, note } from './view.js';
/** @import { Problem } from '../embed/service.js' */
/** @import { Check } from '../../../../test/js/answers.d.ts' */

/** @typedef {{ ok: boolean, checks: Check[] }} Report */

export class IntegrityView extends View {
  /** @type {import('lit').PropertyDeclarations} */
  static properties = { waiting: { state: true }, report: { state: true }, problem: { state: true } };

  constructor() {
    super();
    this.waiting = false;
    /** @type {Report | null} */
    this.report = null;
    /** @type {Problem | null} */
    this.problem = null;
  }

  render() {
    const { texts, waiting, report, problem } = this;
    const verdict = report && texts.say(report.ok ? 'allWell' : 'notWell');
    return html`<section class="card stack" aria-labelledby="integrity-title">
      <h2 id="integrity-title" tabindex="-1">${texts.say('view.integrity')}</h2>
      <button type="button" @click=${busy(() => this.show())}>${texts.say('checkAgain')}</button>
      <p role="status" class=${waiting ? 'hint' : report?.ok ? 'good' : 'bad'}>${note(texts, waiting, verdict ?? '')}</p>
      ${problemPlace(problem)}
      <ul class="history" role="list" aria-labelledby="integrity-title">${report
        ? report.checks.map(({ name, ok, detail }) => html`<li class=${ok ? 'check-good' : 'check-bad'}>
            <span class="name">${name}</span><span class=${ok ? 'good' : 'bad'}>${texts.say(ok ? 'check.true' : 'check.false')}</span><span class="hint">${detail}</span></li>`)
        : nothing}</ul>
    </section>`;
  }

  async show() {
    this.problem = null;
    this.waiting = true;
    try {
      this.report = await this.service.call('/api/integrity');
    } catch (error) {
      this.report = null;
      this.problem = asProblem(error);
      this.reveal();
    }
    this.waiting = false;
    await this.updateComplete;
  }
}

define('import-once-integrity', IntegrityView);
