// Makes the package: node build.mjs FOLDER; then "npm pack" there. Needs the package typescript, for the client.
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('.', import.meta.url))
const out = resolve(process.argv[2] ?? 'package')
const typescript = createRequire(join(process.cwd(), 'package.json'))('typescript')

await mkdir(out, { recursive: true })
for (const file of ['package.json', 'index.d.ts', 'react.js', 'react.d.ts', 'custom-elements.json', 'README.md']) await cp(join(here, file), join(out, file))
await cp(join(here, '../../../LICENSE'), join(out, 'LICENSE'))
// The elements are those of the service's own page.
await cp(join(here, '../../../src/main/resources/web/embed'), join(out, 'elements'), { recursive: true })

const compilerOptions = { target: typescript.ScriptTarget.ES2022, module: typescript.ModuleKind.ES2022, strict: true, lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'], types: [], declaration: true, outDir: out }
const client = join(out, 'client.ts')
await writeFile(client, await readFile(join(here, '../importonce.ts')))
const emitted = typescript.createProgram([client], compilerOptions).emit()
if (emitted.emitSkipped) throw new Error('the client was not compiled')
await writeFile(join(out, '.npmignore'), 'client.ts\n')
