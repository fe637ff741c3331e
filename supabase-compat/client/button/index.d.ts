import type { Job, Mapping } from './client.js'

export type { Job, Mapping } from './client.js'

/** Texts of the page's own, by key; a text may have forms for the plural categories of its language. */
export type Texts = Record<string, string | Record<string, string>>

/** Gives the caller's token. It is called before the first request, and again after a 401. */
export type GetToken = () => string | null | undefined | Promise<string | null | undefined>

/** Parts of the mapping that are fixed: nobody is asked for them. */
export type FixedMapping = Partial<Mapping>

/** They bubble, also out of shadow roots. */
export interface ImportEventMap {
  'import-started': CustomEvent<Job>
  'import-progress': CustomEvent<Job>
  'import-completed': CustomEvent<Job>
  'import-failed': CustomEvent<Job>
  'import-closed': CustomEvent<Job | null>
}

declare class ImportOnceElement extends HTMLElement {
  /** The address of the service. Default: where the script came from, which a bundled script does not know. */
  server?: string
  /** What to import into. Default: the user chooses. */
  target?: string
  /** A language tag. Default: the language of the page. */
  locale?: string
  getToken?: GetToken
  mapping?: FixedMapping
  texts?: Texts
  addEventListener<K extends keyof ImportEventMap>(type: K, listener: (event: ImportEventMap[K]) => unknown, options?: boolean | AddEventListenerOptions): void
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void
}

export class ImportOnceButton extends ImportOnceElement {
  /** The button's text. Default: "Import a file", in its language. */
  label?: string
  /** Opens the import. */
  open(): Promise<void>
}

export class ImportOnceDialog extends ImportOnceElement {
  /** Opens the import, or comes back to it. */
  show(): Promise<void>
  /** Closes the dialog; an import that has started goes on. */
  close(): void
}

declare global {
  interface HTMLElementTagNameMap {
    'import-once-button': ImportOnceButton
    'import-once-dialog': ImportOnceDialog
  }
}
