// The dialog: choose a file, say which column is what, see what would happen, import it.
// @ts-check

import { asProblem, call, post } from './api.js';
import { Corrections } from './corrections.js';
import { figure, h, problemPlace, showNotices, showProblem } from './dom.js';
import { History } from './history.js';
import { JobPanel, isFinal } from './job.js';
import { Mapping } from './mapping.js';
import { Reading } from './reading.js';
import { TEXT, namesOf } from './texts.js';
import { mustBeReadable, upload } from './upload.js';
/** @import { Problem } from './api.js' */
/** @import { Shown } from './dom.js' */
/** @import { Candidate, Foreseen, Format, Job, Mapping as Chosen, Preview, Run, Target } from '../../../../test/js/answers.d.ts' */

const ACCEPTED = '.csv,.tsv,.tab,.txt,.xlsx,.json,.ndjson,.jsonl,.gz,text/csv,text/plain,application/json';
// What takes the service longer than a person waits for is not worked out beforehand.
const FORESEEN_BYTES = 32 * 1024 * 1024;
const SHOWN_REJECTS = 5;

export class ImportView {
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
  // Ends what is being foreseen: the service works for nobody else meanwhile.
  #foreseeing = new AbortController();

  #file = h('input', { id: 'file', type: 'file', accept: ACCEPTED, 'aria-describedby': 'file-hint' });
  #format = h('p', { class: 'hint', hidden: true });
  #notices = h('ul', { class: 'notices', 'aria-label': TEXT.notices, hidden: true });
  #bar = h('div', { class: 'bar' });
  #uploadBar = h('div', { class: 'progress', role: 'progressbar', 'aria-label': TEXT.uploadProgress, 'aria-valuemin': 0, 'aria-valuemax': 100 }, this.#bar);
  #cancelUpload = h('button', { type: 'button', onclick: () => this.#upload?.abort() }, TEXT.cancelUpload);
  #uploading = h('div', { class: 'stack', hidden: true }, this.#uploadBar, this.#cancelUpload);
  #reading = new Reading();
  #mapping = new Mapping();
  // What can be imported into; asked for with the first file.
  /** @type {Target[] | undefined} */
  #targets;
  #outlookWait = h('p', { class: 'hint', role: 'status' });
  #outlookCounts = h('dl', { class: 'counts' });
  #outlookRejects = h('ul', { class: 'rejected' });
  #outlook = h('section', { class: 'stack', 'aria-labelledby': 'outlook-title', hidden: true },
    h('h2', { id: 'outlook-title' }, TEXT.outlook), this.#outlookCounts, this.#outlookRejects);
  #import = h('button', { class: 'primary', disabled: true }, TEXT.import);
  #startOver = h('button', { type: 'reset', hidden: true }, TEXT.startOver);
  #notice = h('p', { role: 'status' });
  #problem = problemPlace();
  #form = h('form', { class: 'card stack', autocomplete: 'off' },
    h('div', { class: 'drop field' },
      h('label', { for: 'file' }, TEXT.file), this.#file, h('p', { id: 'file-hint', class: 'hint' }, TEXT.fileHint), this.#format, this.#notices),
    this.#uploading,
    this.#reading.element,
    this.#mapping.element,
    this.#outlookWait,
    this.#outlook,
    h('div', { class: 'actions' }, this.#import, this.#startOver, this.#notice),
    this.#problem);

  // The button that sent them is gone then: the keyboard goes on where the new job is.
  #corrections = new Corrections({ started: (id) => this.#open(id, true), left: () => this.#job.focus() });
  #history = new History({
    problem: (problem) => this.#tell({ problem }),
    open: (id) => this.#open(id),
    changed: (job) => this.#learnt(job),
  });
  #job = new JobPanel({ correct: (job) => this.#corrections.show(job) });

  element = h('div', { class: 'stack' }, this.#form, this.#job.element, this.#corrections.element, this.#history.element);

  constructor() {
    this.#form.addEventListener('change', (event) => this.#changed(event));
    this.#form.addEventListener('reset', () => this.#reset());
    this.#form.addEventListener('submit', (event) => this.#submit(event));
  }

  /**
   * Comes into sight; with a job's id, or null.
   *
   * @param {string | null} id
   * @param {boolean} reveal
   */
  show(id, reveal) {
    this.#history.refresh();
    // Whoever comes by a link to a job sees where it will be.
    if (id && !reveal) this.#job.expect();
    this.#follow(id, reveal);
  }

  /** Takes what was dropped anywhere on the page. @param {FileList} files */
  dropped(files) {
    if (files.length !== 1) return this.#tell({ problem: { message: TEXT.oneFile } });
    this.#file.files = files;
    return this.#file.dispatchEvent(new Event('change', { bubbles: true }));
  }

  hide() {
    this.#history.pause();
    this.#job.unfollow();
  }

  /** @param {Job} job */
  #learnt(job) {
    this.#job.changed(job);
    // What was undone may be asked for again, too.
    if (job.jobId === this.#ownJob && job.undo) this.#newDialog();
  }

  /** @param {Event} event */
  #changed(event) {
    this.#newDialog();
    this.#tell({});
    if (event.target === this.#file) return this.#inspect();
    if (event.target instanceof Node && this.#reading.element.contains(event.target)) return this.#look();
    this.#askForColumns();
    this.#update();
    return this.#foresee();
  }

  #reset() {
    this.#newDialog();
    this.#tell({});
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
    this.#tell({ notice: TEXT.reading(file.name), waiting: true });
    try {
      const { sourceId } = await upload(file, { signal: mine.signal, progress: (sent, lost) => this.#uploaded(file, sent, lost) });
      if (mine !== this.#upload) return;
      this.#uploading.hidden = true;
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
    this.#forget();
    this.#update();
    this.#tell({ notice: TEXT.reading(file.name), waiting: true });
    try {
      const asked = { sourceId: this.#sourceId, ...(format && { mapping: { format } }) };
      /** @type {Promise<Preview>} */
      const looking = post('/api/migrations/preview', asked);
      const [preview] = await Promise.all([looking, this.#learnTargets()]);
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
    return this.#tell({ problem });
  }

  /** Offers other ways to read the file; answers whether there are any. @param {Format | null} found */
  async #offerChoices(found) {
    const mine = this.#looks;
    const sheets = found && !found.sheet ? [] : await this.#sheets();
    return mine === this.#looks && this.#reading.offer(found, sheets);
  }

  /** @returns {Promise<string[]>} */
  async #sheets() {
    /** @type {{ items: string[] }} */
    const { items } = await call(`/api/sources/${this.#sourceId}/sheets`);
    return items;
  }

  /**
   * @param {File} file
   * @param {Problem} problem
   * @param {boolean} cancelled
   */
  async #refused(file, problem, cancelled) {
    this.#tell(cancelled ? { notice: TEXT.uploadCancelled } : { problem: await explained(problem, file) });
    // Choosing the same file again, mended, is a change only then.
    this.#file.value = '';
    this.#reading.reset();
    this.#offer(null);
    if (cancelled) this.#file.focus();
  }

  async #learnTargets() {
    if (this.#targets) return;
    /** @type {{ items: Target[] }} */
    const { items } = await call('/api/targets');
    this.#targets = items;
  }

  #askForColumns() {
    const missing = this.#mapping.missing();
    this.#tell({ notice: missing.length ? TEXT.chooseFor(missing) : '' });
  }

  /** @param {Candidate[]} candidates */
  #askForEncoding(candidates) {
    this.#reading.ask(candidates);
    this.#tell({ notice: TEXT.chooseEncoding });
    this.#update();
  }

  /**
   * @param {File} file
   * @param {number} sent
   * @param {boolean} lost
   */
  #uploaded(file, sent, lost) {
    const percent = Math.floor((sent / file.size) * 100);
    this.#uploading.hidden = false;
    this.#uploadBar.setAttribute('aria-valuenow', String(percent));
    this.#bar.style.inlineSize = `${percent}%`;
    this.#tell({ notice: lost ? TEXT.connectionLost : TEXT.uploading(file.name, sent, file.size) });
  }

  /** @param {Preview | null} preview */
  #offer(preview) {
    if (!preview) {
      this.#sourceId = undefined;
      this.#looks++;
      this.#uploading.hidden = true;
    }
    this.#show(preview);
  }

  /** @param {Preview | null} preview */
  #show(preview) {
    this.#forget();
    this.#mapping.offer(preview, this.#targets ?? [], (number) => this.#headerAt(number));
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

  #forget() {
    this.#foreseeing.abort();
    this.#foreseeing = new AbortController();
    this.#outlook.hidden = true;
    this.#outlookWait.textContent = '';
    this.#outlookWait.classList.remove('waiting');
  }

  /** Shows what the import would do. Import does not wait for it. */
  async #foresee() {
    this.#forget();
    const { signal } = this.#foreseeing;
    const file = this.#chosenFile();
    const mapping = this.#chosen();
    if (!file || !mapping || !this.#sourceId) return;
    if (file.size > FORESEEN_BYTES) {
      this.#outlookWait.textContent = TEXT.notForeseen;
      return;
    }
    this.#outlookWait.textContent = TEXT.foreseeing;
    this.#outlookWait.classList.add('waiting');
    try {
      /** @type {Foreseen} */
      const foreseen = await post('/api/migrations/preview', { sourceId: this.#sourceId, mapping }, {}, signal);
      if (!signal.aborted) this.#showOutlook(foreseen);
    } catch (error) {
      if (signal.aborted) return;
      this.#outlookWait.textContent = '';
      this.#tell({ problem: asProblem(error) });
    }
  }

  /** @param {Foreseen} foreseen */
  #showOutlook({ summary, rejects, notices }) {
    const counts = namesOf(TEXT.would).filter((name) => summary[name] > 0 || name === 'wouldInsert');
    const rows = rejects.slice(0, SHOWN_REJECTS).map(({ row, reason }) => TEXT.row(row, reason));
    if (summary.wouldReject > rows.length) rows.push(TEXT.moreRows(summary.wouldReject - rows.length));
    this.#outlookWait.textContent = '';
    this.#outlookCounts.replaceChildren(...counts.map((name) => figure(TEXT.would[name], summary[name], name)));
    this.#outlookRejects.replaceChildren(...rows.map((text) => h('li', {}, text)));
    showNotices(this.#notices, notices);
    this.#outlook.hidden = false;
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
    this.#tell({ notice: TEXT.sending(file.name), waiting: true });
    try {
      /** @type {Run} */
      const job = await post('/api/migrations/run', body, { 'Idempotency-Key': key });
      if (key === this.#key) this.#ownJob = job.jobId;
      this.#tell({ notice: job.created ? '' : alreadyThere(job) });
      this.#open(job.jobId);
    } catch (error) {
      this.#tell({ problem: asProblem(error) });
    }
    this.#history.refresh();
  }

  /**
   * As a rule without moving the page: the next click may be on its way.
   *
   * @param {string} id
   * @param {boolean} reveal
   */
  #open(id, reveal = false) {
    if (location.hash !== `#${id}`) history.pushState(null, '', `#${id}`);
    this.#history.refresh();
    this.#history.announce();
    this.#follow(id, reveal);
  }

  /**
   * @param {string | null} id
   * @param {boolean} reveal
   */
  async #follow(id, reveal) {
    this.#corrections.hide();
    if (!id) {
      this.#job.unfollow();
      return;
    }
    try {
      const job = await this.#job.follow(id, reveal);
      if (!job) return;
      this.#history.refresh();
      // What did not come about may be asked for again.
      if (id === this.#ownJob && job.status !== 'completed') this.#newDialog();
    } catch (error) {
      this.#job.unfollow();
      this.#tell({ problem: asProblem(error) });
    }
  }

  /** @param {{ problem?: Shown | null, notice?: string, waiting?: boolean }} told */
  #tell({ problem = null, notice = '', waiting = false }) {
    showProblem(this.#problem, problem);
    this.#notice.classList.toggle('waiting', waiting);
    if (this.#notice.textContent !== notice) this.#notice.textContent = notice;
  }
}

/** @param {Run} job */
function alreadyThere(job) {
  if (!isFinal(job)) return TEXT.inProgress;
  return job.status === 'completed' ? TEXT.alreadyImported : TEXT.endedAs(job.status);
}

/**
 * Why a request broke off.
 *
 * @param {Problem} problem
 * @param {File} file
 */
async function explained(problem, file) {
  if (!problem.temporary) return problem;
  return mustBeReadable(file).then(() => problem, asProblem);
}
