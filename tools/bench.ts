// Measures performance: `npm run bench -- [filter …] [--rounds N] [--ms N] [--json FILE]`. Each scenario runs in one
// page of headless Chromium: ours, the floor and the peers in turn, several rounds; medians count.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Page } from 'playwright'
import { chromium } from 'playwright'
import type { Bench } from '../test/bench/page.ts'
import type { BenchInputs } from '../test/bench/scenario.ts'
import { addressOf, serve } from './serve.ts'
import { bundleScript, workerSource } from './vite/worker-source.ts'

const CA_CERTIFICATES = '/etc/ssl/certs/ca-certificates.crt'
const PAGE = fileURLToPath(new URL('../test/bench/page.ts', import.meta.url))

interface Result {
  ours: number
  floor: number
  ratio: number
  peers: Record<string, number>
  /** Peak octets of a process that does nothing else; only if test/bench/memory has a program for it. */
  memory?: number
}

const { values: options, positionals: filters } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'string' },
    rounds: { type: 'string', default: '9' },
    ms: { type: 'string', default: '250' },
  },
})

const folder = mkdtempSync(join(tmpdir(), 'rootcellar-bench-'))
const { code } = await bundleScript(PAGE, { define: { __VERSION__: '"bench"' }, plugins: [workerSource()] })
writeFileSync(join(folder, 'page.js'), code)
writeFileSync(
  join(folder, 'index.html'),
  '<!doctype html><meta charset="utf-8"><script src="page.js"></script>',
)
const server = await serve(folder)
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
const results: Record<string, Result> = {}
try {
  const inputs = readInputs()
  const page = await browser.newPage()
  page.on('pageerror', (error) => console.error(error))
  await page.goto(addressOf(server))
  const names = await page.evaluate(() => bench.names)
  const chosen = names.filter(
    (name) => filters.length === 0 || filters.some((filter) => name.includes(filter)),
  )
  if (chosen.length === 0) throw new Error(`no scenario matches; there are: ${names.join(', ')}`)
  for (const name of chosen) results[name] = await run(page, name, inputs)
} finally {
  await browser.close()
  server.close()
  rmSync(folder, { recursive: true, force: true })
}
if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(results, null, 2)}\n`)

/**
 * Runs a part until its rate stops rising. An engine optimizes code after thousands of calls: ours, in many small
 * functions, takes seconds to get there, the floor's one call none; the steady state is to be measured, not the start.
 * Five seconds at most.
 */
async function warmUp(measure: (ms: number) => Promise<number>, ms: number): Promise<void> {
  const until = Date.now() + 5000
  let [best, settled] = [0, 0]
  while (settled < 4 && Date.now() < until) {
    const rate = await measure(ms)
    settled = rate > best * 1.01 ? 0 : settled + 1
    best = Math.max(best, rate)
  }
}

async function run(page: Page, name: string, inputs: BenchInputs): Promise<Result> {
  // A fresh page for each: no scenario inherits another's garbage or warmed-up code.
  await page.reload()
  const { unit, peers } = await page.evaluate(([name, inputs]) => bench.open(name, inputs), [
    name,
    inputs,
  ] as const)
  const parts = ['ours', 'floor', ...peers]
  const rates = new Map<string, number[]>(parts.map((part) => [part, []]))
  const measure = (part: string, ms: number) =>
    page.evaluate(([part, ms]) => bench.measure(part, ms), [part, ms] as const)
  for (const part of parts) await warmUp((ms) => measure(part, ms), Number(options.ms))
  for (let round = 0; round < Number(options.rounds); round++) {
    for (const part of parts) rates.get(part)!.push(await measure(part, Number(options.ms)))
  }
  const median = (part: string) => middle(rates.get(part)!)
  const result = {
    ours: median('ours'),
    floor: median('floor'),
    ratio: median('ours') / median('floor'),
    peers: Object.fromEntries(peers.map((peer) => [peer, median(peer)])),
    ...memoryOf(name),
  }
  print(name, unit, result)
  return result
}

function print(name: string, unit: string, { ours, floor, ratio, peers, memory }: Result): void {
  console.log(`\n${name} (${unit} per second)`)
  console.log(`  ours             ${rate(ours)}`)
  console.log(`  floor            ${rate(floor)}   ours ÷ floor ${ratio.toFixed(3)}`)
  for (const [peer, value] of Object.entries(peers)) {
    console.log(`  ${peer.padEnd(16)} ${rate(value)}   ours is ${(ours / value).toFixed(1)} times as fast`)
  }
  if (memory !== undefined)
    console.log(
      `  memory           ${(memory / 1e6).toFixed(0).padStart(10)} MB at most, Node and the input included`,
    )
}

/** In Node: a browser's process also retains memory from earlier work. */
function memoryOf(name: string): Pick<Result, 'memory'> {
  const program = fileURLToPath(new URL(`../test/bench/memory/${name}.ts`, import.meta.url))
  if (!existsSync(program)) return {}
  const input = join(folder, `${name}.input`)
  const runs = (what: string): string =>
    execFileSync(process.execPath, [program, what, input], { encoding: 'utf8' })
  runs('make')
  return { memory: Number(runs('read')) }
}

function rate(value: number): string {
  return value.toFixed(value < 100 ? 1 : 0).padStart(10)
}

function middle(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const half = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2
}

function readInputs(): BenchInputs {
  const pem = readFileSync(CA_CERTIFICATES, 'utf8')
  const blocks = pem.matchAll(/-----BEGIN CERTIFICATE-----([\s\S]*?)-----END CERTIFICATE-----/g)
  return { caCertificates: [...blocks].map(([, body]) => body!.replace(/\s/g, '')) }
}

/** In the page. */
declare const bench: Bench
