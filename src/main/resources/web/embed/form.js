// The form of an import: the file first, and whatever else has to be asked as soon as it is known.
// @ts-check

import { html, nothing } from 'lit';
import { missing } from './choices.js';
import { FlowPart, define } from './element.js';
import { chosenMapping, targetOf } from './machine.js';
import { noticeList, problemPlace } from './parts.js';
import { fieldName } from './words.js';
/** @import { Flow } from './flow.js' */
/** @import { Texts } from './texts.js' */
/** @import { Format } from '../../../../test/js/answers.d.ts' */

const ACCEPTED = '.csv,.tsv,.tab,.txt,.xlsx,.json,.ndjson,.jsonl,.gz,text/csv,text/plain,application/json';

export class ImportForm extends FlowPart {
  /** @type {import('lit').PropertyDeclarations} */
  static properties = { stepsLoaded: { state: true } };

  constructor() {
    super();
    this.stepsLoaded = false;
  }

  /** Takes files that were dropped. @param {FileList} files */
  take(files) {
    const input = this.#input;
    if (!this.flow || !input) return;
    if (files.length !== 1) {
      this.flow.tell({ type: 'refuse', problem: { message: this.flow.service.texts.say('oneFile') } });
      return;
    }
    input.files = files;
    this.#chosen();
  }

  /** Takes rows that were pasted: a table of a spreadsheet is text with tabs. @param {ClipboardEvent} event */
  paste(event) {
    const { files } = event.clipboardData ?? {};
    if (files?.length) {
      event.preventDefault();
      this.take(files);
      return;
    }
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (!this.flow || this.flow.state.file || !text.includes('\n')) return;
    event.preventDefault();
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], this.flow.service.texts.say('pastedName'), { type: 'text/plain' }));
    this.take(transfer.files);
  }

  get #input() {
    return /** @type {HTMLInputElement | null} */ (this.querySelector('#file'));
  }

  #chosen() {
    this.flow?.tell({ type: 'file', file: this.#input?.files?.[0] ?? null });
  }

  render() {
    const { flow } = this;
    if (!flow) return nothing;
    const { state, service: { texts } } = flow;
    const { preview, told } = state;
    if (state.sourceId && !this.stepsLoaded) this.#loadSteps();
    const busy = state.name === 'sending';
    return html`<form class="card stack" autocomplete="off" @submit=${this.#submit} @reset=${this.#reset}>
      <div class="drop field">
        <label for="file">${texts.say('file')}</label>
        <input id="file" type="file" accept=${ACCEPTED} aria-describedby="file-hint" @change=${this.#chosen}>
        <p id="file-hint" class="hint">${texts.say('fileHint')} ${texts.say('pasteHint')}</p>
        <p class="hint" ?hidden=${!preview}>${preview ? texts.say('found', { what: found(texts, preview.format) }) : ''}</p>
        ${noticeList(texts, this.#notices())}
      </div>
      ${this.#uploadBar()}
      ${this.stepsLoaded
        ? html`<import-once-format .flow=${flow}></import-once-format><import-once-columns .flow=${flow}></import-once-columns><import-once-values .flow=${flow}></import-once-values><import-once-outlook .flow=${flow}></import-once-outlook>`
        : nothing}
      <div class="actions">
        <button class="primary" ?disabled=${busy || !this.#ready()}>${texts.say('import')}</button>
        <button type="reset" ?hidden=${busy || !state.file}>${texts.say('startOver')}</button>
        <p role="status" class=${told?.waiting ? 'waiting' : ''}>${state.jobId && told?.key !== 'endedAs' ? '' : toldInWords(flow)}</p>
      </div>
      ${problemPlace(state.problem)}
    </form>`;
  }

  updated() {
    const { flow } = this;
    const input = this.#input;
    // Only then choosing the same file again, after a correction, fires a change event.
    if (flow && input && !flow.state.file && input.value) input.value = '';
    // The browser takes the focus from a button that is disabled while its click is sent.
    const root = /** @type {Document | ShadowRoot} */ (this.getRootNode());
    if (this.#sending && flow?.state.name !== 'sending') {
      this.#sending = false;
      if (!root.activeElement || root.activeElement === document.body) this.#button?.focus();
    }
    if (flow?.state.problem && flow.state.problem !== this.#problem) this.querySelector(':scope > form > [role=alert]')?.scrollIntoView({ block: 'nearest' });
    this.#problem = flow?.state.problem;
  }

  #sending = false;
  /** @type {unknown} */
  #problem;

  get #button() {
    return /** @type {HTMLButtonElement | null} */ (this.querySelector('button.primary'));
  }

  async #loadSteps() {
    await import('./steps.js');
    this.stepsLoaded = true;
  }

  #ready() {
    const { flow } = this;
    return flow && ['ready', 'following', 'ended'].includes(flow.state.name) && chosenMapping(flow.state, flow.fixed);
  }

  #notices() {
    const { outlook, preview } = this.flow?.state ?? {};
    return outlook && outlook !== 'waiting' ? outlook.notices : preview?.notices;
  }

  #uploadBar() {
    const { flow } = this;
    if (!flow || flow.state.name !== 'uploading' || !flow.state.file || !flow.state.told?.parameters?.total && !flow.state.sent) return nothing;
    const { sent, file } = flow.state;
    const percent = Math.floor((sent / file.size) * 100);
    const { texts } = flow.service;
    return html`<div class="stack">
      <div class="progress" role="progressbar" aria-label=${texts.say('uploadProgress')} aria-valuemin="0" aria-valuemax="100" aria-valuenow=${percent}>
        <div class="bar" .style=${`inline-size: ${percent}%`}></div></div>
      <button type="button" @click=${this.#cancel}>${texts.say('cancelUpload')}</button></div>`;
  }

  #cancel() {
    this.flow?.tell({ type: 'cancelUpload' });
    this.#input?.focus();
  }

  /** @param {Event} event */
  #submit(event) {
    event.preventDefault();
    this.#sending = true;
    this.flow?.tell({ type: 'import' });
  }

  /** @param {Event} event */
  #reset(event) {
    event.preventDefault();
    this.flow?.tell({ type: 'reset' });
    this.#input?.focus();
  }
}

/** What a flow tells its user. @param {Flow} flow */
export function toldInWords({ state, service: { texts } }) {
  if (!state.told) return '';
  const { key, parameters = {} } = state.told;
  if (key === 'chooseFor') return texts.say(key, { fields: texts.list(missing(state.choices, targetOf(state)).map((field) => fieldName(texts, field))) });
  return texts.say(key, key === 'endedAs' ? { status: texts.known(`status.${parameters.status}`) ?? '' } : parameters);
}

/** @param {Texts} texts @param {Format} format */
function found(texts, { type, delimiter, encoding, sheet, compression, path }) {
  return texts.list([
    type.toUpperCase(),
    delimiter && texts.known(`separated.${delimiter}`),
    encoding,
    sheet && texts.say('foundSheet', { name: sheet }),
    path && texts.say('foundPath', { path }),
    compression && texts.say('compressed')].filter(Boolean).map(String));
}

define('import-once-form', ImportForm);
