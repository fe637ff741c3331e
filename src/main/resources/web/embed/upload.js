// Uploads files: small ones in one request, large ones in pieces (tus 1.0), of which a lost connection costs only one.
// @ts-check

import { Problem, asProblem } from './service.js';
/** @import { Service } from './service.js' */
/** @import { Source } from '../../../../test/js/answers.d.ts' */

// In base64 a piece is smaller than the limit of AWS Lambda, 6 MB.
const PIECE_BYTES = 4 * 1024 * 1024;
const RETRY_MS = 1000;
const MOST_RETRY_MS = 15_000;
const TUS = { 'Tus-Resumable': '1.0.0' };

/** Where the address of an upload is kept for the time after a reload; pages in a sandbox have no such place. */
const kept = {
  /** @param {string} place */
  get: (place) => quietly(() => localStorage.getItem(place)) ?? null,
  /** @type {(place: string, address: string) => void} */
  set: (place, address) => quietly(() => localStorage.setItem(place, address)),
  /** @param {string} place */
  remove: (place) => quietly(() => localStorage.removeItem(place)),
};

/** @typedef {(sent: number, lost: boolean) => void} Progress called with the bytes that have arrived, and whether the connection is lost */

/**
 * Uploads a file and returns its source. Throws a Problem, or the signal's reason if the upload is aborted.
 *
 * @param {Service} service
 * @param {File} file
 * @param {{ signal: AbortSignal, progress: Progress }} options
 * @returns {Promise<Source>}
 */
export async function upload(service, file, { signal, progress }) {
  if (file.size > PIECE_BYTES) return resumable(service, file, signal, progress);
  return service.call(`/api/sources?fileName=${encodeURIComponent(file.name)}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/octet-stream' },
    body: file,
    signal,
  });
}

/**
 * @param {Service} service
 * @param {File} file
 * @param {AbortSignal} signal
 * @param {Progress} progress
 */
async function resumable(service, file, signal, progress) {
  const place = placeOf(service, file);
  let address = kept.get(place);
  let offset = address === null ? null : await offsetOf(service, address, signal);
  if (address === null || offset === null) {
    address = await create(service, file, signal);
    offset = 0;
    kept.set(place, address);
  }
  try {
    await sendPieces(service, file, address, offset, signal, progress);
    /** @type {Source} */
    const source = await service.call(address, { signal });
    kept.remove(place);
    return source;
  } catch (error) {
    if (signal.aborted) await service.send(address, { method: 'DELETE', headers: TUS }).catch(() => {});
    if (!asProblem(error).temporary) kept.remove(place);
    throw error;
  }
}

/**
 * @param {Service} service
 * @param {File} file
 * @param {string} address
 * @param {number} from
 * @param {AbortSignal} signal
 * @param {Progress} progress
 */
async function sendPieces(service, file, address, from, signal, progress) {
  let offset = from;
  let wait = RETRY_MS;
  while (offset < file.size) {
    progress(offset, false);
    try {
      const response = await service.send(address, {
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
      await mustBeReadable(service, file);
      progress(offset, true);
      await pause(wait, signal);
      wait = Math.min(MOST_RETRY_MS, wait * 2);
      offset = await offsetAgain(service, address, offset, signal);
    }
  }
  progress(offset, false);
}

/**
 * The reason why a request failed.
 *
 * @param {Service} service
 * @param {Problem} problem
 * @param {File} file
 */
export async function explained(service, problem, file) {
  if (!problem.temporary) return problem;
  return mustBeReadable(service, file).then(() => problem, asProblem);
}

/**
 * Throws a Problem if the file cannot be read: the browser does not say whether network or file failed.
 *
 * @param {Service} service
 * @param {File} file
 */
async function mustBeReadable(service, file) {
  try {
    await file.slice(0, 1).arrayBuffer();
  } catch {
    throw new Problem({ title: service.texts.say('changed', { name: file.name }), detail: service.texts.say('chooseAgain') }, 400);
  }
}

/**
 * @param {Service} service
 * @param {File} file
 * @param {AbortSignal} signal
 */
async function create(service, file, signal) {
  const name = btoa(String.fromCodePoint(...new TextEncoder().encode(file.name)));
  const response = await service.send('/api/sources/tus', {
    method: 'POST',
    headers: { ...TUS, 'Upload-Length': String(file.size), 'Upload-Metadata': `filename ${name}` },
    signal,
  });
  return pathOf(service, response.headers.get('Location') ?? '');
}

/**
 * The path of an address that the service has answered with.
 *
 * @param {Service} service
 * @param {string} location
 */
function pathOf(service, location) {
  const home = service.address('/');
  const { pathname } = new URL(location, home);
  // A proxy that has the service behind a path of its own may have added it.
  const prefix = new URL(home).pathname;
  return prefix !== '/' && pathname.startsWith(prefix) ? pathname.slice(prefix.length - 1) : pathname;
}

/**
 * The number of bytes that the service has, or null if it does not know the upload.
 *
 * @param {Service} service
 * @param {string} address
 * @param {AbortSignal} signal
 */
async function offsetOf(service, address, signal) {
  try {
    return Number((await service.send(address, { method: 'HEAD', headers: TUS, signal })).headers.get('Upload-Offset'));
  } catch (error) {
    if (signal.aborted || asProblem(error).temporary) throw error;
    return null;
  }
}

/**
 * @param {Service} service
 * @param {string} address
 * @param {number} offset
 * @param {AbortSignal} signal
 */
async function offsetAgain(service, address, offset, signal) {
  try {
    return (await offsetOf(service, address, signal)) ?? gone(service);
  } catch (error) {
    if (signal.aborted || !asProblem(error).temporary) throw error;
    return offset;
  }
}

/**
 * @param {Service} service
 * @returns {never}
 */
function gone({ texts }) {
  throw new Problem({ title: texts.say('uploadCancelled'), detail: texts.say('chooseAgain') }, 404);
}

/**
 * @param {Service} service
 * @param {File} file
 */
function placeOf(service, file) {
  return `importonce.upload ${service.address('/')} ${file.name} ${file.size} ${file.lastModified}`;
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

/**
 * @template T
 * @param {() => T} act
 */
function quietly(act) {
  try {
    return act();
  } catch {
    return undefined;
  }
}
