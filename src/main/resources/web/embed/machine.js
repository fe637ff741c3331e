// The states of one import, from no file to its result, as a function without effects. Every state says what the user can do.
// @ts-check

import { mappingOf, missing, suggested } from './choices.js';
/** @import { Choices, Fixed } from './choices.js' */
/** @import { Shown } from './parts.js' */
/** @import { Key } from './texts.js' */
/** @import { Candidate, Foreseen, Format, Job, Preview, Run, Target } from '../../../../test/js/answers.d.ts' */

/** @typedef {'empty' | 'uploading' | 'reading' | 'unreadable' | 'choosing' | 'ready' | 'sending' | 'following' | 'ended'} Name */
/** @typedef {{ key: Key, parameters?: Record<string, string | number>, waiting?: boolean }} Told a notice for the user */

/**
 * `turn` counts the requests of which one is waited for: an answer to an earlier one changes nothing. `edition` counts the
 * versions of what would be imported. `attempt` counts the imports that the user means: all clicks on Import for one of them
 * send the same idempotency key, so that it happens once.
 *
 * @typedef {object} State
 * @property {Name} name
 * @property {number} turn
 * @property {number} edition
 * @property {number} attempt
 * @property {File | null} file
 * @property {number} sent bytes of it that have arrived
 * @property {string | null} sourceId
 * @property {Partial<Format>} format what the user has chosen other than it was found
 * @property {Preview | null} preview
 * @property {readonly string[]} sheets
 * @property {readonly Target[]} targets
 * @property {readonly Candidate[]} candidates encodings between which only the user can decide
 * @property {Choices | null} choices
 * @property {Foreseen | 'waiting' | null} outlook
 * @property {Told | null} told
 * @property {Shown | null} problem
 * @property {string | null} jobId
 * @property {Job | null} job
 */

/** @type {State} */
export const START = {
  name: 'empty', turn: 0, edition: 0, attempt: 0, file: null, sent: 0, sourceId: null, format: {}, preview: null, sheets: [], targets: [],
  candidates: [], choices: null, outlook: null, told: null, problem: null, jobId: null, job: null,
};

/**
 * @typedef {{ type: 'file', file: File | null }
 *   | { type: 'refuse', problem: Shown }
 *   | { type: 'cancelUpload' }
 *   | { type: 'arrived', turn: number, sent: number, lost: boolean, told: Told }
 *   | { type: 'uploaded', turn: number, sourceId: string }
 *   | { type: 'uploadFailed', turn: number, problem: Shown }
 *   | { type: 'format', format: Partial<Format> }
 *   | { type: 'read', turn: number, preview: Preview, targets: Target[], sheets: string[] }
 *   | { type: 'unreadable', turn: number, problem: Shown, sheets: string[] }
 *   | { type: 'readFailed', turn: number, problem: Shown }
 *   | { type: 'target', target: string }
 *   | { type: 'choose', choices: Partial<Choices> }
 *   | { type: 'foreseen', edition: number, outlook: Foreseen | null, problem?: Shown }
 *   | { type: 'import' }
 *   | { type: 'accepted', turn: number, run: Run }
 *   | { type: 'refused', turn: number, problem: Shown }
 *   | { type: 'job', job: Job }
 *   | { type: 'reset' }} Event
 */

/** What the user can do in each state; nobody is ever left without an answer. @type {Record<Name, 'chooseFile' | 'wait' | 'chooseFormat' | 'chooseColumns' | 'import' | 'look'>} */
export const ADVICE = {
  empty: 'chooseFile', uploading: 'wait', reading: 'wait', unreadable: 'chooseFormat', choosing: 'chooseColumns', ready: 'import', sending: 'wait',
  following: 'wait', ended: 'look',
};

/** The states in which the form has an answer to the question what to import. @type {readonly Name[]} */
const COMPLETE = ['ready', 'following', 'ended'];
/** The states in which the form can be changed. @type {readonly Name[]} */
const OPEN = ['unreadable', 'choosing', ...COMPLETE];

/** Whether a job has ended. @param {{ status: string }} job */
export function isFinal({ status }) {
  return ['completed', 'failed', 'cancelled'].includes(status);
}

/**
 * The state after an event; the same one if the event means nothing in it.
 *
 * @param {State} state
 * @param {Event} event
 * @param {Fixed} fixed what is not asked for
 * @returns {State}
 */
export function next(state, event, fixed = {}) {
  switch (event.type) {
    case 'file':
      if (state.name === 'sending') return state;
      return event.file
        ? { ...fresh(state), name: 'uploading', file: event.file, told: { key: 'reading', parameters: { name: event.file.name }, waiting: true } }
        : fresh(state);
    case 'refuse':
      return state.name === 'sending' ? state : { ...state, problem: event.problem, told: null };
    case 'reset':
      return state.name === 'sending' ? state : fresh(state);
    case 'cancelUpload':
      return state.name === 'uploading' ? { ...fresh(state), told: { key: 'uploadCancelled' } } : state;
    case 'arrived':
    case 'uploaded':
    case 'uploadFailed':
      return state.name === 'uploading' && event.turn === state.turn ? uploading(state, event) : state;
    case 'read':
    case 'unreadable':
    case 'readFailed':
      return state.name === 'reading' && event.turn === state.turn ? reading(state, event, fixed) : state;
    case 'format':
      return OPEN.includes(state.name) ? asked({ ...changed(state), format: event.format }) : state;
    case 'target':
      return state.preview && OPEN.includes(state.name)
        ? judged({ ...changed(state), choices: suggested(state.preview, event.target, fixed, state.choices) })
        : state;
    case 'choose':
      return state.choices && OPEN.includes(state.name) ? judged({ ...changed(state), choices: { ...state.choices, ...event.choices } }) : state;
    case 'foreseen':
      if (event.edition !== state.edition || state.outlook !== 'waiting') return state;
      return { ...state, outlook: event.outlook, problem: event.problem ?? state.problem };
    case 'import':
      if (!COMPLETE.includes(state.name) || !state.file) return state;
      return { ...state, name: 'sending', turn: state.turn + 1, problem: null, told: { key: 'sending', parameters: { name: state.file.name }, waiting: true } };
    case 'accepted':
    case 'refused':
      return state.name === 'sending' && event.turn === state.turn ? sent(state, event) : state;
    case 'job':
      return about(state, event.job);
    default:
      return state;
  }
}

/** The mapping of the present choices, or null while something has to be chosen. @param {State} state @param {Fixed} fixed */
export function chosenMapping(state, fixed = {}) {
  const { preview, choices, format } = state;
  return preview && choices ? mappingOf(choices, targetOf(state), { preview, format, fixed }) : null;
}

/** The target that is chosen. @param {State} state */
export function targetOf({ targets, choices }) {
  return targets.find(({ name }) => name === choices?.target);
}

/** Nothing is chosen; answers to what was asked before come too late. @param {State} state @returns {State} */
function fresh({ turn, edition, attempt }) {
  return { ...START, turn: turn + 1, edition: edition + 1, attempt: attempt + 1 };
}

/** Another import than before. @param {State} state @returns {State} */
function changed(state) {
  return { ...state, turn: state.turn + 1, edition: state.edition + 1, attempt: state.attempt + 1, outlook: null, told: null, problem: null, jobId: null, job: null };
}

/** The file is looked at. @param {State} state @returns {State} */
function asked(state) {
  const name = state.file?.name ?? '';
  return { ...state, name: 'reading', turn: state.turn + 1, told: { key: 'reading', parameters: { name }, waiting: true } };
}

/**
 * Says what is missing, or that the import is ready.
 *
 * @param {State} state
 * @returns {State}
 */
function judged(state) {
  if (state.candidates.length) return { ...state, name: 'choosing', outlook: null, told: { key: 'chooseEncoding' } };
  const open = missing(state.choices, targetOf(state));
  if (!targetOf(state)) return { ...state, name: 'choosing', outlook: null, told: { key: 'unknownTarget', parameters: { target: state.choices?.target ?? '' } } };
  if (open.length) return { ...state, name: 'choosing', outlook: null, told: { key: 'chooseFor' } };
  return { ...state, name: 'ready', outlook: 'waiting' };
}

/** @param {State} state @param {Extract<Event, { type: 'arrived' | 'uploaded' | 'uploadFailed' }>} event @returns {State} */
function uploading(state, event) {
  if (event.type === 'arrived') return { ...state, sent: event.sent, told: event.told };
  if (event.type === 'uploaded') return asked({ ...state, sourceId: event.sourceId });
  return { ...fresh(state), problem: event.problem };
}

/** @param {State} state @param {Extract<Event, { type: 'read' | 'unreadable' | 'readFailed' }>} event @param {Fixed} fixed @returns {State} */
function reading(state, event, fixed) {
  if (event.type === 'readFailed') return { ...fresh(state), problem: event.problem };
  if (event.type === 'unreadable') return { ...state, name: 'unreadable', preview: null, choices: null, sheets: event.sheets, told: null, problem: event.problem };
  const { preview, targets, sheets } = event;
  const target = fixed.target ?? preview.suggestedMapping.target;
  const candidates = preview.notices.find(({ code }) => code === 'ambiguous-encoding')?.candidates ?? [];
  const open = state.format.encoding || fixed.format?.encoding ? [] : candidates;
  // The present choices of options stay, the columns are those of the file as it is read now.
  const choices = suggested(preview, target, fixed, state.choices);
  return judged({ ...state, preview, targets, sheets, candidates: open, choices, told: null, problem: null });
}

/** @param {State} state @param {Extract<Event, { type: 'accepted' | 'refused' }>} event @returns {State} */
function sent(state, event) {
  if (event.type === 'refused') return { ...state, name: 'ready', told: null, problem: event.problem };
  const { jobId, status, created } = event.run;
  const told = created ? null : alreadyThere(status);
  return { ...state, name: isFinal({ status }) ? 'ended' : 'following', jobId, job: state.job?.jobId === jobId ? state.job : null, told };
}

/** A newer state of a job: what has ended without success, or was undone, may be imported again. @param {State} state @param {Job} job @returns {State} */
function about(state, job) {
  if (job.jobId !== state.jobId || !['following', 'ended'].includes(state.name)) return state;
  const over = isFinal(job);
  const again = over && (job.status !== 'completed' || Boolean(job.undo)) && !(state.job && isFinal(state.job) && Boolean(state.job.undo) === Boolean(job.undo));
  return { ...state, name: over ? 'ended' : 'following', job, attempt: state.attempt + (again ? 1 : 0) };
}

/** @param {string} status @returns {Told} */
function alreadyThere(status) {
  if (!isFinal({ status })) return { key: 'inProgress' };
  return status === 'completed' ? { key: 'alreadyImported' } : { key: 'endedAs', parameters: { status } };
}
