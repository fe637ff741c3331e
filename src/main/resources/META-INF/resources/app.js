// The page: choose a file, say which column is what, import it, follow the import.

import { Problem, call, showProblem } from './api.js';
import { readHeader } from './csv.js';
import { FIELDS, guess } from './fields.js';
import { refreshHistory } from './history.js';
import { follow, isFinal, unfollow } from './job.js';

const byId = (id) => document.getElementById(id);
const form = byId('form');
const fileInput = byId('file');
const importButton = byId('import');
const JOB_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

// What the next click on Import means. Every click that means the same sends the same key, so that it happens once.
let key = crypto.randomUUID();
let ownJob;
let sending = false;

function newDialog() {
  key = crypto.randomUUID();
  ownJob = undefined;
}

function tell({ problem = null, notice = '' }) {
  showProblem(byId('problem'), problem);
  byId('notice').textContent = notice;
}

function updateButtons() {
  importButton.disabled = sending || !fileInput.files.length || !form.elements.email?.value;
  byId('start-over').hidden = sending || !fileInput.files.length;
}

async function showColumns() {
  const [file] = fileInput.files;
  offer([]);
  if (!file) return;
  const columns = await readHeader(file).catch(() => []);
  if (file !== fileInput.files[0]) return;
  if (!columns.length) {
    tell({ problem: noColumns(file) });
    // Choosing the same file again, mended, is a change only then.
    fileInput.value = '';
  }
  offer(columns);
  if (columns.length && !form.elements.email.value)
    tell({ notice: 'Choose the column that holds the e-mail addresses.' });
}

function offer(columns) {
  byId('columns').hidden = !columns.length;
  byId('fields').replaceChildren(...(columns.length ? FIELDS.map((field) => choice(field, columns)) : []));
  updateButtons();
}

function noColumns(file) {
  return new Problem({
    title: `No column names found in ${file.name}`,
    detail: 'The first row must hold the names of the columns, in UTF-8 text. Save it as "CSV UTF-8" and choose it again.',
  });
}

function choice(field, columns) {
  const label = document.createElement('label');
  const select = document.createElement('select');
  label.textContent = field.label;
  label.htmlFor = select.id = `field-${field.name}`;
  select.name = field.name;
  select.required = field.name === 'email';
  select.append(new Option(select.required ? 'Choose a column' : 'Not imported', ''));
  // As written, not as shown: the server compares names as it trims them.
  select.append(...columns.map((column) => new Option(column.trim(), column)));
  select.value = guess(field, columns) ?? '';
  const pair = document.createElement('div');
  pair.className = 'field';
  pair.append(label, select);
  return pair;
}

function mapping() {
  const chosen = [...form.querySelectorAll('select')].filter((select) => select.value);
  return {
    target: 'contacts',
    fields: Object.fromEntries(chosen.map((select) => [select.name, select.value])),
    unmapped: byId('attributes').checked ? 'attributes' : 'ignore',
  };
}

async function send() {
  const [file] = fileInput.files;
  const sentKey = key;
  const body = new FormData();
  body.append('mapping', JSON.stringify(mapping()));
  body.append('file', file);
  tell({ notice: `Sending ${file.name}` });
  try {
    const job = await call('/api/migrations/run', { method: 'POST', headers: { 'Idempotency-Key': sentKey }, body });
    if (sentKey === key) ownJob = job.jobId;
    tell({ notice: job.created ? '' : alreadyThere(job) });
    open(job.jobId);
  } catch (problem) {
    tell({ problem: await explained(problem, file) });
  }
  refreshHistory();
}

function alreadyThere(job) {
  if (!isFinal(job)) return 'Already in progress, following it';
  if (job.status === 'completed') return 'Already imported, this is its result';
  return `This import ended as ${job.status}. Click Import to start it again.`;
}

/** A request that broke off: the browser does not say whether the network or the file was the reason. */
async function explained(problem, file) {
  if (!problem.temporary) return problem;
  try {
    await file.slice(0, 1).arrayBuffer();
    return problem;
  } catch {
    form.reset();
    return new Problem({ title: `${file.name} has changed since it was chosen`, detail: 'Choose it again.' });
  }
}

/** Without moving the page: the next click may be on its way. */
function open(id) {
  if (location.hash !== `#${id}`) history.pushState(null, '', `#${id}`);
  followHash(false);
}

async function followHash(reveal) {
  const id = location.hash.slice(1);
  if (!JOB_ID.test(id)) return unfollow();
  try {
    const job = await follow(id, reveal);
    if (!job) return;
    refreshHistory();
    // What did not come about may be asked for again.
    if (id === ownJob && job.status !== 'completed') newDialog();
  } catch (problem) {
    unfollow();
    tell({ problem });
  }
}

form.addEventListener('change', (event) => {
  newDialog();
  tell({});
  if (event.target === fileInput) showColumns();
  else updateButtons();
});

form.addEventListener('reset', () => {
  newDialog();
  tell({});
  // The controls are empty only after this event.
  setTimeout(() => {
    showColumns();
    fileInput.focus();
  });
});

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  if (importButton.disabled) return;
  sending = true;
  updateButtons();
  await send();
  sending = false;
  updateButtons();
  // A disabled button loses the keyboard's focus.
  if (document.activeElement === document.body) importButton.focus();
});

byId('history').addEventListener('problem', (event) => tell({ problem: event.detail }));
byId('history').addEventListener('click', (event) => {
  // A link to where we are changes nothing, but the job may be out of sight.
  if (event.target.matches(`a[href="${location.hash}"]`)) followHash(true);
});
window.addEventListener('hashchange', () => followHash(true));
followHash(false);
refreshHistory();
