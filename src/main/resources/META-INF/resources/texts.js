// Every text of the page. What the service says (problems, reasons) comes from the service.

const NUMBER = new Intl.NumberFormat('en', { useGrouping: 'min2' });
const TIME = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });
const UNITS = ['B', 'kB', 'MB', 'GB'];

/** A number as people read it. */
export function number(value) {
  return NUMBER.format(value);
}

/** A moment as people read it. */
export function time(value) {
  return TIME.format(new Date(value));
}

function size(bytes) {
  const unit = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3));
  const value = bytes / 1000 ** unit;
  return `${unit && value < 100 ? value.toFixed(1) : Math.round(value)} ${UNITS[unit]}`;
}

function duration(seconds) {
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`;
  if (seconds < 3600) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}

function plural(count, one, many) {
  return `${number(count)} ${count === 1 ? one : many}`;
}

const DELIMITERS = { ',': 'commas', ';': 'semicolons', '\t': 'tabs', '|': 'vertical bars' };

// By the names that the service uses; it knows more of them.
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
  view: { import: 'Import', contacts: 'Contacts', queue: 'Send queue', integrity: 'Integrity' },
  title: (view) => `${view} · ImportOnce`,
  loading: 'Loading',
  showMore: 'Show more',
  tryAgain: 'Try again',
  cancel: 'Cancel',

  file: 'File',
  fileHint: 'CSV, XLSX, JSON or NDJSON, also gzipped. Choose one or drop it anywhere.',
  oneFile: 'Drop one file at a time',
  reading: (name) => `Reading ${name}`,
  sending: (name) => `Sending ${name}`,
  uploading: (name, sent, total) => `Sending ${name}: ${size(sent)} of ${size(total)}`,
  uploadProgress: 'Upload progress',
  cancelUpload: 'Cancel upload',
  uploadCancelled: 'The upload was cancelled.',
  connectionLost: 'The connection is lost. It goes on from here as soon as it is back.',
  changed: (name) => `${name} has changed since it was chosen`,
  chooseAgain: 'Choose it again.',
  found: ({ type, delimiter, encoding, sheet, compression, path }) =>
    'Found: ' + [
      type.toUpperCase(),
      DELIMITERS[delimiter] && `separated by ${DELIMITERS[delimiter]}`,
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
  headerRow: (row) => `In row ${number(row)}`,
  headerAt: (row) => `Row ${number(row)} has the names of the columns`,
  rowNumber: 'Row',
  notices: 'About the file',
  notice: ({ column, count, detail }) => [column && `${column}:`, detail, count > 1 && `(${number(count)})`].filter(Boolean).join(' '),
  asFound: 'Detect',
  choose: 'Choose',
  chooseEncoding: 'The file may be in more than one encoding. Choose the one in which the names read right.',
  firstRows: 'First rows',
  columns: 'Which column holds what?',
  chooseFor: (fields) => `Choose a column for: ${fields.join(', ')}.`,
  importAs: 'Import as',
  target: capital,
  field: (name) => (name === 'email' ? 'E-mail' : capital(words(name))),
  fieldLabel: (name, required) => `${TEXT.field(name)}${required ? ' (required)' : ''}`,
  chooseColumn: 'Choose a column',
  notImported: 'Not imported',
  options: 'Options',
  onExisting: 'When a contact is there already',
  existing: { update: 'Replace its values', fill: 'Fill only what is empty', skip: 'Leave it as it is' },
  untouched: {
    chats: 'A chat of these participants that is there already is left as it is.',
    messages: 'A message that is in the queue already, by campaign, prospect and step, is left as it is.',
  },
  keepOthers: 'Keep the other columns as attributes',
  undoable: 'Can be undone for 30 days (takes longer)',
  outlook: 'What would happen',
  foreseeing: 'Comparing with what is there',
  notForeseen: 'For a file of this size this is not worked out beforehand.',
  would: {
    wouldInsert: 'New', wouldUpdate: 'Changed', unchanged: 'Unchanged',
    wouldSkip: 'Skipped', overridden: 'Overridden', wouldReject: 'Rejected',
  },
  row: (row, reason) => `Row ${number(row)}: ${reason}`,
  moreRows: (count) => `and ${plural(count, 'more row', 'more rows')}`,
  import: 'Import',
  startOver: 'Start over',
  inProgress: 'Already in progress, following it',
  alreadyImported: 'Already imported, this is its result',
  endedAs: (status) => `This import ended as ${status}. Click Import to start it again.`,

  progress: 'Import progress',
  result: 'Import result',
  status: 'Status:',
  unnamed: 'Without a name',
  lost: 'The service does not answer just now, trying again.',
  pending: (total) => `Waiting to start, ${plural(total, 'row', 'rows')}.`,
  ended: (status, done, total) => `${capital(status)}, ${number(done)} of ${plural(total, 'row', 'rows')} done.`,
  readingRows: (done, total) => `Reading, ${number(done)} of ${plural(total, 'row', 'rows')} read`,
  mergingRows: (done, total) => `Merging, ${number(done)} of ${plural(total, 'row', 'rows')} done`,
  pace: (rate, seconds) => `, ${number(rate)} rows per second, about ${duration(seconds)} left`,
  counts: {
    inserted: 'Inserted', updated: 'Updated', unchanged: 'Unchanged',
    skipped: 'Skipped', overridden: 'Overridden', rejected: 'Rejected',
  },
  summary: (name, count) => `${number(count)} ${name}`,
  downloadRejects: 'Download the rejected rows with their reasons (CSV)',
  kept: 'Kept as they are, since somebody changed them after the import',
  keptRow: ({ email, reason, fields }) => `${email}: ${reason}${fields.length ? ` (${fields.join(', ')})` : ''}`,

  correct: 'Correct them here',
  corrections: 'Rejected rows',
  correctionsHint: 'Change what is wrong, then send these rows again. They become an import of their own.',
  correctionsTable: 'Rows to correct',
  reason: 'What is wrong',
  rowNumber: 'Row',
  surplus: (number) => `Cell ${number}`,
  cell: (column, row) => `${column}, row ${row}`,
  shownCorrections: (shown, total) => `The first ${number(shown)} of ${plural(total, 'row', 'rows')} are shown. What is shown is what is sent.`,
  noMoreCorrections: 'To correct more of them, download the file.',
  moreCorrections: 'Show more rows',
  sendCorrected: 'Send the corrected rows',
  correctedName: (name) => `${(name ?? 'rows').replace(/\.[^.]*$/, '')} corrected.csv`,

  history: 'History',
  historyEmpty: 'Nothing imported yet. What you import will be listed here.',
  historyFailed: (title, detail) => `The last imports cannot be shown: ${title}. ${detail}`,
  into: (target) => `into ${target}`,
  startedBy: (who) => `by ${who}`,
  you: (email) => (email ? `${email} (you)` : 'you'),
  clicked: (times) => `clicked ${number(times)} times, imported once`,
  retry: 'Retry',
  runAgain: 'Run again',
  undo: 'Undo',
  undoing: (percent) => `being undone, ${percent} %`,
  undone: (undone, kept) => `undone: ${plural(undone, 'contact', 'contacts')}${kept ? `, ${number(kept)} kept` : ''}`,
  undoFailed: 'the undo stopped; ask for it again',
  undoQuestion: (name) => `Undo ${name}?`,
  undoMeaning: ({ inserted, updated }) =>
    [
      inserted && `${plural(inserted, 'new contact', 'new contacts')} will be deleted.`,
      updated && `${plural(updated, 'changed one', 'changed ones')} will get the old values back.`,
      inserted || updated ? 'What somebody changed since is kept.' : 'It has changed nothing.',
    ].filter(Boolean).join(' '),
  keep: 'Keep it',

  search: 'Address begins with',
  searchHint: 'Looks at e-mail addresses from their first letter on; names and companies are not searched.',
  contactsTable: 'Contacts found',
  contactsEmpty: 'No contacts yet. Import a file to get some.',
  contactsNone: (search) => `No address begins with "${search}".`,
  contactColumns: { email: 'E-mail', firstName: 'First name', lastName: 'Last name', phone: 'Phone', company: 'Company', attributes: 'Attributes' },

  queueStatus: 'Show',
  queueStatuses: { '': 'All', unknown: 'In doubt', pending: 'Waiting', processing: 'Being sent', sent: 'Sent', failed: 'Failed' },
  queueEmpty: 'No messages here.',
  queueDoubt: 'It is not known whether this went out: it is not sent again by itself. What do you know?',
  wasSent: 'It was sent',
  sendAgain: 'Send it again',
  message: ({ channel, prospectId, campaignId, step }) => `${channel} to ${prospectId}, campaign ${campaignId}, step ${step}`,
  messageTimes: ({ attempts, sentAt, scheduledFor }) =>
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
  answered: (status) => `The service answered ${status}`,
  fault: (field, detail) => (field ? `${field}: ${detail}` : detail),
};

/** The words of a name in camel case. */
function words(name) {
  return name.replace(/[A-Z]|\d+/g, ' $&').toLowerCase();
}

/** With a capital letter. */
export function capital(word) {
  return word[0].toUpperCase() + word.slice(1);
}
