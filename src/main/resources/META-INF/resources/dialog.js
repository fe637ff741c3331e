// The dialog: choose a file, say which column is what, see what would happen, import it.
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
  // What the next click on Import means. Every click that means the same sends the same key, so that it happens once.
  #key = crypto.randomUUID();
  /** @type {string | undefined} */
  #ownJob;
  #sending = false;
  // The chosen file as the service has it, once it does.
  /** @type {string | undefined} */
  #sourceId;
  /** @type {AbortController | undefined} */
  #upload;
  // How often the file was looked at; what an earlier look finds is no longer wanted.
  #looks = 0;
  #looked = 0;

  #file = h('input', { id: 'file', type: 'file', accept: ACCEPTED, 'aria-describedby': 'file-hint' });
  #format = h('p', { class: 'hint', hidden: true });
  #notices = h('ul', { class: 'notices', 'aria-label': TEXT.notices, hidden: true });
  #bar = new UploadBar(() => this.#upload?.abort());
  #reading = new Reading();
  #mapping = new Mapping();
  #outlook = new Outlook();
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

  /** sent: told of the job that a click on Import led to, or null where it was refused. @param {(id: string | null) => void} sent */
  constructor(sent) {
    this.#sent = sent;
    this.element.addEventListener('change', (event) => this.#changed(event));
    this.element.addEventListener('reset', () => this.#reset());
    this.element.addEventListener('submit', (event) => this.#submit(event));
  }

  /** Takes what was dropped anywhere on the page. @param {FileList} files */
  take(files) {
    if (files.length !== 1) {
      this.tell({ problem: { message: TEXT.oneFile } });
      return;
    }
    this.#file.files = files;
    this.#file.dispatchEvent(new Event('change', { bubbles: true }));
  }

  /** What a job was to do may be asked for again. @param {string} id */
  again(id) {
    if (id === this.#ownJob) this.#newDialog();
  }

  /** Says what went wrong, or what there is to know; of neither: nothing. @param {{ problem?: Shown | null, notice?: string, waiting?: boolean }} told */
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
    // The controls are empty only after this event.
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

  /** Has the service look at the file, read as it is or as somebody chose. */
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
      // Where that cannot be asked for, the file stays as it was found.
      await Promise.all([!format && this.#offerChoices(preview.format).catch(() => {}), !open && this.#foresee()]);
      if (open && mine === this.#looks) this.#askForEncoding(open.candidates ?? []);
    } catch (error) {
      if (mine === this.#looks) await this.#unreadable(file, asProblem(error), format);
    }
  }

  /**
   * It cannot be read so, perhaps in another way.
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

  /** Offers other ways to read the file; answers whether there are any. @param {Format | null} found */
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
    // Choosing the same file again, mended, is a change only then.
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

  /** What the form says of the mapping, or null while that is not all, or not of the file as it is to be read now. @returns {Chosen | null} */
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

  /** Shows what the import would do. Import does not wait for it. */
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
    // A disabled button loses the keyboard's focus.
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
