// The page: its views, and who may see them.
// @ts-check

import { styles } from '../embed/styles.js';
import { h } from './dom.js';
import { ImportView } from './import.js';
import { mustSignIn, signOut, signedIn } from './session.js';
import { TEXT, namesOf } from './texts.js';
/** @typedef {keyof typeof TEXT.view} ViewName */
/** @typedef {{ element: HTMLElement, show: (job: string | null, moved: boolean) => unknown, hide?: () => void, dropped?: (files: FileList) => unknown, pasted?: (event: ClipboardEvent) => void }} View */

const JOB_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

// Modules that the import does not need are loaded on demand.
/** @type {Record<ViewName, () => Promise<View>>} */
const VIEWS = {
  import: async () => new ImportView(),
  contacts: async () => new (await import('./contacts.js')).ContactsView(),
  queue: async () => new (await import('./queue.js')).QueueView(),
  targets: async () => new (await import('./targets.js')).TargetsView(),
  integrity: async () => new (await import('./integrity.js')).IntegrityView(),
};

/** @type {Map<ViewName, View>} */
const built = new Map();
const links = new Map(namesOf(TEXT.view).map((name) => [name, h('a', { href: name === 'import' ? '#' : `#${name}` }, TEXT.view[name])]));
const out = h('button', { type: 'button', hidden: true, onclick: signOut }, TEXT.signOut);
const nav = h('nav', { 'aria-label': TEXT.views, hidden: true }, ...links.values(), out);
const main = h('main', { tabindex: '-1' });
/** @type {View | undefined} */
let shown;

if (styles.styleSheet) document.adoptedStyleSheets.push(styles.styleSheet);
document.body.append(
  h('header', {}, h('div', {}, h('h1', {}, h('img', { src: 'icon.svg', alt: '', width: 32, height: 32 }), TEXT.name), h('p', {}, TEXT.tagline)), nav),
  main);

/** The view and the job that the page's address names. @returns {{ name: ViewName, job: string | null }} */
function place() {
  const name = location.hash.slice(1);
  if (JOB_ID.test(name)) return { name: 'import', job: name };
  return { name: namesOf(VIEWS).find((known) => known === name) ?? 'import', job: null };
}

/** @param {boolean} moved */
async function show(moved) {
  const { name, job } = place();
  const view = built.get(name) ?? (await VIEWS[name]());
  built.set(name, view);
  if (name !== place().name) return;
  if (shown !== view) {
    shown?.hide?.();
    main.replaceChildren(view.element);
    document.title = name === 'import' ? TEXT.name : TEXT.title(TEXT.view[name]);
    links.forEach((link, other) => {
      if (other === name) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    });
    if (moved && !job) titleOf(view.element).focus();
  }
  shown = view;
  view.show(job, moved);
}

/**
 * The element of a view that gets the keyboard's focus.
 *
 * @param {HTMLElement} element
 * @returns {HTMLElement}
 */
function titleOf(element) {
  return element.querySelector('h2[tabindex]') ?? main;
}

/** @param {string} [notice] */
async function askWho(notice) {
  shown?.hide?.();
  shown = undefined;
  built.clear();
  nav.hidden = true;
  const { signInView } = await import('./sign-in.js');
  main.replaceChildren(signInView(notice, enter));
  titleOf(main).focus();
}

function enter() {
  nav.hidden = false;
  out.hidden = !signedIn();
  return show(false);
}

async function start() {
  if (await mustSignIn()) await askWho();
  else await enter();
}

window.addEventListener('hashchange', () => { if (shown) show(true); });
window.addEventListener('signed-out', () => askWho(TEXT.signInAgain));
// Otherwise the browser would leave the page and open a file that is dropped on it.
for (const moment of ['dragover', 'dragleave', 'drop']) {
  window.addEventListener(moment, (event) => {
    if (!(event instanceof DragEvent) || !event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    // The pointer leaves the page only if it does not enter another element of it.
    document.body.classList.toggle('dropping', moment === 'dragover' || Boolean(event.relatedTarget));
    if (moment === 'drop') shown?.dropped?.(event.dataTransfer.files);
  });
}
document.addEventListener('paste', (event) => {
  if (!(event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement) || event.target.type === 'file') shown?.pasted?.(event);
});
// A link to the current address changes nothing, but the job may be out of sight.
document.addEventListener('click', ({ target }) => {
  if (shown && target instanceof HTMLAnchorElement && target.hash && target.hash === location.hash) show(true);
});
start();
