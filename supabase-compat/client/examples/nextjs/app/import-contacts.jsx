'use client'

import dynamic from 'next/dynamic'
import { useState } from 'react'

// The address of the service: NEXT_PUBLIC_IMPORTONCE_URL=https://import.example.com npm run build
const SERVER = process.env.NEXT_PUBLIC_IMPORTONCE_URL ?? 'http://localhost:8080'
const FIXED = { onExisting: 'update', undoable: true }

// Custom elements exist in browsers only, so the server does not render them.
const ImportOnceButton = dynamic(() => import('@importonce/button/react').then((button) => button.ImportOnceButton), { ssr: false })

export function ImportContacts() {
  const [job, setJob] = useState(null)
  return (
    <>
      <ImportOnceButton
        server={SERVER}
        target="contacts"
        label="Import contacts"
        mapping={FIXED}
        onImportCompleted={({ detail }) => setJob(detail)}
      />
      <p role="status">{job && `${job.progress.inserted} new contacts`}</p>
    </>
  )
}
