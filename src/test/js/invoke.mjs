// What checks with the real supabase-js share: who asks, what is sent, and how a job is followed.
import assert from 'node:assert/strict'
import { File as NodeFile } from 'node:buffer'
import { randomUUID } from 'node:crypto'
import { createClient } from '@supabase/supabase-js'

// What older versions of Node have, but not everywhere.
globalThis.File ??= NodeFile
// Nobody listens to Realtime here.
class NoSocket {}

export const ANON = 'sb_publishable_of_this_test'

/** A file whose addresses nobody has used before. */
export const file = (rows = 1) =>
  new File(
    ['email,first\n' + Array.from({ length: rows }, () => `${randomUUID()}@example.com,Ann\n`).join('')],
    'Kontakte Köln.csv',
    { type: 'text/csv' },
  )

export const check = async (sentence, body) => {
  await body()
  console.log(`ok ${sentence}`)
}

/** Functions are invoked at base, jobs looked at in the service; global: what else the client is given. */
export const talk = ({ base, service = base, token, mapping, global = {} }) => {
  const client = (as) => createClient(base, ANON, { accessToken: async () => as, realtime: { transport: NoSocket }, global })
  const supabase = client(token)
  const form = (content) => {
    const body = new FormData()
    body.append('file', content)
    body.append('mapping', JSON.stringify(mapping))
    return body
  }
  const get = async (path) => (await fetch(service + path, { headers: { Authorization: `Bearer ${token}`, apikey: ANON } })).json()
  const ended = async (id) => {
    for (;;) {
      const job = await get(`/api/migrations/${id}`)
      if (job.finishedAt) return job
      await new Promise((resume) => { setTimeout(resume, 20) })
    }
  }
  const invoke = async (name, options) => {
    const { data, error } = await supabase.functions.invoke(name, options)
    assert.equal(error, null, JSON.stringify(await error?.context?.json?.()))
    return data
  }
  return { client, supabase, form, get, ended, invoke }
}
