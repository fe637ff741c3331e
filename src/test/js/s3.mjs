// An S3-compatible store on a free port, which it prints, with one bucket.
import S3rver from 's3rver'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const server = new S3rver({
  address: '127.0.0.1',
  port: 0,
  silent: true,
  directory: mkdtempSync(join(tmpdir(), 'importonce-s3-')),
  configureBuckets: [{ name: 'imports' }],
})
const { port } = await server.run()
console.log(`port ${port}`)
