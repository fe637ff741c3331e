// What became of a job, in words.
// @ts-check

/** @import { Key, Texts } from './texts.js' */
/** @import { Job, Progress } from '../../../../test/js/answers.d.ts' */

/** @type {(keyof Progress & ('inserted' | 'updated' | 'unchanged' | 'skipped' | 'overridden' | 'rejected'))[]} */
export const COUNTS = ['inserted', 'updated', 'unchanged', 'skipped', 'overridden', 'rejected'];

/** Whether the job is being undone. @param {Job} job */
export function isBeingUndone({ undo }) {
  return undo?.status === 'processing';
}

/** The name of a job's file. @param {Texts} texts @param {Job} job */
export function nameOf(texts, { fileName }) {
  return fileName ?? texts.say('unnamed');
}

/** A job's target and the user who started it, in words, if they are worth showing. @param {Texts} texts @param {Job} job @param {string} who */
export function about(texts, { target }, who) {
  return [target === 'contacts' ? '' : texts.say('into', { target }), who && texts.say('startedBy', { who })].filter(Boolean).join(', ');
}

/** The counts of a job in words, without those that are zero. @param {Texts} texts @param {Job} job */
export function summary(texts, { progress }) {
  return texts.list(COUNTS.filter((name) => progress[name] > 0)
    .map((name) => `${texts.number(progress[name])} ${texts.say(/** @type {Key} */ (`count.${name}`)).toLowerCase()}`));
}

/** The progress of a job's undo, in words; empty if nobody has requested an undo. @param {Texts} texts @param {Job} job */
export function undoInWords(texts, { undo }) {
  if (!undo) return '';
  if (undo.status === 'failed') return texts.say('undoFailed');
  if (undo.status === 'processing') return texts.say('undoing', { percent: undo.percent });
  return undo.keptCount ? texts.say('undoneKept', { n: undo.undone, kept: undo.keptCount }) : texts.say('undone', { n: undo.undone });
}
