// Every text of the page, except texts that the service sends (problems, reasons) and those of target-texts.js.
// @ts-check

/** @import { Format, KeptRow, Message, Notice, Progress } from '../../../../test/js/answers.d.ts' */

const NUMBER = new Intl.NumberFormat('en', { useGrouping: 'min2' });
const TIME = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });
const UNITS = ['B', 'kB', 'MB', 'GB'];

/** A number as people read it. @param {number} value */
export function number(value) {
  return NUMBER.format(value);
}

/** A moment as people read it. @param {string} value */
export function time(value) {
  return TIME.format(new Date(value));
}

/** @param {number} bytes */
function size(bytes) {
  const unit = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3));
  const value = bytes / 1000 ** unit;
  return `${unit && value < 100 ? value.toFixed(1) : Math.round(value)} ${UNITS[unit]}`;
}

/** @param {number} seconds */
function duration(seconds) {
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`;
  if (seconds < 3600) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}

/**
 * @param {number} count
 * @param {string} one
 * @param {string} many
 */
function plural(count, one, many) {
  return `${number(count)} ${count === 1 ? one : many}`;
}

/** @type {Record<string, string>} */
const DELIMITERS = { ',': 'commas', ';': 'semicolons', '\t': 'tabs', '|': 'vertical bars' };

// By the names that the service uses; the service may have more of them.
/** @type {Record<string, string>} */
const ENCODINGS = {
  'UTF-8': 'Unicode (UTF-8)', 'UTF-16LE': 'Unicode (UTF-16LE)', 'UTF-16BE': 'Unicode (UTF-16BE)',
  'windows-1252': 'Western European (windows-1252)', 'ISO-8859-1': 'Western European (ISO-8859-1)',
  'ISO-8859-15': 'Western European (ISO-8859-15)', IBM850: 'Western European (DOS, IBM850)', 'x-MacRoman': 'Western European (Macintosh)',
  'windows-1250': 'Central European (windows-1250)', 'ISO-8859-2': 'Central European (ISO-8859-2)',
  'windows-1251': 'Cyrillic (windows-1251)', 'KOI8-R': 'Cyrillic (KOI8-R)', 'windows-1253': 'Greek (windows-1253)',
  'windows-1254': 'Turkish (windows-1254)', 'windows-1255': 'Hebrew (windows-1255)', 'windows-1256': 'Arabic (windows-1256)',
  'windows-1257': 'Baltic (windows-1257)', 'windows-1258': 'Vietnamese (windows-1258)', 'x-windows-874': 'Thai (windows-874)',
  Shift_JIS: 'Japanese (Shift_JIS)', 'EUC-JP': 'Japanese (EUC-JP)', GB18030: 'Chinese (GB18030)', Big5: 'Chinese (Big5)', 'EUC-KR': 'Korean (EUC-KR)',
};

export const TEXT = {
  name: 'ImportOnce',
  tagline: 'Click as often as you like: a file is imported once.',
  skip: 'Skip to the content',
  views: 'Views',
  view: { import: 'Import', contacts: 'Contacts', queue: 'Send queue', targets: 'Targets', integrity: 'Integrity' },
  title: (/** @type {string} */ view) => `${view} · ImportOnce`,
  loading: 'Loading',
  showMore: 'Show more',
  tryAgain: 'Try again',
  cancel: 'Cancel',

  file: 'File',
  fileHint: 'CSV, XLSX, JSON or NDJSON, also gzipped. Choose one or drop it anywhere.',
  oneFile: 'Drop one file at a time',
  reading: (/** @type {string} */ name) => `Reading ${name}`,
  sending: (/** @type {string} */ name) => `Sending ${name}`,
  uploading: (/** @type {string} */ name, /** @type {number} */ sent, /** @type {number} */ total) => `Sending ${name}: ${size(sent)} of ${size(total)}`,
  uploadProgress: 'Upload progress',
  cancelUpload: 'Cancel upload',
  uploadCancelled: 'The upload was cancelled.',
  connectionLost: 'The connection is lost. The upload continues from here when the connection is back.',
  changed: (/** @type {string} */ name) => `${name} has changed since it was chosen`,
  chooseAgain: 'Choose it again.',
  found: (/** @type {Format} */ { type, delimiter, encoding, sheet, compression, path }) =>
    'Found: ' + [
      type.toUpperCase(),
      delimiter && DELIMITERS[delimiter] && `separated by ${DELIMITERS[delimiter]}`,
      encoding,
      sheet && `sheet "${sheet}"`,
      path && `rows in "${path}"`,
      compression && 'compressed',
    ].filter(Boolean).join(', '),
  readOtherwise: 'Read it in another way',
  sheet: 'Sheet',
  delimiter: 'Separated by',
  delimiters: Object.fromEntries(Object.entries(DELIMITERS).map(([value, text]) => [value, capital(text)])),
  encoding: 'Encoding',
  encodings: ENCODINGS,
  header: 'Names of the columns',
  headerFirst: 'In the first row',
  headerNone: 'In no row',
  headerRow: (/** @type {number} */ row) => `In row ${number(row)}`,
  headerAt: (/** @type {number} */ row) => `Row ${number(row)} has the names of the columns`,
  rowNumber: 'Row',
  notices: 'About the file',
  notice: (/** @type {Notice} */ { column, count, detail }) =>
    [column && `${column}:`, detail, count !== null && count > 1 && `(${number(count)})`].filter(Boolean).join(' '),
  asFound: 'Detect',
  choose: 'Choose',
  chooseEncoding: 'The file may be in more than one encoding. Choose the one in which the names read right.',
  firstRows: 'First rows',
  asLastTime: 'Filled in as last time, when a file with these columns was imported.',
  columns: 'Which column holds what?',
  chooseFor: (/** @type {string[]} */ fields) => `Choose a column for: ${fields.join(', ')}.`,
  importAs: 'Import as',
  target: capital,
  field: (/** @type {string} */ name) => (name === 'email' ? 'E-mail' : capital(words(name))),
  /** @type {(name: string, required: boolean) => string} */
  fieldLabel: (name, required) => `${name}${required ? ' (required)' : ''}`,
  template: (/** @type {string} */ format) => `Template to fill in (${format.toUpperCase()})`,
  /** @type {Record<string, string>} */
  type: {
    text: 'Text', email: 'E-mail address', phone: 'Phone number', url: 'Web address', integer: 'Whole number', decimal: 'Number', boolean: 'Yes or no', date: 'Date',
    time: 'Time of day', timestamp: 'Date and time', uuid: 'UUID', enum: '', json: 'JSON', list: 'List of texts', reference: 'Entry of another table',
  },
  longest: (/** @type {number} */ length) => `at most ${plural(length, 'character', 'characters')}`,
  /** @type {(min: string | undefined, max: string | undefined) => string} */
  between: (min, max) => [min !== undefined && `from ${min}`, max !== undefined && `up to ${max}`].filter(Boolean).join(' '),
  scale: (/** @type {number} */ scale) => (scale ? `at most ${plural(scale, 'decimal', 'decimals')}` : 'no decimals'),
  values: (/** @type {string[]} */ values, /** @type {number} */ more) => `One of: ${values.join(', ')}${more ? ` and ${number(more)} more` : ''}`,
  pattern: (/** @type {string} */ pattern) => `in the form ${pattern}`,
  region: (/** @type {string} */ region) => `without a country code: of ${region}`,
  example: (/** @type {string} */ value) => `Example: ${value}`,
  chooseColumn: 'Choose a column',
  notImported: 'Not imported',
  options: 'Options',
  onExisting: 'When a contact is there already',
  onExistingRow: 'When a row is there already',
  existing: { update: 'Replace its values', fill: 'Fill only what is empty', skip: 'Leave it as it is' },
  /** @type {Record<string, string>} */
  untouched: {
    chats: 'A chat of these participants that is there already is left as it is.',
    messages: 'A message that is in the queue already, by campaign, prospect and step, is left as it is.',
  },
  keepOthers: 'Keep the other columns as attributes',
  undoable: 'Can be undone for 30 days (takes longer)',
  doubts: 'Some values could mean two things',
  decimalSign: 'Decimal sign',
  decimalSigns: { '.': 'Point, as in 1,234.50', ',': 'Comma, as in 1.234,50' },
  dateOrder: 'Order of dates',
  dateOrders: { dmy: 'Day first, as in 31/12/2030', mdy: 'Month first, as in 12/31/2030' },
  outlook: 'What would happen',
  foreseeing: 'Comparing with what is there',
  notForeseen: 'There is no preview of the result for a file of this size.',
  would: {
    wouldInsert: 'New', wouldUpdate: 'Changed', unchanged: 'Unchanged',
    wouldSkip: 'Skipped', overridden: 'Overridden', wouldReject: 'Rejected',
  },
  changes: 'What would change, row by row',
  changesMeaning: 'Crossed out is what is stored now, underlined what the import would store. All else would stay as it is.',
  outcome: 'Outcome',
  /** @type {Record<string, string>} */
  outcomes: { inserted: 'New', updated: 'Changed', unchanged: 'Unchanged', skipped: 'Skipped' },
  noValue: 'no value',
  blankText: 'blank',
  overriddenRows: 'Rows that a later row replaces',
  overriddenMeaning: 'The file has more than one row for the same entry. Only the last one is imported, with all its values; the rows listed here are left out.',
  replacedBy: 'Replaced by row',
  firstListed: (/** @type {number} */ listed, /** @type {number} */ total) => `The first ${number(listed)} of ${number(total)} are listed.`,
  row: (/** @type {number} */ row, /** @type {string} */ reason) => `Row ${number(row)}: ${reason}`,
  moreRows: (/** @type {number} */ count) => `and ${plural(count, 'more row', 'more rows')}`,
  import: 'Import',
  startOver: 'Start over',
  inProgress: 'Already in progress, following it',
  alreadyImported: 'Already imported, this is its result',
  endedAs: (/** @type {string} */ status) => `This import ended as ${status}. Click Import to start it again.`,

  progress: 'Import progress',
  result: 'Import result',
  status: 'Status:',
  unnamed: 'Without a name',
  lost: 'The service does not answer just now, trying again.',
  pending: (/** @type {number} */ total) => `Waiting to start, ${plural(total, 'row', 'rows')}.`,
  ended: (/** @type {string} */ status, /** @type {number} */ done, /** @type {number} */ total) => `${capital(status)}, ${number(done)} of ${plural(total, 'row', 'rows')} done.`,
  readingRows: (/** @type {number} */ done, /** @type {number} */ total) => `Reading, ${number(done)} of ${plural(total, 'row', 'rows')} read`,
  mergingRows: (/** @type {number} */ done, /** @type {number} */ total) => `Merging, ${number(done)} of ${plural(total, 'row', 'rows')} done`,
  pace: (/** @type {number} */ rate, /** @type {number} */ seconds) => `, ${number(rate)} rows per second, about ${duration(seconds)} left`,
  counts: {
    inserted: 'Inserted', updated: 'Updated', unchanged: 'Unchanged',
    skipped: 'Skipped', overridden: 'Overridden', rejected: 'Rejected',
  },
  summary: (/** @type {string} */ name, /** @type {number} */ count) => `${number(count)} ${name}`,
  downloadRejects: 'Download the rejected rows with their reasons (CSV)',
  kept: 'Kept as they are, since somebody changed them after the import',
  keptRow: (/** @type {KeptRow} */ { email, key, reason, fields }) => `${email ?? Object.values(key ?? {}).join(', ')}: ${reason}${fields.length ? ` (${fields.join(', ')})` : ''}`,

  correct: 'Correct them here',
  corrections: 'Rejected rows',
  correctionsHint: 'Correct the cells, then send these rows again. They become a separate import.',
  correctionsTable: 'Rows to correct',
  reason: 'What is wrong',
  surplus: (/** @type {number} */ cell) => `Cell ${cell}`,
  cell: (/** @type {string} */ column, /** @type {string} */ row) => `${column}, row ${row}`,
  shownCorrections: (/** @type {number} */ shown, /** @type {number} */ total) => `The first ${number(shown)} of ${plural(total, 'row', 'rows')} are shown. What is shown is what is sent.`,
  noMoreCorrections: 'To correct more of them, download the file.',
  moreCorrections: 'Show more rows',
  sendCorrected: 'Send the corrected rows',
  correctedName: (/** @type {string | null} */ name) => `${(name ?? 'rows').replace(/\.[^.]*$/, '')} corrected.csv`,

  history: 'History',
  historyEmpty: 'Nothing imported yet. What you import will be listed here.',
  historyFailed: (/** @type {string} */ title, /** @type {string} */ detail) => `The last imports cannot be shown: ${title}. ${detail}`,
  into: (/** @type {string} */ target) => `into ${target}`,
  startedBy: (/** @type {string} */ who) => `by ${who}`,
  you: (/** @type {string | undefined} */ email) => (email ? `${email} (you)` : 'you'),
  clicked: (/** @type {number} */ times) => `clicked ${number(times)} times, imported once`,
  retry: 'Retry',
  runAgain: 'Run again',
  undo: 'Undo',
  undoing: (/** @type {number} */ percent) => `being undone, ${percent} %`,
  undone: (/** @type {number} */ undone, /** @type {number} */ kept) => `undone: ${plural(undone, 'row', 'rows')}${kept ? `, ${number(kept)} kept` : ''}`,
  undoFailed: 'the undo failed; undo it again',
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
    `${plural(attempts, 'try', 'tries')}, ${sentAt ? `sent ${time(sentAt)}` : `due ${time(scheduledFor)}`}`,

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

  unreachable: 'The service cannot be reached',
  unreachableDetail: 'Check that it is running, then try again.',
  answered: (/** @type {number} */ status) => `The service answered ${status}`,
  fault: (/** @type {string | undefined} */ field, /** @type {string} */ detail) => (field ? `${field}: ${detail}` : detail),
};

/** The words of a name in camel case. @param {string} name */
function words(name) {
  return name.replace(/[A-Z]|\d+/g, ' $&').toLowerCase();
}

/**
 * The names of an object's properties; unlike Object.keys, with their types.
 *
 * @template {object} T
 * @param {T} object
 */
export function namesOf(object) {
  return /** @type {(keyof T & string)[]} */ (Object.keys(object));
}

/** With a capital letter. @param {string} word */
export function capital(word) {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
