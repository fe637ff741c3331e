// The dialog: users choose a file, map its columns, see what would happen, and import it.
// @ts-check

import { asProblem, call, post } from './api.js';
import { h, problemPlace, showNotices, showProblem } from './dom.js';
import { alreadyThere } from './job.js';
import { Mapping } from './mapping.js';
import { Outlook } from './outlook.js';
import { Reading } from './reading.js';
import { TEXT } from './texts.js';
import { UploadBar } from './upload-bar.js';
import { explained, upload } from './upload.js';
/** @import { Problem } from './api.js' */
/** @import { Shown } from './dom.js' */
/** @import { Candidate, Format, Mapping as Chosen, Preview, Run } from '../../../../test/js/answers.d.ts' */

const ACCEPTED = '.csv,.tsv,.tab,.txt,.xlsx,.json,.ndjson,.jsonl,.gz,text/csv,text/plain,application/json';

export class Dialog {
  // The key of the next click on Import. Every click for the same import sends the same key, so that it happens once.
  #key = crypto.randomUUID();
  /** @type {string | undefined} */
  #ownJob;
  #sending = false;
  // The source id of the chosen file, once the service has it.
  /** @type {string | undefined} */
  #sourceId;
  /** @type {AbortController | undefined} */
  #upload;
  // Number of previews of the file; the result of an earlier preview is ignored.
  #looks = 0;
  #looked = 0;

  #file = h('input', { id: 'file', type: 'file', accept: ACCEPTED, 'aria-describedby': 'file-hint' });
  #format = h('p', { class: 'hint', hidden: true });
  #notices = h('ul', { class: 'notices', 'aria-label': TEXT.notices, hidden: true });
  #bar = new UploadBar(() => this.#upload?.abort());
  #reading = new Reading();
  #mapping = new Mapping();
  #outlook = new Outlook((rejects) => this.#mapping.ask(rejects), () => this.#mapping.fields());
  #import = h('button', { class: 'primary', disabled: true }, TEXT.import);
  #startOver = h('button', { type: 'reset', hidden: true }, TEXT.startOver);
  #notice = h('p', { role: 'status' });
  #problem = problemPlace();
  #sent;

  element = h('form', { class: 'card stack', autocomplete: 'off' },
    h('div', { class: 'drop field' },
      h('label', { for: 'file' }, TEXT.file), this.#file, h('p', { id: 'file-hint', class: 'hint' }, TEXT.fileHint), this.#format, this.#notices),
    this.#bar.element,
    this.#reading.element,
    this.#mapping.element,
    ...this.#outlook.elements,
    h('div', { class: 'actions' }, this.#import, this.#startOver, this.#notice),
    this.#problem);

  /** sent: called with the job after a click on Import, or with null if it was refused. @param {(id: string | null) => void} sent */
  constructor(sent) {
    this.#sent = sent;
    this.element.addEventListener('change', (event) => this.#changed(event));
    this.element.addEventListener('reset', () => this.#reset());
    this.element.addEventListener('submit', (event) => this.#submit(event));
  }

  /** Takes files that were dropped anywhere on the page. @param {FileList} files */
  take(files) {
    if (files.length !== 1) {
      this.tell({ problem: { message: TEXT.oneFile } });
      return;
    }
    this.#file.files = files;
    this.#file.dispatchEvent(new Event('change', { bubbles: true }));
  }

  /** The same import as that of the job may be requested again. @param {string} id */
  again(id) {
    if (id === this.#ownJob) this.#newDialog();
  }

  /** Shows a problem or a notice, or clears both. @param {{ problem?: Shown | null, notice?: string, waiting?: boolean }} told */
  tell({ problem = null, notice = '', waiting = false }) {
    showProblem(this.#problem, problem);
    this.#notice.classList.toggle('waiting', waiting);
    if (this.#notice.textContent !== notice) this.#notice.textContent = notice;
  }

  /** @param {Event} event */
  #changed(event) {
    this.#newDialog();
    this.tell({});
    if (event.target === this.#file) return this.#inspect();
    if (event.target instanceof Node && this.#reading.element.contains(event.target)) return this.#look();
    this.#askForColumns();
    this.#update();
    return this.#foresee();
  }

  #reset() {
    this.#newDialog();
    this.tell({});
    // The form's controls are reset only after this event.
    setTimeout(() => {
      this.#inspect();
      this.#file.focus();
    });
  }

  #newDialog() {
    this.#key = crypto.randomUUID();
    this.#ownJob = undefined;
  }

  async #inspect() {
    const file = this.#chosenFile();
    this.#upload?.abort();
    this.#reading.reset();
    this.#offer(null);
    if (!file) return;
    const mine = (this.#upload = new AbortController());
    this.tell({ notice: TEXT.reading(file.name), waiting: true });
    try {
      const { sourceId } = await upload(file, { signal: mine.signal, progress: (sent, lost) => this.#uploaded(file, sent, lost) });
      if (mine !== this.#upload) return;
      this.#bar.hide();
      this.#sourceId = sourceId;
      await this.#look();
    } catch (error) {
      if (mine === this.#upload) await this.#refused(file, asProblem(error), mine.signal.aborted);
    }
  }

  /** Requests a preview of the file, with the detected format or the one that the user chose. */
  async #look() {
    const file = this.#chosenFile();
    if (!file) return;
    const mine = ++this.#looks;
    const format = this.#reading.chosen();
    this.#outlook.forget();
    this.#update();
    this.tell({ notice: TEXT.reading(file.name), waiting: true });
    try {
      const asked = { sourceId: this.#sourceId, ...(format && { mapping: { format } }) };
      /** @type {Promise<Preview>} */
      const looking = post('/api/migrations/preview', asked);
      const [preview] = await Promise.all([looking, this.#mapping.learnTargets()]);
      if (mine !== this.#looks) return;
      this.#looked = mine;
      this.#offer(preview);
      this.#askForColumns();
      const open = preview.notices.find(({ code }) => code === 'ambiguous-encoding');
      // If the user cannot choose a format, the detected one stays.
      await Promise.all([!format && this.#offerChoices(preview.format).catch(() => {}), !open && this.#foresee()]);
      if (open && mine === this.#looks) this.#askForEncoding(open.candidates ?? []);
    } catch (error) {
      if (mine === this.#looks) await this.#unreadable(file, asProblem(error), format);
    }
  }

  /**
   * The file cannot be read in this format, but perhaps in another one.
   *
   * @param {File} file
   * @param {Problem} problem
   * @param {Partial<Format> | undefined} format
   */
  async #unreadable(file, problem, format) {
    const another = problem.status === 422 && (format || (await this.#offerChoices(null).catch(() => false)));
    if (!another) return this.#refused(file, problem, false);
    this.#show(null);
    return this.tell({ problem });
  }

  /** Offers other formats for the file; returns whether there are any. @param {Format | null} found */
  async #offerChoices(found) {
    const mine = this.#looks;
    /** @type {{ items: string[] }} */
    const sheets = found && !found.sheet ? { items: [] } : await call(`/api/sources/${this.#sourceId}/sheets`);
    return mine === this.#looks && this.#reading.offer(found, sheets.items);
  }

  /**
   * @param {File} file
   * @param {Problem} problem
   * @param {boolean} cancelled
   */
  async #refused(file, problem, cancelled) {
    this.tell(cancelled ? { notice: TEXT.uploadCancelled } : { problem: await explained(problem, file) });
    // Only then choosing the same file again, after a correction, fires a change event.
    this.#file.value = '';
    this.#reading.reset();
    this.#offer(null);
    if (cancelled) this.#file.focus();
  }

  #askForColumns() {
    const missing = this.#mapping.missing();
    this.tell({ notice: missing.length ? TEXT.chooseFor(missing) : '' });
  }

  /** @param {Candidate[]} candidates */
  #askForEncoding(candidates) {
    this.#reading.ask(candidates);
    this.tell({ notice: TEXT.chooseEncoding });
    this.#update();
  }

  /** @type {(file: File, sent: number, lost: boolean) => void} */
  #uploaded(file, sent, lost) {
    this.#bar.show(sent / file.size);
    this.tell({ notice: lost ? TEXT.connectionLost : TEXT.uploading(file.name, sent, file.size) });
  }

  /** @param {Preview | null} preview */
  #offer(preview) {
    if (!preview) {
      this.#sourceId = undefined;
      this.#looks++;
      this.#bar.hide();
    }
    this.#show(preview);
  }

  /** @param {Preview | null} preview */
  #show(preview) {
    this.#outlook.forget();
    this.#mapping.offer(preview, (number) => this.#headerAt(number));
    showNotices(this.#notices, preview?.notices);
    this.#format.hidden = !preview;
    this.#format.textContent = preview ? TEXT.found(preview.format) : '';
    this.#update();
  }

  /** @param {number} number */
  #headerAt(number) {
    this.#newDialog();
    this.#reading.headerAt(number);
    return this.#look();
  }

  /** The mapping in the form, or null while it is incomplete, or not for the format that is chosen now. @returns {Chosen | null} */
  #chosen() {
    const mapping = this.#looked === this.#looks && !this.#reading.asks() ? this.#mapping.chosen() : null;
    const format = this.#reading.chosen();
    return mapping && format ? { ...mapping, format } : mapping;
  }

  #update() {
    this.#import.disabled = this.#sending || !this.#sourceId || !this.#chosen();
    this.#startOver.hidden = this.#sending || !this.#chosenFile();
  }

  #chosenFile() {
    return this.#file.files?.[0];
  }

  /** Shows what the import would do. The Import button does not wait for this. */
  async #foresee() {
    this.#outlook.forget();
    const file = this.#chosenFile();
    const mapping = this.#chosen();
    if (!file || !mapping || !this.#sourceId) return;
    try {
      const notices = await this.#outlook.show(file, this.#sourceId, mapping);
      if (notices) showNotices(this.#notices, notices);
    } catch (error) {
      this.tell({ problem: asProblem(error) });
    }
  }

  /** @param {Event} event */
  async #submit(event) {
    event.preventDefault();
    if (this.#import.disabled) return;
    this.#sending = true;
    this.#update();
    await this.#send();
    this.#sending = false;
    this.#update();
    // A disabled button would lose the keyboard's focus.
    if (document.activeElement === document.body) this.#import.focus();
  }

  async #send() {
    const file = this.#chosenFile();
    if (!file) return;
    const key = this.#key;
    const body = { sourceId: this.#sourceId, mapping: this.#chosen() };
    this.tell({ notice: TEXT.sending(file.name), waiting: true });
    try {
      /** @type {Run} */
      const job = await post('/api/migrations/run', body, { 'Idempotency-Key': key });
      if (key === this.#key) this.#ownJob = job.jobId;
      this.tell({ notice: job.created ? '' : alreadyThere(job) });
      this.#sent(job.jobId);
    } catch (error) {
      this.tell({ problem: asProblem(error) });
      this.#sent(null);
    }
  }
}
