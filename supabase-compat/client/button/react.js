// The button as a component of React.
import { createComponent } from '@lit/react'
import * as React from 'react'
import { ImportOnceButton as ButtonElement, ImportOnceDialog as DialogElement } from './elements/index.js'

const events = {
  onImportStarted: 'import-started',
  onImportProgress: 'import-progress',
  onImportCompleted: 'import-completed',
  onImportFailed: 'import-failed',
  onImportClosed: 'import-closed',
}

export const ImportOnceButton = createComponent({ react: React, tagName: 'import-once-button', elementClass: ButtonElement, events })
export const ImportOnceDialog = createComponent({ react: React, tagName: 'import-once-dialog', elementClass: DialogElement, events })
