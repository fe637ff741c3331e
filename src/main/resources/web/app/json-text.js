// JSON for people to edit.
// @ts-check

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;
const WIDTH = 100;
const STEP = '  ';

/**
 * A JSON text with line breaks and indents; what is short stays in one line. Not by JSON.parse, which would round large numbers.
 *
 * @param {string} text
 */
export function indented(text) {
  const tokens = text.match(TOKEN) ?? [];
  let at = 0;
  /** @type {(indent: string) => string} */
  const next = (indent) => {
    const open = tokens[at++] ?? '';
    if (open !== '{' && open !== '[') return open;
    const close = open === '{' ? '}' : ']';
    const inner = indent + STEP;
    const items = [];
    while (at < tokens.length && tokens[at] !== close) {
      let item = next(inner);
      if (tokens[at] === ':') {
        at++;
        item += `: ${next(inner)}`;
      }
      items.push(item);
      if (tokens[at] === ',') at++;
    }
    at++;
    const line = open + items.join(', ') + close;
    const fits = indent.length + line.length <= WIDTH && !line.includes('\n');
    return fits ? line : `${open}\n${items.map((item) => inner + item).join(',\n')}\n${indent}${close}`;
  };
  return next('');
}
