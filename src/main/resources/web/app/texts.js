// Every text of the page's own views. Those of the import are in ../embed/texts, as other pages show them, too.
// @ts-check

import { texts } from './page.js';
/** @import { Message, Progress } from '../../../../test/js/answers.d.ts' */

/**
 * @param {number} count
 * @param {string} one
 * @param {string} many
 */
function plural(count, one, many) {
  return `${texts.number(count)} ${count === 1 ? one : many}`;
}

export const TEXT = {
  name: 'ImportOnce',
  tagline: 'Click as often as you like: a file is imported once.',
  views: 'Views',
  view: { import: 'Import', contacts: 'Contacts', queue: 'Send queue', targets: 'Targets', integrity: 'Integrity' },
  title: (/** @type {string} */ view) => `${view} · ImportOnce`,
  loading: 'Loading',
  showMore: 'Show more',
  cancel: 'Cancel',

  history: 'History',
  historyEmpty: 'Nothing imported yet. What you import will be listed here.',
  historyFailed: (/** @type {string} */ title, /** @type {string} */ detail) => `The last imports cannot be shown: ${title}. ${detail}`,
  you: (/** @type {string | undefined} */ email) => (email ? `${email} (you)` : 'you'),
  clicked: (/** @type {number} */ times) => `clicked ${texts.number(times)} times, imported once`,
  retry: 'Retry',
  runAgain: 'Run again',
  undo: 'Undo',
  undoQuestion: (/** @type {string} */ name) => `Undo ${name}?`,
  undoMeaning: (/** @type {Progress} */ { inserted, updated }) =>
    [
      inserted && `${plural(inserted, 'new contact', 'new contacts')} will be deleted.`,
      updated && `${plural(updated, 'changed one', 'changed ones')} will get the old values back.`,
      inserted || updated ? 'Values that somebody has changed since are kept.' : 'It has changed nothing.',
    ].filter(Boolean).join(' '),
  keep: 'Keep it',

  search: 'Address begins with',
  searchHint: 'Searches the beginning of e-mail addresses, not names and companies.',
  contactsTable: 'Contacts found',
  contactsEmpty: 'No contacts yet. Import a file to get some.',
  contactsNone: (/** @type {string} */ search) => `No address begins with "${search}".`,
  contactColumns: { email: 'E-mail', firstName: 'First name', lastName: 'Last name', phone: 'Phone', company: 'Company', attributes: 'Attributes' },

  queueStatus: 'Show',
  queueStatuses: { '': 'All', unknown: 'In doubt', pending: 'Waiting', processing: 'Being sent', sent: 'Sent', failed: 'Failed' },
  queueEmpty: 'No messages here.',
  queueDoubt: 'It is not known whether this message was sent, so it is not sent again automatically. Was it sent?',
  wasSent: 'It was sent',
  sendAgain: 'Send it again',
  message: (/** @type {Message} */ { channel, prospectId, campaignId, step }) => `${channel} to ${prospectId}, campaign ${campaignId}, step ${step}`,
  messageTimes: (/** @type {Message} */ { attempts, sentAt, scheduledFor }) =>
    `${plural(attempts, 'try', 'tries')}, ${sentAt ? `sent ${texts.time(sentAt)}` : `due ${texts.time(scheduledFor)}`}`,

  allWell: 'Everything that must hold does.',
  notWell: 'Something is wrong.',
  check: { true: 'holds', false: 'wrong' },
  checkAgain: 'Check again',

  signIn: 'Sign in',
  signOut: 'Sign out',
  email: 'E-mail',
  password: 'Password',
  token: 'Access token',
  tokenHint: 'A Supabase access token of yours. It stays in this tab.',
  orToken: 'Or with a token',
  useToken: 'Use this token',
  signInAgain: 'Your session has ended. Sign in again.',
  badCredentials: 'This e-mail and password were not accepted',
  badCredentialsDetail: 'Check both, then try again.',

  fault: (/** @type {string | undefined} */ field, /** @type {string} */ detail) => (field ? `${field}: ${detail}` : detail),
};

/**
 * The names of an object's properties; unlike Object.keys, with their types.
 *
 * @template {object} T
 * @param {T} object
 */
export function namesOf(object) {
  return /** @type {(keyof T & string)[]} */ (Object.keys(object));
}
