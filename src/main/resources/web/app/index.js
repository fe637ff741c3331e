// The page: its views, its language, and who may see them.
// @ts-check

import { html, nothing } from 'lit';
import { define } from '../embed/element.js';
import { options } from '../embed/parts.js';
import { styles } from '../embed/styles.js';
import { ImportView } from './import.js';
import { store } from './store.js';
import { LANGUAGES } from './texts.js';
import { View } from './view.js';
/** @import { PageKey } from './texts.js' */
/** @typedef {'import' | 'contacts' | 'queue' | 'targets' | 'integrity'} ViewName */
/** @typedef {View & { show?: (job: string | null, moved: boolean) => unknown, hide?: () => void, dropped?: (files: FileList) => unknown, pasted?: (event: ClipboardEvent) => void }} Shown */

const JOB_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

// Modules that the import does not need are loaded on demand.
/** @type {Record<ViewName, () => Promise<Shown>>} */
const VIEWS = {
  import: async () => new ImportView(),
  contacts: async () => new (await import('./contacts.js')).ContactsView(),
  queue: async () => new (await import('./queue.js')).QueueView(),
  targets: async () => new (await import('./targets.js')).TargetsView(),
  integrity: async () => new (await import('./integrity.js')).IntegrityView(),
};
const NAMES = /** @type {ViewName[]} */ (Object.keys(VIEWS));

export class PageElement extends View {
  /** @type {import('lit').PropertyDeclarations} */
  static properties = { view: { state: true }, name: { state: true }, inside: { state: true } };

  /** @type {Map<ViewName, Shown>} */
  #built = new Map();

  constructor() {
    super();
    /** What is shown. @type {Shown | undefined} */
    this.view = undefined;
    /** Its name, if it has one. @type {ViewName | undefined} */
    this.name = undefined;
    /** Whether the user may see the views. */
    this.inside = false;
  }

  render() {
    const { texts } = this;
    return html`<header>
        <h1><img src="icon.svg" alt="" width="32" height="32">ImportOnce</h1>
        <p>${texts.say('tagline')}</p>
        <select class="language" aria-label=${texts.say('language')} @change=${this.#languageChosen}>${options(LANGUAGES, texts.language)}</select>
        <nav aria-label=${texts.say('views')} ?hidden=${!this.inside}>
          ${NAMES.map((name) => html`<a href=${name === 'import' ? '#' : `#${name}`} aria-current=${name === this.name ? 'page' : nothing}>${texts.say(titleOf(name))}</a>`)}
          <button type="button" ?hidden=${!store.session.signedIn} @click=${() => store.session.end()}>${texts.say('signOut')}</button>
        </nav>
      </header>
      <main tabindex="-1">${this.view}</main>`;
  }

  updated() {
    const { name, texts } = this;
    document.title = !name || name === 'import' ? 'ImportOnce' : `${texts.say(titleOf(name))} · ImportOnce`;
  }

  /** Shows the view that the address names, or the sign-in. */
  async open() {
    window.addEventListener('hashchange', () => this.#go(true));
    store.session.addEventListener('ended', () => this.#askWho(true));
    if (await store.session.mustSignIn()) await this.#askWho(false);
    else await this.#enter();
  }

  /** A link to the address where the user is already: the job may be out of sight. */
  again() {
    return this.#go(true);
  }

  /** @param {boolean} moved */
  async #go(moved) {
    if (!this.inside) return;
    const { name, job } = place();
    const view = this.#built.get(name) ?? (await VIEWS[name]());
    this.#built.set(name, view);
    // Meanwhile the user may have gone elsewhere.
    if (name !== place().name || !this.inside) return;
    const another = this.view !== view;
    if (another) await this.#put(view, name);
    if (this.view !== view) return;
    if (another && moved && !job) this.#focus();
    view.show?.(job, moved);
  }

  /** @param {Shown} view @param {ViewName} [name] */
  async #put(view, name) {
    this.view?.hide?.();
    this.view = view;
    this.name = name;
    await this.updateComplete;
    await view.updateComplete;
  }

  #focus() {
    (this.view?.start ?? this.querySelector('main'))?.focus();
  }

  /** @param {boolean} again whether a session has ended */
  async #askWho(again) {
    this.#built.clear();
    this.inside = false;
    const { SignInView } = await import('./sign-in.js');
    const view = Object.assign(new SignInView(), { again });
    view.addEventListener('entered', () => this.#enter());
    await this.#put(view);
    this.#focus();
  }

  #enter() {
    this.inside = true;
    return this.#go(false);
  }

  /** @param {Event} event */
  #languageChosen({ target }) {
    return store.choose(/** @type {HTMLSelectElement} */ (target).value);
  }
}

/** The view and the job that the page's address names. @returns {{ name: ViewName, job: string | null }} */
function place() {
  const name = location.hash.slice(1);
  if (JOB_ID.test(name)) return { name: 'import', job: name };
  return { name: NAMES.find((known) => known === name) ?? 'import', job: null };
}

/** @param {ViewName} name */
function titleOf(name) {
  return /** @type {PageKey} */ (`view.${name}`);
}

define('import-once-page', PageElement);

if (styles.styleSheet) document.adoptedStyleSheets.push(styles.styleSheet);
const page = new PageElement();

// Otherwise the browser would leave the page and open a file that is dropped on it.
for (const moment of ['dragover', 'dragleave', 'drop']) {
  window.addEventListener(moment, (event) => {
    if (!(event instanceof DragEvent) || !event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    // The pointer leaves the page only if it does not enter another element of it.
    document.body.classList.toggle('dropping', moment === 'dragover' || Boolean(event.relatedTarget));
    if (moment === 'drop') page.view?.dropped?.(event.dataTransfer.files);
  });
}
document.addEventListener('paste', (event) => {
  if (!(event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement) || event.target.type === 'file') page.view?.pasted?.(event);
});
document.addEventListener('click', ({ target }) => {
  if (target instanceof HTMLAnchorElement && target.hash && target.hash === location.hash) page.again();
});

// Nothing is shown before it can be read, except for the name.
store.speak().then(() => {
  document.body.replaceChildren(page);
  return page.open();
});
