// The states of an import, without a browser: node --test. The folder of the modules comes as WEB.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'

const { ADVICE, START, chosenMapping, next } = await import(`${process.env.WEB}/embed/machine.js`)

const FIELDS = [{ name: 'email', type: 'email', required: true, maxLength: 254 }, { name: 'firstName', type: 'text', required: false, maxLength: 200 }]
const TARGETS = [
  { name: 'contacts', fields: FIELDS, attributes: true, undoable: true },
  { name: 'chats', fields: [{ name: 'participant1', type: 'text', required: true, maxLength: 128 }], attributes: false, undoable: false }]
const SUGGESTION = { target: 'contacts', fields: { email: 'Mail' } }
const preview = (fields = SUGGESTION.fields, notices = []) => ({
  format: { type: 'csv' }, columns: ['Mail', 'Name'], sampleRows: [], suggestedMapping: { target: 'contacts', fields },
  suggestedMappings: [{ target: 'contacts', fields }], notices })
const OUTLOOK = { ...preview(), summary: {}, rejects: [] }
const PROBLEM = { message: 'It did not work' }
const FILE = { name: 'leads.csv', size: 12 }
const job = (jobId, status, undo = null) => ({ jobId, status, undo })

/** The state after these events, each of which may look at the state before it. */
function after(...events) {
  return events.reduce((state, event) => next(state, typeof event === 'function' ? event(state) : event), START)
}
const file = { type: 'file', file: FILE }
const uploaded = ({ turn }) => ({ type: 'uploaded', turn, sourceId: 's' })
const read = (looked = preview()) => ({ turn }) => ({ type: 'read', turn, preview: looked, targets: TARGETS, sheets: [] })
const accepted = (jobId = 'j', status = 'pending', created = true) => ({ turn }) => ({ type: 'accepted', turn, run: { jobId, status, created } })

test('a clear file is ready to be imported without a question', () => {
  const state = after(file, uploaded, read())
  assert.equal(state.name, 'ready')
  assert.equal(state.outlook, 'waiting')
  assert.deepEqual(chosenMapping(state), { target: 'contacts', fields: { email: 'Mail' }, unmapped: 'ignore', onExisting: 'update', undoable: false })
})

test('a required field without a column is asked for', () => {
  const state = after(file, uploaded, read(preview({})))
  assert.equal(state.name, 'choosing')
  assert.equal(next(state, { type: 'import' }), state)
  assert.equal(next(state, { type: 'choose', choices: { fields: { email: 'Name' } } }).name, 'ready')
})

test('an unclear encoding is asked for before anything is imported', () => {
  const unclear = preview(SUGGESTION.fields, [{ code: 'ambiguous-encoding', candidates: [{ encoding: 'A', sample: 'a' }] }])
  const state = after(file, uploaded, read(unclear))
  assert.equal(state.name, 'choosing')
  const chosen = next(state, { type: 'format', format: { encoding: 'A' } })
  assert.equal(chosen.name, 'reading')
  assert.equal(next(chosen, read(unclear)(chosen)).name, 'ready')
})

test('what the page has fixed is not asked for and is sent', () => {
  const fixed = { target: 'contacts', fields: { email: 'Name' }, onExisting: 'skip', format: { delimiter: ';' } }
  const state = [file, uploaded, read(preview({}))].reduce((s, event) => next(s, typeof event === 'function' ? event(s) : event, fixed), START)
  assert.equal(state.name, 'ready')
  assert.deepEqual(chosenMapping(state, fixed), { target: 'contacts', fields: { email: 'Name' }, unmapped: 'ignore', onExisting: 'skip', undoable: false, format: { delimiter: ';' } })
})

test('a target that does not exist is named, and nothing can be imported into it', () => {
  const fixed = { target: 'nowhere' }
  const state = [file, uploaded, read()].reduce((s, event) => next(s, typeof event === 'function' ? event(s) : event, fixed), START)
  assert.deepEqual(state.told, { key: 'unknownTarget', parameters: { target: 'nowhere' } })
  assert.equal(next(state, { type: 'import' }, fixed), state)
})

test('an answer that comes too late changes nothing', () => {
  const first = after(file)
  const second = next(first, file)
  assert.equal(next(second, uploaded(first)), second)
})

test('a click on a completed import is the same import, one on a failed import another', () => {
  const done = after(file, uploaded, read(), { type: 'import' }, accepted(), { type: 'job', job: job('j', 'completed') })
  assert.equal(next(done, { type: 'import' }).attempt, done.attempt)
  const failed = after(file, uploaded, read(), { type: 'import' }, accepted(), { type: 'job', job: job('j', 'failed') })
  assert.equal(next(failed, { type: 'import' }).attempt, failed.attempt)
  assert.equal(failed.attempt, done.attempt + 1)
  assert.equal(next(failed, { type: 'job', job: job('j', 'failed') }).attempt, failed.attempt)
})

const TURNS = fc.constantFrom(-1, 0)
const EVENTS = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom({ type: 'file', file: FILE }, { type: 'file', file: null }, { type: 'reset' }, { type: 'cancelUpload' }) },
  { weight: 4, arbitrary: fc.constant({ type: 'import' }) },
  fc.constantFrom({ type: 'format', format: {} }, { type: 'format', format: { encoding: 'A' } }, { type: 'target', target: 'chats' }, { type: 'target', target: 'contacts' }),
  fc.constantFrom({ type: 'choose', choices: { fields: { email: 'Mail' } } }, { type: 'choose', choices: { fields: {} } }, { type: 'refuse', problem: PROBLEM }),
  // Answers to the present request, or to the one before.
  { weight: 12, arbitrary: fc.record({ answer: fc.constantFrom('arrived', 'uploaded', 'uploadFailed', 'read', 'asks', 'unclear', 'unreadable', 'readFailed', 'foreseen', 'accepted', 'refused'), late: TURNS }) },
  { weight: 3, arbitrary: fc.constantFrom('processing', 'completed', 'failed', 'undone').map((state) => ({ job: state })) })

/** The event, as it would be in this state. */
function real(event, state, world) {
  if (event.job) return { type: 'job', job: job(world.last, event.job === 'undone' ? 'completed' : event.job, event.job === 'undone' ? {} : null) }
  if (!event.answer) return event
  const turn = state.turn + event.late
  const edition = state.edition + event.late
  const unclear = [{ code: 'ambiguous-encoding', candidates: [{ encoding: 'A', sample: 'a' }] }]
  const answers = {
    arrived: { type: 'arrived', turn, sent: 3, lost: false, told: { key: 'uploading' } },
    uploaded: { type: 'uploaded', turn, sourceId: 's' },
    uploadFailed: { type: 'uploadFailed', turn, problem: PROBLEM },
    read: read()({ turn }),
    asks: read(preview({}))({ turn }),
    unclear: read(preview(SUGGESTION.fields, unclear))({ turn }),
    unreadable: { type: 'unreadable', turn, problem: PROBLEM, sheets: [] },
    readFailed: { type: 'readFailed', turn, problem: PROBLEM },
    foreseen: { type: 'foreseen', edition, outlook: OUTLOOK },
    accepted: { type: 'accepted', turn, run: { jobId: world.jobOf(state.attempt), status: 'pending', created: true } },
    refused: { type: 'refused', turn, problem: PROBLEM },
  }
  return answers[event.answer]
}

/** What leads on from each state, by the user or by the answer that is waited for. */
const WAYS_ON = {
  empty: () => file,
  uploading: uploaded,
  reading: read(),
  unreadable: () => ({ type: 'format', format: { encoding: 'A' } }),
  choosing: ({ candidates, choices }) => (candidates.length || !choices
    ? { type: 'format', format: { encoding: 'A' } }
    : { type: 'choose', choices: { fields: { email: 'Mail', participant1: 'Mail' } } }),
  ready: () => ({ type: 'import' }),
  sending: accepted(),
  following: ({ jobId }) => ({ type: 'job', job: job(jobId, 'completed') }),
}

test('any order of events ends in a state that says what to do, and never two jobs', () => {
  fc.assert(fc.property(fc.array(EVENTS, { maxLength: 60 }), (events) => {
    // The service: one job for each idempotency key, which is one attempt.
    const world = { jobs: new Map(), last: 'none', jobOf(attempt) {
      if (!this.jobs.has(attempt)) this.jobs.set(attempt, `job ${attempt}`)
      return (this.last = this.jobs.get(attempt))
    } }
    let state = START
    let wanted = null
    const sent = new Map()
    for (const event of events) {
      const before = state
      state = next(state, real(event, state, world))
      assert.ok(ADVICE[state.name], state.name)
      assert.ok(state.turn >= before.turn && state.edition >= before.edition && state.attempt >= before.attempt)
      if (before.name === 'sending' && state.name !== 'sending') wanted = null
      if (state.name === 'sending' && before.name !== 'sending') {
        // One request at a time, and only with a complete mapping.
        assert.equal(wanted, null)
        wanted = JSON.stringify(chosenMapping(state))
        assert.notEqual(wanted, 'null')
        // All requests of one attempt ask for the same thing, so that the service can take them for one.
        const asked = `${state.sourceId} ${wanted}`
        assert.equal(sent.get(state.attempt) ?? asked, asked)
        sent.set(state.attempt, asked)
      }
    }
    // From wherever that was, a result is reached.
    for (let step = 0; state.name !== 'ended'; step++) {
      assert.ok(step < 12, state.name)
      const moved = next(state, WAYS_ON[state.name](state))
      assert.notEqual(moved, state, state.name)
      state = moved
    }
  }), { numRuns: 3000, seed: 20260101 })
})
