// The real client and the Edge Function at BASE, which hands over to SERVICE. Each check prints its sentence.
import assert from 'node:assert/strict'
import { check, file, talk } from './invoke.mjs'

const { BASE, SERVICE, TOKEN } = process.env
const mapping = { target: 'contacts', fields: { email: 'email', firstName: 'first' } }
const { client, supabase, form, get, ended, invoke } = talk({ base: BASE, service: SERVICE, token: TOKEN, mapping })

await check('FormData', async () => {
  const run = await invoke('migrations-run', { body: form(file()) })
  assert.equal(run.created, true)
  const done = await ended(run.jobId)
  assert.equal(done.status, 'completed')
  assert.equal(done.fileName, 'Kontakte Köln.csv')
})

await check('JSON', async () => {
  const upload = { method: 'POST', body: file(), headers: { Authorization: `Bearer ${TOKEN}` } }
  const { sourceId } = await (await fetch(`${SERVICE}/api/sources`, upload)).json()
  const run = await invoke('migrations-run', { body: { sourceId, mapping } })
  assert.equal((await ended(run.jobId)).progress.inserted, 1)
})

await check('a File, with name and mapping in the address', async () => {
  const content = file()
  const address = `migrations-run?mapping=${encodeURIComponent(JSON.stringify(mapping))}&fileName=${encodeURIComponent(content.name)}`
  const done = await ended((await invoke(address, { body: content })).jobId)
  assert.equal(done.fileName, 'Kontakte Köln.csv')
  assert.equal(done.progress.inserted, 1)
})

await check('a double click of a file of many megabytes is one job, and its bytes come whole', async () => {
  const content = file(200000)
  const runs = await Promise.all([1, 2].map(() => invoke('migrations-run', { body: form(content) })))
  assert.equal(runs[0].jobId, runs[1].jobId)
  assert.deepEqual(runs.map((run) => run.created).sort(), [false, true])
  assert.equal(runs.find((run) => !run.created).message, 'Job already in progress')
  assert.equal((await get(`/api/migrations/${runs[0].jobId}`)).fileBytes, content.size)
})

await check('error bodies come through', async () => {
  const refused = async (who, body) => {
    const { data, error } = await who.functions.invoke('migrations-run', { body })
    assert.equal(data, null)
    assert.equal(error.name, 'FunctionsHttpError')
    return error.context.json()
  }
  assert.equal((await refused(client('nonsense'), form(file()))).type, 'urn:importonce:problem:unauthenticated')
  const wrong = new FormData()
  wrong.append('file', file())
  wrong.append('mapping', JSON.stringify({ target: 'contacts', fields: { email: 'E-Mail' } }))
  assert.equal((await refused(supabase, wrong)).type, 'urn:importonce:problem:unknown-column')
})

await check('a page may ask first', async () => {
  const headers = {
    Origin: 'https://app.example',
    'Access-Control-Request-Method': 'POST',
    'Access-Control-Request-Headers': 'authorization,x-client-info,apikey,content-type,x-region,x-retry-count',
  }
  const preflight = await fetch(`${BASE}/functions/v1/migrations-run`, { method: 'OPTIONS', headers })
  assert.equal(preflight.status, 204)
  assert.equal(preflight.headers.get('access-control-allow-origin'), '*')
  const allowed = preflight.headers.get('access-control-allow-headers').split(',').map((name) => name.trim())
  for (const name of headers['Access-Control-Request-Headers'].split(',')) assert.ok(allowed.includes(name), name)
})

await check('nothing but the function is to be had behind it', async () => {
  const answer = await fetch(`${BASE}/q/metrics`)
  assert.equal(answer.status, 405)
})
