// One import at work: performs what each state of the machine asks for, and tells the answers to it.
// @ts-check

import { START, chosenMapping, next } from './machine.js';
import { asProblem } from './service.js';
/** @import { Fixed } from './choices.js' */
/** @import { Event as Happened, State } from './machine.js' */
/** @import { Service } from './service.js' */
/** @import { Foreseen, Preview, Run, Target } from '../../../../test/js/answers.d.ts' */

// No preview of the result if it would take longer than a person waits.
const FORESEEN_BYTES = 32 * 1024 * 1024;

/** Dispatches "change" after each change of the state. */
export class Flow extends EventTarget {
  state = START;
  /** @type {AbortController | undefined} */
  #upload;
  /** @type {AbortController | undefined} */
  #foreseeing;
  #keys = new Map();
  #fixed;

  /**
   * @param {Service} service
   * @param {() => Fixed} fixed what the page has decided
   */
  constructor(service, fixed = () => ({})) {
    super();
    this.service = service;
    this.#fixed = fixed;
  }

  get fixed() {
    return this.#fixed();
  }

  /** What was said about the job that is shown; null: nothing, or about another one. @param {string | null} jobId */
  toldOf(jobId) {
    return this.state.jobId === jobId ? this.state.told : null;
  }

  /** A job is shown in the place of the form, unless the form is what the user needs to start it again. @param {string | null} jobId */
  givesWayTo(jobId) {
    return jobId !== null && this.toldOf(jobId)?.key !== 'endedAs';
  }

  /** Says what has happened. @param {Happened} event */
  tell(event) {
    const before = this.state;
    this.state = next(before, event, this.fixed);
    if (this.state === before) return;
    this.#perform(before, this.state);
    this.dispatchEvent(new Event('change'));
  }

  /** @param {State} before @param {State} now */
  #perform(before, now) {
    const entered = now.turn !== before.turn || now.name !== before.name;
    if (now.turn !== before.turn) this.#upload?.abort();
    // A preview that nobody waits for would use the service's capacity for nothing.
    if (now.edition !== before.edition) this.#foreseeing?.abort();
    if (entered && now.name === 'uploading' && now.file) this.#send(now.file, now.turn);
    if (entered && now.name === 'reading') this.#read(now);
    if (entered && now.name === 'sending') this.#import(now);
    if (now.outlook === 'waiting' && (before.outlook !== 'waiting' || now.edition !== before.edition)) this.#foresee(now);
  }

  /** @param {File} file @param {number} turn */
  async #send(file, turn) {
    const mine = (this.#upload = new AbortController());
    const { texts } = this.service;
    try {
      const { upload } = await import('./upload.js');
      const { sourceId } = await upload(this.service, file, {
        signal: mine.signal,
        progress: (sent, lost) => this.tell({
          type: 'arrived', turn, sent, lost,
          told: lost ? { key: 'connectionLost' } : { key: 'uploading', parameters: { name: file.name, sent: texts.size(sent), total: texts.size(file.size) } },
        }),
      });
      this.tell({ type: 'uploaded', turn, sourceId });
    } catch (error) {
      if (mine.signal.aborted) return;
      const { explained } = await import('./upload.js');
      this.tell({ type: 'uploadFailed', turn, problem: await explained(this.service, asProblem(error), file) });
    }
  }

  /** @param {State} state */
  async #read({ turn, sourceId, format }) {
    const wanted = { ...this.fixed.format, ...format };
    const chosen = Object.keys(wanted).length > 0;
    try {
      /** @type {[Preview, { items: Target[] }]} */
      const [preview, targets] = await Promise.all([
        this.service.post('/api/migrations/preview', { sourceId, ...(chosen && { mapping: { format: wanted } }) }),
        this.service.call('/api/targets')]);
      // Without the sheets' names the one that was found stays.
      const sheets = preview.format.sheet ? (await this.#sheets(sourceId)) ?? [] : [];
      this.tell({ type: 'read', turn, preview, targets: targets.items, sheets });
    } catch (error) {
      const problem = asProblem(error);
      // The file cannot be read like this, but perhaps in another way.
      const sheets = problem.status === 422 ? await this.#sheets(sourceId) : null;
      const another = problem.status === 422 && (chosen || (sheets && sheets.length !== 1));
      this.tell({ type: another ? 'unreadable' : 'readFailed', turn, problem, sheets: sheets ?? [] });
    }
  }

  /** The names of the file's sheets; none if it has none, null if nothing can be said. @param {string | null} sourceId */
  async #sheets(sourceId) {
    /** @type {{ items: string[] } | null} */
    const sheets = await this.service.call(`/api/sources/${sourceId}/sheets`).catch(() => null);
    return sheets?.items ?? null;
  }

  /** @param {State} state */
  async #foresee(state) {
    const { edition, sourceId, file } = state;
    const mapping = chosenMapping(state, this.fixed);
    if (!mapping || !file || file.size > FORESEEN_BYTES) return;
    const { signal } = (this.#foreseeing = new AbortController());
    try {
      /** @type {Foreseen} */
      const outlook = await this.service.post('/api/migrations/preview', { sourceId, mapping }, {}, signal);
      this.tell({ type: 'foreseen', edition, outlook });
    } catch (error) {
      if (!signal.aborted) this.tell({ type: 'foreseen', edition, outlook: null, problem: asProblem(error) });
    }
  }

  /** @param {State} state */
  async #import(state) {
    const { turn, attempt, sourceId } = state;
    if (!this.#keys.has(attempt)) this.#keys = new Map([[attempt, crypto.randomUUID()]]);
    const headers = { 'Idempotency-Key': this.#keys.get(attempt) };
    try {
      /** @type {Run} */
      const run = await this.service.post('/api/migrations/run', { sourceId, mapping: chosenMapping(state, this.fixed) }, headers);
      this.tell({ type: 'accepted', turn, run });
    } catch (error) {
      this.tell({ type: 'refused', turn, problem: asProblem(error) });
    }
  }

  /** Whether the result of the import is compared with what is there before it starts. */
  get foresees() {
    return (this.state.file?.size ?? 0) <= FORESEEN_BYTES;
  }
}
