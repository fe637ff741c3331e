// <import-once-button>: a button that opens the import.
// @ts-check

import { css, html } from 'lit';
import { define } from './element.js';
import { HostElement } from './host.js';
import { ImportOnceDialog } from './dialog.js';

const LOOK = css`
:host { display: inline-block; }
:host([hidden]) { display: none; }
button {
  min-height: 2.5rem;
  padding: .4rem 1.2rem;
  background: var(--importonce-accent, light-dark(#0b57d0, #8ab4f8));
  color: var(--importonce-on-accent, light-dark(#fff, #0a1a33));
  border: 0;
  border-radius: var(--importonce-radius, .4rem);
  font: inherit;
  font-family: var(--importonce-font, inherit);
  font-weight: 600;
  cursor: pointer;
}
button:focus-visible { outline: 3px solid var(--importonce-accent, light-dark(#0b57d0, #8ab4f8)); outline-offset: 2px; }
:host { color-scheme: var(--importonce-color-scheme, light dark); }
`;

/**
 * A button that opens the import in a dialog.
 *
 * @fires import-started - The service has taken the import; detail is the job.
 * @fires import-progress - The job has a new state; detail is the job.
 * @fires import-completed - The import is complete; detail is the job.
 * @fires import-failed - The import has failed or was cancelled; detail is the job.
 * @fires import-closed - The dialog was closed; detail is the job, or null.
 * @csspart button - The button itself.
 * @csspart dialog - The dialog.
 */
export class ImportOnceButton extends HostElement {
  static styles = LOOK;
  /** @type {import('lit').PropertyDeclarations} */
  static properties = { label: { reflect: true } };

  /** @type {ImportOnceDialog | undefined} */
  #dialog;

  constructor() {
    super();
    /** The button's text; "Import a file" in its language if it is not set. @type {string | undefined} */
    this.label = undefined;
  }

  render() {
    return html`<button part="button" type="button" aria-haspopup="dialog" @click=${this.open}>${this.label || this.spoken.say('title')}</button><slot></slot>`;
  }

  /** Opens the dialog, or comes back to it. */
  open() {
    this.#dialog ??= newDialog();
    const { server, target, locale, getToken, mapping, texts } = this;
    Object.assign(this.#dialog, { server, target, locale: locale || this.spoken.locale, getToken, mapping, texts });
    // In the shadow root: its events bubble through this element, and no form of the page contains its controls.
    if (!this.#dialog.isConnected) this.renderRoot.append(this.#dialog);
    return this.#dialog.show();
  }
}

/** A dialog whose part is one of the element around it. */
function newDialog() {
  const dialog = new ImportOnceDialog();
  dialog.setAttribute('exportparts', 'dialog');
  return dialog;
}

define('import-once-button', ImportOnceButton);
