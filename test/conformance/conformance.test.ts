import { expect, test } from 'vitest'
import { answerSuite } from './answer.ts'
import { FINDINGS } from '../../src/findings.ts'
import exceptions from './exceptions.json' with { type: 'json' }
import { readSuites } from './suite.ts'
import type { Exception } from './tally.ts'
import { surprises } from './tally.ts'
import zlintExceptions from './zlint-exceptions.json' with { type: 'json' }
import zlintMap from './zlint-map.json' with { type: 'json' }
import { compareZlint, readZlint } from './zlint.ts'
import type { ZlintMap } from './zlint.ts'

const folder = process.env['VECTORS_DIR'] ?? '../shared/vectors'

for (const suite of readSuites(folder))
  test(`${suite.name}: every case is answered as its authors say, but for the exceptions`, async () => {
    expect(surprises(await answerSuite(suite), exceptions as Record<string, Exception>)).toEqual([])
  })

test('there are suites to answer', () => {
  expect(readSuites(folder).length).toBeGreaterThan(0)
})

const map = zlintMap as unknown as ZlintMap

test.skipIf(readZlint(folder) === null)(
  'zlint: every lint is mapped or has a reason, every row agrees or has one',
  () => {
    const answer = compareZlint(readZlint(folder)!, map, zlintExceptions)
    expect(answer.surprises).toEqual([])
    expect(answer.agree).toBeGreaterThan(answer.rows * 0.9)
  },
)

test('zlint: lints are mapped to codes there are', () => {
  const codes = Object.values(map.mapped)
    .flat()
    .map((one) => (typeof one === 'string' ? one : one.code))
  expect(codes.filter((code) => !(code in FINDINGS) && code !== 'der-time-invalid')).toEqual([])
})
