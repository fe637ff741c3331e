// Every language says everything, with the same parameters: node --test. The folder of the modules comes as WEB.
import assert from 'node:assert/strict'
import { test } from 'node:test'

const LANGUAGES = ['ar', 'de', 'es', 'fr', 'it', 'ja', 'nl', 'pl', 'pt']
// The same in every language, or in most.
const INTERNATIONAL = ['type.uuid', 'type.enum', 'type.json', 'seconds', 'minutes', 'hours']

const of = async (part, language) => (await import(`${process.env.WEB}/${part}/texts/${language}.js`)).default
const { Texts, textsFor } = await import(`${process.env.WEB}/embed/texts.js`)
const { LANGUAGES: offered, pageTextsFor, spoken } = await import(`${process.env.WEB}/app/texts.js`)
const forms = (text) => (typeof text === 'string' ? [text] : Object.values(text))
const parameters = (text) => new Set(forms(text).flatMap((form) => form.match(/\{\w+\}/g) ?? []))

for (const part of ['embed', 'app']) {
  const english = await of(part, 'en')
  for (const language of LANGUAGES) {
    test(`${language} has every text of ${part}, with the same parameters`, async () => {
      const texts = await of(part, language)
      const missing = Object.keys(english).filter((key) => !(key in texts) && !INTERNATIONAL.includes(key))
      assert.deepEqual(missing, [])
      for (const [key, text] of Object.entries(texts)) {
        assert.ok(key in english, key)
        assert.deepEqual([...parameters(text)].sort(), [...parameters(english[key])].sort(), key)
        // Every form that the language has, except where one is said for all of them.
        if (typeof text === 'object') assert.ok('other' in text, key)
      }
    })
  }
}

test('no text of the page takes the place of one of the import', async () => {
  const taken = Object.keys(await of('embed', 'en'))
  assert.deepEqual(Object.keys(await of('app', 'en')).filter((key) => taken.includes(key)), [])
})

test('the page speaks the first language of its reader that it has', async () => {
  assert.deepEqual(offered.map(([language]) => language), ['en', ...LANGUAGES].sort())
  assert.equal(spoken(['sv', 'pt-BR', 'de']), 'pt-BR')
  assert.equal(spoken(['sv', 'fi']), 'en')
  const german = await pageTextsFor('de-AT')
  assert.deepEqual([german.say('history'), german.say('import'), german.locale], ['Verlauf', 'Importieren', 'de-AT'])
  assert.equal((await pageTextsFor('ar')).direction, 'rtl')
})

test('a language is found by its tag, and a page can bring texts', async () => {
  assert.equal((await textsFor('de-AT')).say('import'), 'Importieren')
  assert.equal((await textsFor('fr', { import: 'Charger' })).say('import'), 'Charger')
  assert.equal((await textsFor('xx')).say('import'), 'Import')
  assert.equal((await textsFor('not a tag')).say('import'), 'Import')
  assert.equal((await textsFor('ar')).direction, 'rtl')
})

test('numbers and plurals are those of the language', async () => {
  assert.equal(new Texts('en').say('pending', { n: 1 }), 'Waiting to start, 1 row.')
  assert.equal(new Texts('en').say('pending', { n: 12345 }), 'Waiting to start, 12,345 rows.')
  assert.match((await textsFor('pl')).say('moreRows', { n: 3 }), /wiersze$/)
  assert.match((await textsFor('de')).say('moreRows', { n: 12345 }), /12\.345/)
})
