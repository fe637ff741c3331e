// ESLint in a folder that is not its own, which its command line would call outside of its base path: lint.mjs FOLDER PATTERN…
// Fails for a pattern that no file matches.
import { ESLint } from 'eslint'
import { fileURLToPath } from 'node:url'

const [cwd, ...patterns] = process.argv.slice(2)
const eslint = new ESLint({ cwd, overrideConfigFile: fileURLToPath(new URL('eslint.config.js', import.meta.url)) })
const results = await eslint.lintFiles(patterns)
console.log(await (await eslint.loadFormatter('stylish')).format(results))
if (results.some(({ messages }) => messages.length)) process.exitCode = 1
