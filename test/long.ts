import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { ROOT } from './support/dist.ts'

// npm run test:long [-- SLICE [ARGUMENT …]]: what is too wide for `npm test`, each slice alone or all in turn.

interface Slice {
  readonly what: string
  /** The command, without Node; further arguments are passed on. */
  readonly command: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
}

const VITEST = [join('node_modules', 'vitest', 'vitest.mjs'), 'run', '--project', 'e2e']
const SLICES: Readonly<Record<string, Slice>> = {
  fuzz: {
    what: 'lists and OCSP responses, changed and signed again, of OpenSSL and of us: [COUNT [SEED]]',
    command: [join('test', 'support', 'revocation-fuzz', 'long.ts')],
  },
  octets: {
    what: 'octets, files and typed text of every kind, changed by chance, five times as many as `npm test` tries',
    command: [...VITEST.slice(0, -1), 'unit', '--project', 'interop', 'hostile', 'resigned-lists'],
    environment: { FUZZ_RUNS: '5' },
  },
  kills: {
    what: 'the browser killed a hundred times in the middle of batches',
    command: [...VITEST, 'test/e2e/killed.test.ts'],
    environment: { KILLS: '100' },
  },
  ceremonies: {
    what: 'the browser killed in each kind of step of a ceremony, rehearsed and live, begun and on its way',
    command: [...VITEST, 'test/e2e/ceremony-killed.test.ts'],
    environment: { CEREMONY_KILLS: 'all' },
  },
  settings: {
    what: 'printed settings of every program that Debian has, started and asked, with a rule of each kind',
    command: [...VITEST.slice(0, -1), 'interop', 'test/interop/lab-'],
    environment: { SETTINGS: 'all' },
  },
  engines: {
    what: 'every engine, from disk and served: restarted, in two tabs, moved, and restored from each other',
    command: [...VITEST.slice(0, -1), 'dist', 'test/dist/storage.test.ts'],
    environment: { ENGINES: 'all' },
  },
  handshakes: {
    what: 'every scenario of docs/handshakes.md, run by every program that Debian has',
    command: [...VITEST.slice(0, -1), 'interop', 'test/interop/handshakes.test.ts'],
    environment: { HANDSHAKES: 'all' },
  },
  screens: {
    what: 'every page in every width, light, dark and as printed, with axe; pictures in test-results/screens',
    command: VITEST,
    environment: { SCREENS: 'axe' },
  },
  pictures: {
    what: 'every page in every state: busy, failed, empty, with long names, with axe; pictures in test-results/pictures',
    command: [join('tools', 'pictures.ts'), join('test-results', 'pictures'), '--axe'],
  },
}

const [named, ...rest] = process.argv.slice(2)
if (named !== undefined && !(named in SLICES)) {
  console.error(`No such slice: ${named}. There are: ${Object.keys(SLICES).join(', ')}.`)
  process.exit(2)
}

const results: string[] = []
let failed = 0
for (const [name, { what, command, environment = {} }] of Object.entries(SLICES)) {
  if (named !== undefined && name !== named) continue
  console.log(`\n— ${name}: ${what}`)
  const began = performance.now()
  const { status } = spawnSync(process.execPath, [...command, ...rest], {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  })
  if (status !== 0) failed += 1
  const minutes = ((performance.now() - began) / 60_000).toFixed(1)
  results.push(`${name.padEnd(10)} ${status === 0 ? 'passed' : 'failed'} after ${minutes} minutes`)
}
console.log(`\n${results.join('\n')}\n\n${results.length - failed} passed, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0
