// The page: choose a file, say which column is what, import it, follow the import.

import { Problem, call, showProblem } from './api.js';
import { chosenMapping, offerColumns } from './fields.js';
import { refreshHistory } from './history.js';
import { follow, isFinal, unfollow } from './job.js';
import { foresee, forget, formatInWords, inspect } from './preview.js';

const byId = (id) => document.getElementById(id);
const form = byId('form');
const fileInput = byId('file');
const importButton = byId('import');
const JOB_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

// What the next click on Import means. Every click that means the same sends the same key, so that it happens once.
let key = crypto.randomUUID();
let ownJob;
let sending = false;
// The chosen file as the service has it, once it does.
let sourceId;

function newDialog() {
  key = crypto.randomUUID();
  ownJob = undefined;
}

function tell({ problem = null, notice = '' }) {
  showProblem(byId('problem'), problem);
  byId('notice').textContent = notice;
}

function updateButtons() {
  importButton.disabled = sending || !sourceId || !chosenMapping();
  byId('start-over').hidden = sending || !fileInput.files.length;
}

async function inspectFile() {
  const [file] = fileInput.files;
  offer(null);
  if (!file) return;
  tell({ notice: `Reading ${file.name}` });
  try {
    const found = await inspect(file);
    if (file !== fileInput.files[0]) return;
    sourceId = found.sourceId;
    tell({ notice: found.preview.suggestedMapping.fields.email ? '' : 'Choose the column that holds the e-mail addresses.' });
    offer(found.preview);
    await showOutlook();
  } catch (problem) {
    if (file !== fileInput.files[0]) return;
    tell({ problem: await explained(problem, file) });
    // Choosing the same file again, mended, is a change only then.
    fileInput.value = '';
    offer(null);
  }
}

function offer(preview) {
  if (!preview) sourceId = undefined;
  forget();
  offerColumns(preview);
  byId('format').hidden = !preview;
  byId('format').textContent = preview ? `Found: ${formatInWords(preview.format)}` : '';
  updateButtons();
}

async function showOutlook() {
  const [file] = fileInput.files;
  try {
    await foresee(file, sourceId, chosenMapping());
  } catch (problem) {
    tell({ problem });
  }
}

async function send() {
  const [file] = fileInput.files;
  const sentKey = key;
  const body = JSON.stringify({ sourceId, mapping: chosenMapping() });
  const headers = { 'Idempotency-Key': sentKey, 'Content-Type': 'application/json' };
  tell({ notice: `Sending ${file.name}` });
  try {
    const job = await call('/api/migrations/run', { method: 'POST', headers, body });
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
  if (event.target === fileInput) return inspectFile();
  updateButtons();
  return showOutlook();
});

form.addEventListener('reset', () => {
  newDialog();
  tell({});
  // The controls are empty only after this event.
  setTimeout(() => {
    inspectFile();
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
