import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { FINDINGS } from '../../src/findings.ts'

const texts = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .filter((path) => /(\.test|-cases)\.ts$/.test(path) && !path.endsWith('findings.test.ts'))
  .map((path) => readFileSync(join('test', path), 'utf8'))

test('every finding code is provoked by some test', () => {
  const untested = Object.keys(FINDINGS).filter((code) => !texts.some((text) => text.includes(`'${code}'`)))
  expect(untested).toEqual([])
})
