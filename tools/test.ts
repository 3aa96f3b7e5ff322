// Runs every suite, or those named, and ends with `N passed, N failed` over all of them: `node tools/test.ts [suite …]`. A
// suite that crashes counts as one failure.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import setup, { BUILT } from '../test/support/build.ts'

interface Result {
  passed: number
  failed: number
  note?: string
  slow?: { name: string; seconds: number }[]
  /** A line for each failure: the file, the test, what it said first. */
  failures?: string[]
}

interface Ended {
  readonly status: number | null
  readonly signal: NodeJS.Signals | null
}

/** The used part of the report that Vitest's JSON reporter writes. */
interface VitestReport {
  testResults: {
    name: string
    status: string
    message: string
    assertionResults: { fullName: string; status: string; duration?: number; failureMessages: string[] }[]
  }[]
}

const root = fileURLToPath(new URL('..', import.meta.url))
/** Longest first: a lane that is free takes the next, so that both end at about the same time. */
const SUITES = ['e2e', 'dist', 'unit', 'interop', 'check', 'conformance', 'unit-peculiar'] as const
type Suite = (typeof SUITES)[number]
const LANES = 2

const named = process.argv.slice(2)
const unknown = named.filter((suite) => !(SUITES as readonly string[]).includes(suite))
if (unknown.length > 0) {
  console.error(`No such suite: ${unknown.join(', ')}. There are: ${SUITES.join(', ')}.`)
  process.exit(2)
}

const output = mkdtempSync(join(tmpdir(), 'rootcellar-test-'))
const waiting = SUITES.filter((suite) => named.length === 0 || named.includes(suite))
// Once, since two suites that open the page may run side by side. Each says what is wrong with a build that fails.
if ((waiting.includes('e2e') || waiting.includes('dist')) && builds()) process.env[BUILT] = '1'
const lanes = Array.from({ length: LANES }, (_, at) => lane(at === 0))
const results = (await Promise.all(lanes)).flat()

const total = { passed: 0, failed: 0 }
const lines: string[] = []
const failures: string[] = []
const slow: NonNullable<Result['slow']> = []
for (const [suite, { passed, failed, note, ...more }] of results) {
  failures.push(...(more.failures ?? []))
  slow.push(...(more.slow ?? []))
  total.passed += passed
  total.failed += failed
  lines.push(`${suite.padEnd(14)} ${passed} passed, ${failed} failed${note ? ` (${note})` : ''}`)
}
rmSync(output, { recursive: true, force: true })

const slowest = slow.sort((one, other) => other.seconds - one.seconds).slice(0, 10)
console.log(`\nTook longest:\n${slowest.map(({ name, seconds }) => `${seconds} s  ${name}`).join('\n')}`)
// Last, so that they are seen where only the end of a long output is kept.
if (failures.length > 0) console.log(`\nFailed:\n${failures.join('\n')}`)
console.log(`\n${lines.join('\n')}\n`)
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exit(total.failed > 0 ? 1 : 0)

function builds(): boolean {
  try {
    setup()
    return true
  } catch {
    return false
  }
}

/** Runs what waits, one suite after the other, until nothing does. */
async function lane(isLive: boolean): Promise<[Suite, Result][]> {
  const done: [Suite, Result][] = []
  for (let suite = waiting.shift(); suite !== undefined; suite = waiting.shift()) {
    const began = performance.now()
    const result = await (suite === 'check' ? check(isLive) : vitest(suite, isLive))
    const minutes = ((performance.now() - began) / 60_000).toFixed(1)
    done.push([suite, { ...result, note: [`${minutes} minutes`, result.note].filter(Boolean).join(', ') }])
  }
  return done
}

/** Runs a program; what it prints is shown as it comes, or else once it has ended, so that two do not mix. */
function run(
  suite: string,
  [command, ...args]: [string, ...string[]],
  isLive: boolean,
  env: NodeJS.ProcessEnv = {},
): Promise<Ended> {
  const child = spawn(command, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    // What Node has compiled of the tools and the tests is there for the next process.
    env: { NODE_COMPILE_CACHE: join(output, 'compiled'), ...process.env, ...env },
  })
  const held: Buffer[] = []
  const take = (chunk: Buffer): void => {
    if (isLive) process.stdout.write(chunk)
    else held.push(chunk)
  }
  take(Buffer.from(`\n— ${suite}\n`))
  child.stdout.on('data', take)
  child.stderr.on('data', take)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (status, signal) => {
      process.stdout.write(Buffer.concat(held))
      resolve({ status, signal })
    })
  })
}

/** Types, lint and format count as one test. */
async function check(isLive: boolean): Promise<Result> {
  const { status } = await run('check', ['npm', 'run', '--silent', 'check'], isLive)
  return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1, note: 'npm run check' }
}

async function vitest(suite: string, isLive: boolean): Promise<Result> {
  const file = join(output, `${suite}.json`)
  const program = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const args = [
    'run',
    '--project',
    suite,
    '--reporter=default',
    '--reporter=json',
    `--reporter=${join(root, 'tools', 'vitest', 'hook-errors.ts')}`,
    `--outputFile.json=${file}`,
  ]
  const hooks = join(output, `${suite}.hooks.json`)
  const env = { HOOK_ERRORS: hooks }
  const { status, signal } = await run(suite, [process.execPath, program, ...args], isLive, env)
  try {
    const report = JSON.parse(readFileSync(file, 'utf8')) as VitestReport
    const errors = JSON.parse(readFileSync(hooks, 'utf8')) as Record<string, string[]>
    for (const result of report.testResults) result.message ||= (errors[result.name] ?? []).join(' ')
    return summary(report, status)
  } catch {
    return { passed: 0, failed: 1, note: `did not finish: ${signal ?? `exit code ${status}`}` }
  }
}

/** A test file that could not be loaded has no tests to fail, and so counts as one failure; skipped is not passed. */
function summary(report: VitestReport, status: number | null): Result {
  const count = (tests: { status: string }[], status: string) =>
    tests.filter((test) => test.status === status).length
  const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults)
  const unloaded = report.testResults.filter(
    (file) => file.status === 'failed' && count(file.assertionResults, 'failed') === 0,
  ).length
  const passed = count(tests, 'passed')
  const failed = count(tests, 'failed') + unloaded
  // Vitest also fails a run for an error outside any test.
  if (status !== 0 && failed === 0) return { passed, failed: 1, note: 'error outside the tests' }
  const skipped = tests.length - passed - count(tests, 'failed')
  const more = {
    failures: report.testResults.flatMap(failuresOf),
    slow: report.testResults.flatMap(secondsOf),
  }
  return skipped > 0 ? { passed, failed, ...more, note: `${skipped} skipped` } : { passed, failed, ...more }
}

function failuresOf({
  name,
  status,
  message,
  assertionResults,
}: VitestReport['testResults'][number]): string[] {
  const file = relative(root, name)
  const tests = assertionResults.filter((test) => test.status === 'failed')
  if (tests.length === 0) return status === 'failed' ? [`${file}: ${start(message)}`] : []
  return tests.map((test) => `${file} > ${test.fullName}: ${start(test.failureMessages[0] ?? '')}`)
}

function secondsOf({
  name,
  assertionResults,
}: VitestReport['testResults'][number]): NonNullable<Result['slow']> {
  const file = relative(root, name)
  return assertionResults.map(({ fullName, duration = 0 }) => ({
    name: `${file} > ${fullName}`,
    seconds: Math.round(duration / 1000),
  }))
}

function start(message: string): string {
  return message.trim().slice(0, 300).replace(/\s+/g, ' ')
}
