// The rejected rows of a job, and what a user has made of them.
// @ts-check

import { guarded, unguarded, write } from './csv.js';
import { kindOf, kindsOf } from './kinds.js';

/**
 * A rejected row: its cells as the service sent them and as they are now.
 *
 * @typedef {{ number: string, reason: string, kind: string, sent: readonly string[], cells: string[] }} Row
 */
/** @typedef {{ name: string, at: number }} Column a column's name, and the index of its cells */

export class RejectList {
  #header;

  /**
   * @param {string[]} header the columns' names, and those of number and reason
   * @param {string[][]} records
   * @param {(cell: number) => string} surplus names a cell that belongs to no column
   */
  constructor(header, records, surplus) {
    const number = Math.max(0, header.length - 2);
    const widest = records.reduce((most, cells) => Math.max(most, cells.length), 0);
    this.#header = header;
    /** @type {Column[]} */
    this.columns = [
      ...header.slice(0, number).map((name, at) => ({ name, at })),
      // They come after number and reason.
      ...Array.from({ length: Math.max(0, widest - header.length) }, (_, i) => ({ name: surplus(number + i + 1), at: header.length + i }))];
    /** @type {Row[]} */
    this.rows = records.map((sent) => {
      const reason = unguarded(sent[number + 1] ?? '');
      return { number: sent[number] ?? '', reason, kind: kindOf(reason), sent, cells: [...sent] };
    });
    this.kinds = kindsOf(this.rows.map(({ reason }) => reason));
  }

  /** The rows with reasons of a kind, or all. @param {string} kind */
  ofKind(kind) {
    return kind ? this.rows.filter((row) => row.kind === kind) : this.rows;
  }

  /** A cell as people see it. @param {Row} row @param {number} at */
  value({ cells }, at) {
    return unguarded(cells[at] ?? '');
  }

  /** @param {Row} row @param {number} at */
  isChanged({ cells, sent }, at) {
    return (cells[at] ?? '') !== (sent[at] ?? '');
  }

  /** The column that a row's reason is about, if it is about one. @param {Row} row */
  blamed({ reason }) {
    return this.columns.find(({ name }) => blames(reason, unguarded(name).trim()));
  }

  /** @param {Row} row @param {number} at @param {string} value */
  set({ cells }, at, value) {
    while (cells.length < at) cells.push('');
    cells[at] = guarded(value);
  }

  /** Replaces a text in the cells of rows, and says in how many. @param {readonly Row[]} rows @param {string} find @param {string} replacement */
  replace(rows, find, replacement) {
    let n = 0;
    for (const row of rows) {
      for (const { at } of this.columns) {
        const value = this.value(row, at);
        if (!find || !value.includes(find)) continue;
        this.set(row, at, value.replaceAll(find, () => replacement));
        n++;
      }
    }
    return n;
  }

  /** The other rows that had the same value there, for the same reason, and do not have the new one yet. @param {Row} row @param {number} at */
  alike(row, at) {
    const now = row.cells[at] ?? '';
    return this.rows.filter((other) => other.kind === row.kind && (other.sent[at] ?? '') === (row.sent[at] ?? '') && (other.cells[at] ?? '') !== now);
  }

  /** Sets a cell's value in all rows alike, and says in how many. @param {Row} row @param {number} at */
  apply(row, at) {
    const alike = this.alike(row, at);
    for (const other of alike) this.set(other, at, this.value(row, at));
    return alike.length;
  }

  /** The rows as a file to import. */
  file() {
    return write([this.#header, ...this.rows.map(({ cells }) => cells)]);
  }
}

/** Whether a reason is about a column: such a reason begins, in each language, with the column's name. @param {string} reason @param {string} column */
function blames(reason, column) {
  return column !== '' && reason.startsWith(column) && /^(?: is |\s?: |\s?["„“«「])/.test(reason.slice(column.length));
}
