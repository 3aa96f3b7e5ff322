import { expect, test } from 'vitest'
import { runs } from '../support/fuzz.ts'
import { fuzzStatus } from '../support/revocation-fuzz/run.ts'

// Lists and OCSP responses drawn by their structure, with fields left out, repeated, exchanged or altered, and signed: what
// OpenSSL calls revoked is never valid here, unless a known difference says why. FUZZ_RUNS multiplies the count, FUZZ_SEED
// draws others; `npm run test:long` takes both.

const COUNT = runs(2000)
const SEED = Number(process.env['FUZZ_SEED'] ?? 1)

test(`what OpenSSL calls revoked is never valid here (seed ${String(SEED)})`, async () => {
  const { counts, wrong } = await fuzzStatus(COUNT, SEED)
  console.log(`${String(COUNT)} cases: ${JSON.stringify(counts)}`)
  expect(wrong).toEqual([])
  // The test asks nothing where hardly a list or response is read.
  expect(counts['revoked there']).toBeGreaterThan(COUNT / 10)
  expect(counts['refused here']).toBeGreaterThan(COUNT / 10)
}, 3_600_000)
