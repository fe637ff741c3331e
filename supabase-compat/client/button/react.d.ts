import type { EventName, ReactWebComponent } from '@lit/react'
import type { ImportEventMap, ImportOnceButton as ButtonElement, ImportOnceDialog as DialogElement } from './index.js'

interface Events {
  onImportStarted: EventName<ImportEventMap['import-started']>
  onImportProgress: EventName<ImportEventMap['import-progress']>
  onImportCompleted: EventName<ImportEventMap['import-completed']>
  onImportFailed: EventName<ImportEventMap['import-failed']>
  onImportClosed: EventName<ImportEventMap['import-closed']>
}

export declare const ImportOnceButton: ReactWebComponent<ButtonElement, Events & Record<string, EventName | string>>
export declare const ImportOnceDialog: ReactWebComponent<DialogElement, Events & Record<string, EventName | string>>
