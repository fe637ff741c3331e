// tus-js-client against the service: sends a file, breaks off, goes on where it was. Prints what came of it as JSON.
import { createReadStream, statSync } from 'node:fs';
import { Upload } from 'tus-js-client';

const [base, path, breakAt] = process.argv.slice(2);
const size = statSync(path).size;
const metadata = { filename: 'Köln grün.csv', filetype: 'text/csv' };

function send(options) {
  return new Promise((done, failed) => {
    const upload = new Upload(createReadStream(path), {
      endpoint: `${base}/api/sources/tus`,
      uploadSize: size,
      chunkSize: 256 * 1024,
      retryDelays: [0, 100, 500],
      metadata,
      onError: failed,
      onSuccess: ({ lastResponse }) => done({ url: upload.url, sourceId: lastResponse.getHeader('Upload-Source-Id') }),
      ...options(() => upload, done),
    });
    upload.start();
  });
}

let uploadUrl;
if (Number(breakAt)) {
  uploadUrl = await send((upload, done) => ({
    onChunkComplete: (chunk, accepted) => {
      if (accepted >= Number(breakAt)) upload().abort().then(() => done(upload().url));
    },
  }));
}
let firstOffset;
const ended = await send(() => ({
  ...(uploadUrl && { uploadUrl }),
  onBeforeRequest: (request) => {
    if (request.getMethod() === 'PATCH') firstOffset ??= Number(request.getHeader('Upload-Offset'));
  },
}));
console.log(JSON.stringify({ ...ended, firstOffset }));
