// Checks with the real standardwebhooks library what a webhook received: a file with secrets, a secret that signs nothing, and requests.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { Webhook } from 'standardwebhooks'

const { secrets, stranger, arrived } = JSON.parse(readFileSync(process.argv[2], 'utf8'))
assert.ok(arrived.length)
for (const { headers, body } of arrived) {
  for (const secret of secrets) assert.deepEqual(new Webhook(secret).verify(body, headers), JSON.parse(body))
  assert.throws(() => new Webhook(stranger).verify(body, headers), /No matching signature/)
  assert.throws(() => new Webhook(secrets[0]).verify(body + ' ', headers), /No matching signature/)
}
console.log(`ok ${arrived.length} verified`)
