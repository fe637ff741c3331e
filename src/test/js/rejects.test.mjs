// The rejected rows while they are corrected: node --test. The folder of the modules comes as WEB.
import assert from 'node:assert/strict'
import { test } from 'node:test'

const { RejectList } = await import(`${process.env.WEB}/embed/reject-list.js`)
const { kindOf, kindsOf } = await import(`${process.env.WEB}/embed/kinds.js`)
const { parse } = await import(`${process.env.WEB}/embed/csv.js`)

const NO_AT = (value) => `email "${value}" is not an e-mail address: it has no @.`
const list = (...records) => new RejectList(['email', 'city', '_row', '_reason'], records, (cell) => `Cell ${cell}`)
const cells = (rejects, at) => rejects.rows.map((row) => rejects.value(row, at))

test('reasons that differ only in what they quote are of one kind', () => {
  assert.equal(kindOf(NO_AT('ann')), 'email … is not an e-mail address: it has no @.')
  assert.equal(kindOf('„anna“ ist keine Zahl'), kindOf('„Bob“ ist keine Zahl'))
  assert.equal(kindOf('« ann » et «bob»'), '… et …')
  assert.equal(kindOf('「アン」は数値ではありません'), kindOf('「ボブ」は数値ではありません'))
  assert.deepEqual(kindsOf(['price "x" is no number', NO_AT('a'), NO_AT('b')]), [
    ['email … is not an e-mail address: it has no @.', 2],
    ['price … is no number', 1],
  ])
})

test('a value is set in all rows alike, and in no other', () => {
  const rejects = list(
    ['ann', 'Koeln', '2', 'city "Koeln" is none of the cities'],
    ['bob', 'Koeln', '3', 'city "Koeln" is none of the cities'],
    ['eve', 'Koeln', '4', NO_AT('eve')],
    ['joe', 'Bonn', '5', 'city "Bonn" is none of the cities'],
  )
  const [first] = rejects.rows
  assert.equal(rejects.alike(first, 1).length, 0)
  rejects.set(first, 1, 'Köln')
  assert.equal(rejects.alike(first, 1).length, 1)
  assert.equal(rejects.apply(first, 1), 1)
  assert.deepEqual(cells(rejects, 1), ['Köln', 'Köln', 'Koeln', 'Bonn'])
  assert.equal(rejects.alike(first, 1).length, 0)
})

test('a text is replaced in the rows of one kind, whatever it means in a pattern', () => {
  const rejects = list(['a$.b', 'x', '2', NO_AT('a$.b')], ['c$.d', 'y', '3', 'city "y" is none of the cities'])
  assert.equal(rejects.replace(rejects.ofKind(kindOf(NO_AT('a'))), '$.', '$&@'), 1)
  assert.deepEqual(cells(rejects, 0), ['a$&@b', 'c$.d'])
  assert.equal(rejects.replace(rejects.rows, '', 'x'), 0)
})

test('what is sent is what was there, with the changes', () => {
  const rejects = list(['ann', `'=1`, '2', NO_AT('ann')], ['bob', 'Bonn', '3', 'Cell 3 is one too many', 'Jr'])
  assert.deepEqual(rejects.columns.map(({ name }) => name), ['email', 'city', 'Cell 3'])
  assert.equal(rejects.value(rejects.rows[0], 1), '=1')
  rejects.set(rejects.rows[0], 1, '=2')
  rejects.set(rejects.rows[0], 4, 'Sr')
  assert.ok(rejects.isChanged(rejects.rows[0], 1))
  assert.ok(!rejects.isChanged(rejects.rows[1], 1))
  assert.deepEqual(parse(rejects.file(), true), [
    ['email', 'city', '_row', '_reason'],
    ['ann', `'=2`, '2', NO_AT('ann'), 'Sr'],
    ['bob', 'Bonn', '3', 'Cell 3 is one too many', 'Jr'],
  ])
  assert.equal(rejects.blamed(rejects.rows[0])?.name, 'email')
})
