import * as React from 'react'
import { createRoot } from 'react-dom/client'
import { ImportOnceButton } from '@importonce/button/react'

// The address of the service: VITE_IMPORTONCE_URL=https://import.example.com npm run build
const SERVER = import.meta.env.VITE_IMPORTONCE_URL ?? 'http://localhost:8080'
const FIXED = { onExisting: 'update', undoable: true }

function App() {
  const [job, setJob] = React.useState(null)
  return (
    <main>
      <h1>Our contacts</h1>
      <ImportOnceButton
        server={SERVER}
        target="contacts"
        label="Import contacts"
        mapping={FIXED}
        onImportCompleted={({ detail }) => setJob(detail)}
      />
      <p role="status">{job && `${job.progress.inserted} new contacts`}</p>
    </main>
  )
}

createRoot(document.querySelector('#root')).render(<App />)
