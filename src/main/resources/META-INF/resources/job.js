// One job: following it, and showing how far it is and what came out.

import { call } from './api.js';

const POLL_MS = 500;
const RETRY_MS = 2000;
// A screen reader would not get through two announcements a second.
const TELL_MS = 2000;

const COUNTS = ['inserted', 'updated', 'unchanged', 'skipped', 'overridden', 'rejected'];
const NUMBER = new Intl.NumberFormat('en', { useGrouping: 'min2' });

const byId = (id) => document.getElementById(id);
let followed = 0;
let told = { at: 0, about: '' };

/** Whether nothing will happen to the job any more. */
export function isFinal(job) {
  return ['completed', 'failed', 'cancelled'].includes(job.status);
}

/**
 * Shows a job until it has ended and answers it, or undefined when another one is followed meanwhile. Throws a Problem.
 * reveal: bring it into view, with the keyboard's focus.
 */
export async function follow(id, reveal) {
  const mine = ++followed;
  while (mine === followed) {
    let wait = POLL_MS;
    try {
      const job = await call(`/api/migrations/${id}`);
      if (mine !== followed) return undefined;
      show(job);
      if (reveal) byId('job-name').focus();
      reveal = false;
      if (isFinal(job)) return job;
    } catch (problem) {
      if (mine !== followed) return undefined;
      if (!problem.temporary) throw problem;
      wait = RETRY_MS;
      tell('lost', 'The service does not answer just now, trying again.');
    }
    await new Promise((done) => setTimeout(done, wait));
  }
  return undefined;
}

/** Follows no job any more and shows none. */
export function unfollow() {
  followed++;
  byId('job').hidden = true;
}

/** The counts of a job in words, those that are zero left out. */
export function summary({ progress }) {
  const counts = COUNTS.filter((name) => progress[name] > 0);
  return counts.map((name) => `${NUMBER.format(progress[name])} ${name}`).join(', ');
}

function show(job) {
  const { percent } = job.progress;
  byId('job').hidden = false;
  byId('job-name').textContent = nameOf(job);
  byId('progress').setAttribute('aria-valuenow', percent);
  byId('bar').style.inlineSize = `${percent}%`;
  byId('bar').dataset.status = job.status;
  tell(job.jobId + job.status + job.progress.phase, inWords(job));
  byId('result').hidden = !isFinal(job);
  if (isFinal(job)) showResult(job);
}

/** What a job's file is called. */
export function nameOf(job) {
  return job.fileName ?? 'Without a name';
}

function inWords({ status, progress }) {
  const rows = (count) => `${NUMBER.format(count)} of ${NUMBER.format(progress.totalRows)} rows`;
  if (status === 'pending') return `Waiting to start, ${NUMBER.format(progress.totalRows)} rows.`;
  if (isFinal({ status })) return `${capital(status)}, ${rows(progress.processedRows)} done.`;
  return progress.phase === 'reading' ? `Reading, ${rows(progress.readRows)} read.` : `Merging, ${rows(progress.processedRows)} done.`;
}

function tell(about, text) {
  if (about === told.about && Date.now() - told.at < TELL_MS) return;
  told = { at: Date.now(), about };
  byId('live').textContent = text;
}

function showResult(job) {
  byId('result-status').textContent = job.status;
  byId('result-status').dataset.status = job.status;
  byId('result-error').textContent = job.error?.detail ?? '';
  byId('counts').replaceChildren(...COUNTS.map((name) => count(name, job.progress[name])));
  byId('rejects').hidden = job.progress.rejected === 0;
  byId('rejects-link').href = `/api/migrations/${job.jobId}/rejects`;
}

function count(name, value) {
  const pair = document.createElement('div');
  const term = document.createElement('dt');
  const number = document.createElement('dd');
  term.textContent = capital(name);
  number.textContent = NUMBER.format(value);
  pair.append(term, number);
  pair.dataset.count = name;
  return pair;
}

function capital(word) {
  return word[0].toUpperCase() + word.slice(1);
}
