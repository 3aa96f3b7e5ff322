import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AT, endEntity, intermediate, pem, root } from '../../support/chain.ts'

const TOOL = fileURLToPath(new URL('../../../tools/validate.ts', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'validate-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})
const file = (name: string): string => join(folder, name)

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [TOOL, '--at', AT.toISOString(), ...args], {
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}
interface Answer {
  readonly verdict: string
  readonly read: { readonly certificates: number; readonly problems: readonly string[] }
}
const answered = (...args: string[]) => {
  const { status, stdout } = run('--json', ...args)
  return { status, ...(JSON.parse(stdout) as Answer) }
}

beforeAll(async () => {
  const top = await root()
  const middle = await intermediate(top)
  const leaf = await endEntity(middle)
  const late = await endEntity(middle, { notAfter: new Date('2026-02-01T00:00:00Z') })
  writeFileSync(file('root.pem'), pem(top))
  writeFileSync(file('chain.pem'), pem(leaf, middle))
  writeFileSync(file('late.pem'), pem(late, middle))
  writeFileSync(file('spoilt.pem'), pem(leaf).replace(/^(.{30})./m, '$1*'))
})

describe('judging from the command line', () => {
  test('a chain to a root that is trusted stands', () => {
    expect(answered('--trust', file('root.pem'), file('chain.pem'))).toMatchObject({
      ...{ status: 0, verdict: 'valid', read: { certificates: 2, problems: [] } },
    })
  })
  test('nothing is trusted that was not said to be', () => {
    expect(answered(file('chain.pem'), file('root.pem'))).toMatchObject({ status: 1, verdict: 'invalid' })
    expect(answered('--trust', 'self-issued', file('chain.pem'), file('root.pem')).verdict).toBe('valid')
  })
  test('a certificate out of its dates is not valid', () => {
    expect(answered('--trust', file('root.pem'), file('late.pem'))).toMatchObject({
      ...{ status: 1, verdict: 'invalid' },
    })
  })
  test('what cannot be read is said to be unchecked, and why', () => {
    const { status, verdict, read } = answered(file('spoilt.pem'))
    expect({ status, verdict }).toEqual({ status: 3, verdict: 'unchecked' })
    expect(read.problems[0]).toContain('spoilt.pem')
  })
  test('the first line for a person is the verdict', () => {
    const { stdout } = run('--trust', file('root.pem'), file('chain.pem'))
    expect(stdout.split('\n')[0]).toMatch(/valid/i)
  })
  test.each([
    ['no file', []],
    ['a file that is not there', [file('none.pem')]],
    ['an instant that is none', ['--at', 'yesterday', file('chain.pem')]],
    ['a profile that is none', ['--profile', 'strict', file('chain.pem')]],
    ['a name without its kind', ['--name', 'example.com', file('chain.pem')]],
    ['an option that is none', ['--unknown', file('chain.pem')]],
    ['a store without certificates', ['--trust', file('spoilt.pem'), file('chain.pem')]],
  ])('%s is a mistake, said in one sentence', (_, args) => {
    const { status, stderr, stdout } = run(...args)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).not.toMatch(/ {4}at /)
  })
})
