// Calls to the service, and what it says when it refuses one.

/** An error answer (RFC 9457), or none at all. */
export class Problem extends Error {
  constructor({ title, detail, errors }, temporary) {
    super(title);
    this.detail = detail ?? '';
    this.errors = errors ?? [];
    /** Whether the same request may succeed a little later. */
    this.temporary = temporary;
  }
}

/** The answer's JSON; throws a Problem. */
export async function call(path, options) {
  let response;
  try {
    response = await fetch(path, { cache: 'no-store', ...options });
  } catch {
    throw unreachable();
  }
  if (!response.ok) throw await problemOf(response);
  try {
    return await response.json();
  } catch {
    throw unreachable();
  }
}

function unreachable() {
  return new Problem({ title: 'The service cannot be reached', detail: 'Check that it is running, then try again.' }, true);
}

async function problemOf(response) {
  const temporary = [429, 502, 503, 504].includes(response.status);
  const told = await response.json().catch(() => ({}));
  return new Problem({ ...told, title: told.title ?? `The service answered ${response.status}` }, temporary);
}

/** Shows a Problem in an element, or nothing for null. */
export function showProblem(element, problem) {
  const parts = [];
  if (problem) {
    parts.push(textElement('strong', problem.message));
    if (problem.detail) parts.push(textElement('p', problem.detail));
    const faults = problem.errors
      .map((error) => (error.field ? `${error.field}: ${error.detail}` : error.detail))
      .filter((fault) => !problem.detail.includes(fault));
    if (faults.length) {
      const list = document.createElement('ul');
      list.append(...faults.map((fault) => textElement('li', fault)));
      parts.push(list);
    }
  }
  element.replaceChildren(...parts);
  if (problem) element.scrollIntoView({ block: 'nearest' });
}

function textElement(name, text) {
  const element = document.createElement(name);
  element.textContent = text;
  return element;
}
