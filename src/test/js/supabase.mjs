// The real client against the running service: BASE, TOKEN, EXPIRED. Each check prints its sentence; the first that fails ends it.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { ImportOnce, ImportProblem } from '@importonce/button/client'
import { ANON, check, file, talk } from './invoke.mjs'

const { BASE, TOKEN, EXPIRED } = process.env
const mapping = { target: 'contacts', fields: { email: 'email', firstName: 'first' }, unmapped: 'attributes' }
const sent = new Set()

const spying = async (input, init) => {
  new Headers(init?.headers).forEach((value, name) => sent.add(name))
  return fetch(input, init)
}
const { client, supabase, form, ended, invoke } = talk({ base: BASE, token: TOKEN, mapping, global: { fetch: spying } })

await check('FormData', async () => {
  const run = await invoke('migrations-run', { body: form(file()) })
  assert.equal(run.created, true)
  const job = await ended(run.jobId)
  assert.equal(job.status, 'completed')
  assert.equal(job.fileName, 'Kontakte Köln.csv')
  assert.equal(job.progress.inserted, 1)
})

await check('JSON', async () => {
  const content = file()
  const source = await (
    await fetch(`${BASE}/api/sources?fileName=json.csv`, {
      method: 'POST',
      body: content,
      headers: { Authorization: `Bearer ${TOKEN}` },
    })
  ).json()
  const run = await invoke('migrations-run', { body: { sourceId: source.sourceId, mapping } })
  assert.equal(run.created, true)
  assert.equal((await ended(run.jobId)).progress.inserted, 1)
})

await check('a File, with name and mapping in the address', async () => {
  const content = file()
  const address = `migrations-run?mapping=${encodeURIComponent(JSON.stringify(mapping))}&fileName=${encodeURIComponent(content.name)}`
  const run = await invoke(address, { body: content })
  assert.equal(run.created, true)
  const job = await ended(run.jobId)
  assert.equal(job.fileName, 'Kontakte Köln.csv')
  assert.equal(job.progress.inserted, 1)
})

await check('a double click, in all three forms at once, is one job and nobody gets an error', async () => {
  // Large enough to be at work until the last of the calls has arrived.
  const content = file(200000)
  const source = await (
    await fetch(`${BASE}/api/sources`, { method: 'POST', body: content, headers: { Authorization: `Bearer ${TOKEN}` } })
  ).json()
  const inAddress = `migrations-run?mapping=${encodeURIComponent(JSON.stringify(mapping))}`
  const runs = await Promise.all(
    Array.from({ length: 2 }, () => [
      invoke('migrations-run', { body: form(content) }),
      invoke('migrations-run', { body: { mapping, sourceId: source.sourceId } }),
      invoke(inAddress, { body: content }),
    ]).flat(),
  )
  assert.equal(new Set(runs.map((run) => run.jobId)).size, 1)
  assert.equal(runs.filter((run) => run.created).length, 1)
  assert.equal(runs.find((run) => !run.created).message, 'Job already in progress')
})

const importOnce = new ImportOnce({ url: BASE, token: async () => TOKEN })

await check('cancel, by the typed client', async () => {
  const run = await importOnce.run(file(200000), mapping)
  assert.equal((await importOnce.cancel(run.jobId)).status, 'cancelled')
  await assert.rejects(importOnce.cancel(run.jobId), (error) => error instanceof ImportProblem && error.problem.status === 409)
  const again = await importOnce.retry(run.jobId)
  assert.notEqual(again.jobId, run.jobId)
  await importOnce.cancel(again.jobId)
})

await check('the typed client imports, follows and lists', async () => {
  const percents = []
  const run = await importOnce.run(file(), mapping)
  const job = await importOnce.ended(run.jobId, (now) => percents.push(now.progress.percent), 20)
  assert.equal(job.status, 'completed')
  assert.equal(percents.at(-1), 100)
  assert.deepEqual(percents, [...percents].sort((a, b) => a - b))
  assert.equal((await importOnce.jobs({ limit: 1 })).items[0].jobId, run.jobId)
  assert.equal(await importOnce.rejects(run.jobId), 'email,first,_row,_reason\r\n')
})

await check('error bodies say what to do', async () => {
  const refused = async (who, options) => {
    const { data, error } = await who.functions.invoke('migrations-run', options)
    assert.equal(data, null)
    assert.equal(error.name, 'FunctionsHttpError')
    return error.context.json()
  }
  const wrong = new FormData()
  wrong.append('file', file())
  wrong.append('mapping', JSON.stringify({ target: 'contacts', fields: { email: 'E-Mail' } }))
  const column = await refused(supabase, { body: wrong })
  assert.equal(column.type, 'urn:importonce:problem:unknown-column')
  assert.match(column.detail, /email/)
  assert.equal((await refused(client(EXPIRED), { body: form(file()) })).type, 'urn:importonce:problem:unauthenticated')
  assert.equal((await refused(client(ANON), { body: form(file()) })).status, 401)
})

await check('the Next.js route hands over', async () => {
  process.env.IMPORTONCE_URL = BASE
  const { GET, POST } = await import('./out/client/app/api/migrations/[[...path]]/route.js')
  const headers = { Authorization: `Bearer ${TOKEN}`, Cookie: 'mine' }
  const context = (...path) => ({ params: Promise.resolve({ path }) })
  const routed = new ImportOnce({
    url: 'https://app.example',
    fetch: (url, init) => {
      const request = new Request(url, { ...init, headers: { ...headers, ...init.headers } })
      const path = new URL(url).pathname.split('/').slice(3)
      return (init.method === 'GET' ? GET : POST)(request, context(...path))
    },
  })
  const run = await routed.run(file(), mapping)
  assert.equal(run.created, true)
  assert.equal((await routed.ended(run.jobId, undefined, 20)).status, 'completed')
  await assert.rejects(routed.job(randomUUID()), (error) => error.problem.status === 404)
  assert.equal((await routed.jobs({ limit: 1 })).items.length, 1)
})

await check('the Edge Function hands over', async () => {
  let handler
  globalThis.Deno = { env: { get: () => BASE }, serve: (given) => (handler = given) }
  await import('./out/functions/migrations-run/index.js')
  const forward = async (input, init) => {
    const whole = new Request(input, init)
    const bytes = await whole.arrayBuffer()
    return handler(new Request(whole.url, { method: whole.method, headers: whole.headers, body: bytes }))
  }
  const forwarding = talk({ base: 'https://project.supabase.example', token: TOKEN, mapping, global: { fetch: forward } })
  const run = await forwarding.invoke('migrations-run', { body: form(file()) })
  assert.equal(run.created, true)
})

await check('every header that it sends is allowed to pages', async () => {
  await invoke('migrations-run', { body: form(file()), region: 'eu-central-1' })
  const preflight = await fetch(`${BASE}/functions/v1/migrations-run`, {
    method: 'OPTIONS',
    headers: { Origin: 'https://app.example', 'Access-Control-Request-Method': 'POST' },
  })
  assert.equal(preflight.status, 204)
  const allowed = preflight.headers.get('access-control-allow-headers').split(',').map((name) => name.trim())
  assert.deepEqual([...sent].filter((name) => !allowed.includes(name)), [])
  for (const name of ['authorization', 'apikey', 'x-client-info', 'x-region']) assert.ok(sent.has(name), name)
  assert.equal(preflight.headers.get('access-control-allow-origin'), '*')
})
