// Reasons of the same kind differ only in the values that they quote.
// @ts-check

/** A value in the quotation marks of any of the languages. */
const QUOTED = /"[^"]*"|“[^”]*”|„[^“”]*[“”]|«[^»]*»|「[^」]*」/gu;

/** How a reason reads without the values of its row. @param {string} reason */
export function kindOf(reason) {
  return reason.replace(QUOTED, '…');
}

/** How many reasons there are of each kind, the most frequent first. @param {readonly string[]} reasons @returns {[kind: string, n: number][]} */
export function kindsOf(reasons) {
  /** @type {Map<string, number>} */
  const counted = new Map();
  for (const reason of reasons) counted.set(kindOf(reason), (counted.get(kindOf(reason)) ?? 0) + 1);
  return [...counted].sort(([, n], [, m]) => m - n);
}
