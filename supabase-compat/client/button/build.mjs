// Makes the package: node build.mjs FOLDER; then "npm pack" there. Needs the packages
// typescript and openapi-typescript, for the client.
import { cp, mkdir, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const here = fileURLToPath(new URL('.', import.meta.url))
const out = resolve(process.argv[2] ?? 'package')
const require = createRequire(join(process.cwd(), 'package.json'))
const typescript = require('typescript')
const { astToString, default: openapiTypes } = require('openapi-typescript')

await mkdir(out, { recursive: true })
for (const file of ['package.json', 'index.d.ts', 'react.js', 'react.d.ts', 'custom-elements.json', 'README.md']) await cp(join(here, file), join(out, file))
await cp(join(here, '../../../LICENSE'), join(out, 'LICENSE'))
// The elements are those of the service's own page.
await cp(join(here, '../../../src/main/resources/web/embed'), join(out, 'elements'), { recursive: true })

// The client's types are made of the description of the API, so that there is no second copy of them.
const description = pathToFileURL(join(here, '../../../src/docs/openapi.yaml'))
await writeFile(join(out, 'openapi.d.ts'), astToString(await openapiTypes(description, { defaultNonNullable: false })))
const client = join(out, 'client.ts')
await cp(join(here, '../importonce.ts'), client)

const { ModuleKind, ModuleResolutionKind, ScriptTarget } = typescript
const program = typescript.createProgram([client], {
  target: ScriptTarget.ES2022,
  module: ModuleKind.ES2022,
  moduleResolution: ModuleResolutionKind.Bundler,
  lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  types: [],
  strict: true,
  declaration: true,
  outDir: out,
})
const faults = [...typescript.getPreEmitDiagnostics(program), ...program.emit().diagnostics]
if (faults.length) throw new Error(typescript.formatDiagnostics(faults, { getCanonicalFileName: (name) => name, getCurrentDirectory: () => out, getNewLine: () => '\n' }))
await writeFile(join(out, '.npmignore'), 'client.ts\n')
