import { ImportContacts } from './import-contacts'

export default function Page() {
  return (
    <main>
      <h1>Our contacts</h1>
      <ImportContacts />
    </main>
  )
}
