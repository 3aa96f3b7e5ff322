import { expect, test } from 'vitest'
import { answerSuite } from './answer.ts'
import exceptions from './exceptions.json' with { type: 'json' }
import { readSuites } from './suite.ts'
import type { Exception } from './tally.ts'
import { surprises } from './tally.ts'

const folder = process.env['VECTORS_DIR'] ?? '../shared/vectors'

for (const suite of readSuites(folder))
  test(`${suite.name}: every case is answered as its authors say, but for the exceptions`, async () => {
    expect(surprises(await answerSuite(suite), exceptions as Record<string, Exception>)).toEqual([])
  })

test('there are suites to answer', () => {
  expect(readSuites(folder).length).toBeGreaterThan(0)
})
