// What the elements of an import have in common.
// @ts-check

import { LitElement } from 'lit';
/** @import { Flow } from './flow.js' */

/** An element that is drawn into the element around it: it has that one's styles, and its ids belong to that one's root. */
export class Part extends LitElement {
  createRenderRoot() {
    return this;
  }
}

/** A part that shows the state of an import. */
export class FlowPart extends Part {
  /** @type {import('lit').PropertyDeclarations} */
  static properties = { flow: { attribute: false } };
  #draw = () => this.requestUpdate();

  constructor() {
    super();
    /** @type {Flow | undefined} */
    this.flow = undefined;
  }

  connectedCallback() {
    super.connectedCallback();
    this.flow?.addEventListener('change', this.#draw);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.flow?.removeEventListener('change', this.#draw);
  }

  /** @param {Map<PropertyKey, unknown>} changed */
  willUpdate(changed) {
    if (!changed.has('flow')) return;
    /** @type {Flow | undefined} */ (changed.get('flow'))?.removeEventListener('change', this.#draw);
    if (this.isConnected) this.flow?.addEventListener('change', this.#draw);
  }
}

/** Defines an element, unless another copy of this code has. @param {string} name @param {CustomElementConstructor} element */
export function define(name, element) {
  if (!customElements.get(name)) customElements.define(name, element);
}
