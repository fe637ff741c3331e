// Reads a CSV file's first record the way the server does (source.Sample, source.CsvPlanner).

const SAMPLE_BYTES = 64 * 1024;
const DELIMITERS = [',', ';', '\t', '|'];

/** The column names of a file, as they are written; empty when its beginning is not UTF-8 text. */
export async function readHeader(file) {
  const bytes = await file.slice(0, SAMPLE_BYTES).arrayBuffer();
  // stream: the sample may end inside a character. A byte order mark is dropped.
  const text = new TextDecoder().decode(bytes, { stream: true });
  let header = [];
  for (const delimiter of DELIMITERS) {
    const cells = firstRecord(text, delimiter);
    if (cells.length > header.length) header = cells;
  }
  const readable = header.every((cell) => !/[\0\uFFFD]/.test(cell));
  return readable ? header.filter((cell) => cell.trim() !== '') : [];
}

/** The cells of the first line that is not blank (RFC 4180); text behind a closing quote belongs to its cell. */
export function firstRecord(text, delimiter) {
  const cells = [];
  let cell = '';
  let place = 'start'; // start of a cell, 'bare', 'quoted' or 'closed' (behind a closing quote)
  for (const char of text.replace(/^[\r\n]+/, '')) {
    if (place === 'quoted') {
      if (char === '"') place = 'closed';
      else cell += char;
    } else if (char === '\r' || char === '\n') {
      break;
    } else if (char === delimiter) {
      cells.push(cell);
      cell = '';
      place = 'start';
    } else if (char === '"' && place !== 'bare') {
      if (place === 'closed') cell += char;
      place = 'quoted';
    } else {
      cell += char;
      if (place === 'start') place = 'bare';
    }
  }
  cells.push(cell);
  return cells;
}
