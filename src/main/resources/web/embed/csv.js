// Lists of rejected rows as text, and back.
// @ts-check

/** A cell with a guard against spreadsheets that would run it as a formula; the import takes it off again. */
export const GUARDED = /^'(?='*[=+\-@\t\r\n])/;

/** A cell as people see it. @param {string} cell */
export function unguarded(cell) {
  return cell.replace(GUARDED, '');
}

/** A cell that people have changed, as the import reads it. @param {string} value */
export function guarded(value) {
  return GUARDED.test(`'${value}`) ? `'${value}` : value;
}

/**
 * Records of a CSV file (RFC 4180); if the file is not whole, without the last record, which may be incomplete.
 *
 * @param {string} text
 * @param {boolean} whole
 */
export function parse(text, whole) {
  const records = [];
  /** @type {string[]} */
  let record = [];
  for (const [, quoted, bare = '', end] of text.matchAll(/(?:"([^"]*(?:""[^"]*)*)"|([^",\r\n]*))(,|\r\n|\n|$)/gy)) {
    if (end === '' && (!whole || (!quoted && !bare && !record.length))) break;
    record.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    records.push(record);
    record = [];
    if (end === '') break;
  }
  return records;
}

/** @param {string[][]} records */
export function write(records) {
  return records.map((record) => record.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n') + '\r\n';
}
