// What a file is, and what importing it would do, before anything is done.

import { call } from './api.js';

// What takes the service longer than a person waits for is not worked out beforehand.
const MOST_BYTES = 32 * 1024 * 1024;
const SHOWN_REJECTS = 5;
const NUMBER = new Intl.NumberFormat('en', { useGrouping: 'min2' });
const COUNTS = {
  wouldInsert: 'New',
  wouldUpdate: 'Changed',
  unchanged: 'Unchanged',
  wouldSkip: 'Skipped',
  overridden: 'Overridden',
  wouldReject: 'Rejected',
};

const byId = (id) => document.getElementById(id);
let asked = 0;

/** Sends a file ahead; answers its source and what it was found to be. Throws a Problem. */
export async function inspect(file) {
  const source = await call(`/api/sources?fileName=${encodeURIComponent(file.name)}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/octet-stream' },
    body: file,
  });
  return { sourceId: source.sourceId, preview: await ask({ sourceId: source.sourceId }) };
}

/** Shows what importing a source would do; nothing without a mapping, or for a large file. Throws a Problem. */
export async function foresee(file, sourceId, mapping) {
  const mine = ++asked;
  byId('outlook').hidden = true;
  if (!mapping || file.size > MOST_BYTES) return;
  const preview = await ask({ sourceId, mapping });
  if (mine === asked) show(preview);
}

/** Shows nothing any more. */
export function forget() {
  asked++;
  byId('outlook').hidden = true;
}

/** A format in words. */
export function formatInWords({ type, delimiter, encoding, sheet, compression }) {
  const separated = { ',': 'commas', ';': 'semicolons', '\t': 'tabs', '|': 'vertical bars' }[delimiter];
  return [
    type.toUpperCase(),
    separated && `separated by ${separated}`,
    encoding,
    sheet && `sheet "${sheet}"`,
    compression && 'compressed',
  ].filter(Boolean).join(', ');
}

function ask(request) {
  return call('/api/migrations/preview', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(request),
  });
}

function show({ summary, rejects }) {
  const counts = Object.entries(COUNTS).filter(([name]) => summary[name] > 0 || name === 'wouldInsert');
  byId('outlook-counts').replaceChildren(...counts.map(([name, label]) => count(label, summary[name])));
  const rows = rejects.slice(0, SHOWN_REJECTS).map(({ row, reason }) => `Row ${row}: ${reason}`);
  if (summary.wouldReject > rows.length) rows.push(`and ${NUMBER.format(summary.wouldReject - rows.length)} more rows`);
  byId('outlook-rejects').replaceChildren(...rows.map(item));
  byId('outlook').hidden = false;
}

function count(label, value) {
  const pair = document.createElement('div');
  const term = document.createElement('dt');
  const number = document.createElement('dd');
  term.textContent = label;
  number.textContent = NUMBER.format(value);
  pair.append(term, number);
  return pair;
}

function item(text) {
  const element = document.createElement('li');
  element.textContent = text;
  return element;
}
