// Files on their way to the service: small ones at once, large ones piece by piece (tus 1.0), so that a lost connection costs a piece.

import { Problem, call, pause, send } from './api.js';
import { TEXT } from './texts.js';

// In base64 a piece stays below the 6 MB that AWS Lambda passes on.
const PIECE_BYTES = 4 * 1024 * 1024;
const RETRY_MS = 1000;
const MOST_RETRY_MS = 15_000;
const TUS = { 'Tus-Resumable': '1.0.0' };

/**
 * Sends a file ahead and answers its source. Throws a Problem, or the signal's reason when it is aborted.
 *
 * progress is called with the bytes that have arrived, and whether the connection is lost.
 */
export async function upload(file, { signal, progress }) {
  if (file.size > PIECE_BYTES) return resumable(file, signal, progress);
  return call(`/api/sources?fileName=${encodeURIComponent(file.name)}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/octet-stream' },
    body: file,
    signal,
  });
}

async function resumable(file, signal, progress) {
  const place = placeOf(file);
  let address = localStorage.getItem(place);
  let offset = address && (await offsetOf(address, signal));
  if (offset === null) {
    address = await create(file, signal);
    offset = 0;
    localStorage.setItem(place, address);
  }
  try {
    offset = await sendPieces(file, address, offset, signal, progress);
    const source = await call(address, { signal });
    localStorage.removeItem(place);
    return source;
  } catch (error) {
    if (signal.aborted) await send(address, { method: 'DELETE', headers: TUS }).catch(() => {});
    if (!error.temporary) localStorage.removeItem(place);
    throw error;
  }
}

async function sendPieces(file, address, offset, signal, progress) {
  let wait = RETRY_MS;
  while (offset < file.size) {
    progress(offset, false);
    try {
      const response = await send(address, {
        method: 'PATCH',
        headers: { ...TUS, 'Upload-Offset': offset, 'Content-Type': 'application/offset+octet-stream' },
        // Not read here: the browser does that beside the page, which stays as quick and small as ever.
        body: file.slice(offset, offset + PIECE_BYTES),
        signal,
      });
      offset = Number(response.headers.get('Upload-Offset'));
      wait = RETRY_MS;
    } catch (error) {
      if (signal.aborted || !(error.temporary || error.status === 409)) throw error;
      await mustBeReadable(file);
      progress(offset, true);
      await pause(wait, signal);
      wait = Math.min(MOST_RETRY_MS, wait * 2);
      offset = await offsetAgain(address, offset, signal);
    }
  }
  progress(offset, false);
  return offset;
}

/** Throws a Problem where it is not: the browser does not say whether the network or the file was the reason. */
export async function mustBeReadable(file) {
  try {
    await file.slice(0, 1).arrayBuffer();
  } catch {
    throw new Problem({ title: TEXT.changed(file.name), detail: TEXT.chooseAgain }, 400);
  }
}

async function create(file, signal) {
  const name = btoa(String.fromCodePoint(...new TextEncoder().encode(file.name)));
  const response = await send('/api/sources/tus', {
    method: 'POST',
    headers: { ...TUS, 'Upload-Length': file.size, 'Upload-Metadata': `filename ${name}` },
    signal,
  });
  return new URL(response.headers.get('Location'), location.href).pathname;
}

/** How much the service has, or null when it knows nothing of it. */
async function offsetOf(address, signal) {
  try {
    return Number((await send(address, { method: 'HEAD', headers: TUS, signal })).headers.get('Upload-Offset'));
  } catch (error) {
    if (signal.aborted || error.temporary) throw error;
    return null;
  }
}

async function offsetAgain(address, offset, signal) {
  try {
    return (await offsetOf(address, signal)) ?? gone();
  } catch (error) {
    if (signal.aborted || !error.temporary) throw error;
    return offset;
  }
}

function gone() {
  throw new Problem({ title: TEXT.uploadCancelled, detail: TEXT.chooseAgain }, 404);
}

function placeOf(file) {
  return `importonce.upload ${file.name} ${file.size} ${file.lastModified}`;
}
