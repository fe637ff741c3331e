import '@importonce/button'
import { createClient } from '@supabase/supabase-js'

// VITE_SUPABASE_URL=… VITE_SUPABASE_ANON_KEY=… VITE_IMPORTONCE_URL=https://import.example.com npm run build
const { VITE_SUPABASE_URL, VITE_SUPABASE_ANON_KEY, VITE_IMPORTONCE_URL } = import.meta.env
const supabase = createClient(VITE_SUPABASE_URL, VITE_SUPABASE_ANON_KEY)

const signIn = document.querySelector('#sign-in')
const button = document.querySelector('import-once-button')
const status = document.querySelector('[role=status]')

button.server = VITE_IMPORTONCE_URL ?? 'http://localhost:8080'
// supabase-js renews a session that is about to end; the button asks again if the service refuses a token.
button.getToken = async () => (await supabase.auth.getSession()).data.session?.access_token
button.addEventListener('import-completed', ({ detail: job }) => {
  status.textContent = `${job.progress.inserted} new contacts`
})

supabase.auth.onAuthStateChange((_event, session) => {
  signIn.hidden = Boolean(session)
  button.hidden = !session
})

signIn.addEventListener('submit', async (event) => {
  event.preventDefault()
  const { email, password } = Object.fromEntries(new FormData(signIn))
  const { error } = await supabase.auth.signInWithPassword({ email, password })
  status.textContent = error?.message ?? ''
})
