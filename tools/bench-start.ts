// Measures how long opening takes: `npm run bench:start -- [FILE…]` (dist/rootcellar.html if none is named).
// Each file is opened from disk in Chromium, Firefox and WebKitGTK, in turn, each time in a new page; prints the medians.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ENGINES } from '../test/support/browser/lasting.ts'
import { READY } from '../test/support/dist.ts'

const ROUNDS = 9
const files = process.argv.slice(2)
if (files.length === 0) files.push('dist/rootcellar.html')

const median = (times: number[]): number => times.sort((one, other) => one - other)[times.length >> 1]!

for (const [name, launch] of Object.entries(ENGINES)) {
  const profile = mkdtempSync(join(tmpdir(), 'rootcellar-bench-'))
  const browser = await launch(profile)
  const times = files.map((): number[] => [])
  try {
    for (let round = 0; round < ROUNDS; round++)
      for (const [i, file] of files.entries()) {
        const tab = await browser.tab()
        await tab.open(pathToFileURL(file).href)
        await tab.waitFor(READY)
        // Milliseconds from the start of opening until the worker answered.
        const body = `return performance.getEntriesByName('worker-ready')[0].startTime`
        times[i]!.push(await tab.evaluate<number>(body))
      }
  } finally {
    await browser.close()
    rmSync(profile, { recursive: true, force: true })
  }
  for (const [i, file] of files.entries())
    console.log(`${name.padEnd(10)} ${median(times[i]!).toFixed(0).padStart(6)} ms  ${file}`)
}
