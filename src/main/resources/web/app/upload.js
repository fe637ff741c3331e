// Uploads files: small ones in one request, large ones in pieces (tus 1.0), of which a lost connection costs only one.
// @ts-check

import { Problem, asProblem, call, send } from './api.js';
import { TEXT } from './texts.js';
/** @import { Source } from '../../../../test/js/answers.d.ts' */

// In base64 a piece is smaller than the limit of AWS Lambda, 6 MB.
const PIECE_BYTES = 4 * 1024 * 1024;
const RETRY_MS = 1000;
const MOST_RETRY_MS = 15_000;
const TUS = { 'Tus-Resumable': '1.0.0' };

/** @typedef {(sent: number, lost: boolean) => void} Progress called with the bytes that have arrived, and whether the connection is lost */

/**
 * Uploads a file and returns its source. Throws a Problem, or the signal's reason if the upload is aborted.
 *
 * @param {File} file
 * @param {{ signal: AbortSignal, progress: Progress }} options
 * @returns {Promise<Source>}
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

/**
 * @param {File} file
 * @param {AbortSignal} signal
 * @param {Progress} progress
 */
async function resumable(file, signal, progress) {
  const place = placeOf(file);
  let address = localStorage.getItem(place);
  let offset = address === null ? null : await offsetOf(address, signal);
  if (address === null || offset === null) {
    address = await create(file, signal);
    offset = 0;
    localStorage.setItem(place, address);
  }
  try {
    await sendPieces(file, address, offset, signal, progress);
    /** @type {Source} */
    const source = await call(address, { signal });
    localStorage.removeItem(place);
    return source;
  } catch (error) {
    if (signal.aborted) await send(address, { method: 'DELETE', headers: TUS }).catch(() => {});
    if (!asProblem(error).temporary) localStorage.removeItem(place);
    throw error;
  }
}

/**
 * @param {File} file
 * @param {string} address
 * @param {number} from
 * @param {AbortSignal} signal
 * @param {Progress} progress
 */
async function sendPieces(file, address, from, signal, progress) {
  let offset = from;
  let wait = RETRY_MS;
  while (offset < file.size) {
    progress(offset, false);
    try {
      const response = await send(address, {
        method: 'PATCH',
        headers: { ...TUS, 'Upload-Offset': String(offset), 'Content-Type': 'application/offset+octet-stream' },
        // The page does not read the file: the browser does so outside of the page's thread and memory.
        body: file.slice(offset, offset + PIECE_BYTES),
        signal,
      });
      offset = Number(response.headers.get('Upload-Offset'));
      wait = RETRY_MS;
    } catch (error) {
      const { temporary, status } = asProblem(error);
      if (signal.aborted || !(temporary || status === 409)) throw error;
      await mustBeReadable(file);
      progress(offset, true);
      await pause(wait, signal);
      wait = Math.min(MOST_RETRY_MS, wait * 2);
      offset = await offsetAgain(address, offset, signal);
    }
  }
  progress(offset, false);
}

/**
 * The reason why a request failed.
 *
 * @param {Problem} problem
 * @param {File} file
 */
export async function explained(problem, file) {
  if (!problem.temporary) return problem;
  return mustBeReadable(file).then(() => problem, asProblem);
}

/** Throws a Problem if the file cannot be read: the browser does not say whether network or file failed. @param {File} file */
async function mustBeReadable(file) {
  try {
    await file.slice(0, 1).arrayBuffer();
  } catch {
    throw new Problem({ title: TEXT.changed(file.name), detail: TEXT.chooseAgain }, 400);
  }
}

/**
 * @param {File} file
 * @param {AbortSignal} signal
 */
async function create(file, signal) {
  const name = btoa(String.fromCodePoint(...new TextEncoder().encode(file.name)));
  const response = await send('/api/sources/tus', {
    method: 'POST',
    headers: { ...TUS, 'Upload-Length': String(file.size), 'Upload-Metadata': `filename ${name}` },
    signal,
  });
  return new URL(response.headers.get('Location') ?? '', location.href).pathname;
}

/**
 * The number of bytes that the service has, or null if it does not know the upload.
 *
 * @param {string} address
 * @param {AbortSignal} signal
 */
async function offsetOf(address, signal) {
  try {
    return Number((await send(address, { method: 'HEAD', headers: TUS, signal })).headers.get('Upload-Offset'));
  } catch (error) {
    if (signal.aborted || asProblem(error).temporary) throw error;
    return null;
  }
}

/**
 * @param {string} address
 * @param {number} offset
 * @param {AbortSignal} signal
 */
async function offsetAgain(address, offset, signal) {
  try {
    return (await offsetOf(address, signal)) ?? gone();
  } catch (error) {
    if (signal.aborted || !asProblem(error).temporary) throw error;
    return offset;
  }
}

/** @returns {never} */
function gone() {
  throw new Problem({ title: TEXT.uploadCancelled, detail: TEXT.chooseAgain }, 404);
}

/** @param {File} file */
function placeOf(file) {
  return `importonce.upload ${file.name} ${file.size} ${file.lastModified}`;
}

/**
 * @param {number} millis
 * @param {AbortSignal} signal
 */
function pause(millis, signal) {
  return new Promise((done, stopped) => {
    const timer = setTimeout(done, millis);
    signal.addEventListener('abort', () => { clearTimeout(timer); stopped(signal.reason); }, { once: true });
  });
}
