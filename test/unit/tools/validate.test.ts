import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { encodePem } from '../../../src/x509/pem.ts'
import { publicRootsText } from '../../../tools/public-roots.ts'
import { AT, endEntity, intermediate, pem, root } from '../../support/chain.ts'
import { drawList, drawResponse } from '../../support/revocation.ts'

const TOOL = fileURLToPath(new URL('../../../tools/validate.ts', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'validate-'))
// Compiled once for all runs.
const env = { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compiled') }
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})
const file = (name: string): string => join(folder, name)

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [TOOL, '--at', AT.toISOString(), ...args], {
    encoding: 'utf8',
    env,
  })
  return { status, stdout, stderr }
}
interface Answer {
  readonly verdict: string
  readonly headline: string
  readonly asked: { readonly anchorConstraints: boolean }
  readonly others: readonly { readonly verdict: string }[]
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
  const [, publicRoot = ''] = publicRootsText().split('\n')
  writeFileSync(
    file('public.pem'),
    encodePem('CERTIFICATE', Uint8Array.from(Buffer.from(publicRoot, 'base64'))),
  )
  const old = await root({ notAfter: new Date('2026-02-01T00:00:00Z'), subject: 'CN=Old Root' })
  const below = await intermediate(old)
  writeFileSync(file('old-root.pem'), pem(old))
  writeFileSync(file('below-old.pem'), pem(await endEntity(below), below))
  writeFileSync(file('chain.pem'), pem(leaf, middle))
  writeFileSync(file('late.pem'), pem(late, middle))
  const list = await drawList(middle, { revoked: [leaf] })
  writeFileSync(file('list.crl'), list.der)
  writeFileSync(file('spoilt.crl'), withoutTime(list.der))
  writeFileSync(file('spoilt-crl.pem'), encodePem('X509 CRL', withoutTime(list.der)))
  const response = await drawResponse(middle, leaf, middle, { status: { status: 'good' } })
  writeFileSync(file('spoilt.ors'), withoutTime(response.der))
  writeFileSync(file('spoilt.pem'), pem(leaf).replace(/^(.{30})./m, '$1*'))
})

/** The octets with a letter in the first time of the signed part. */
function withoutTime(der: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(der)
  const TIMES = [0x17, 0x18]
  const at = copy.findIndex(
    (tag, i) => TIMES.includes(tag) && [13, 15].includes(copy[i + 1]!) && copy[i + 2] === 0x32,
  )
  copy[at + 3] = 0x58
  return copy
}

describe('validating from the command line', () => {
  test('a chain to a root that is trusted stands', () => {
    expect(answered('--trust', file('root.pem'), file('chain.pem'))).toMatchObject({
      ...{ status: 0, verdict: 'valid', read: { certificates: 2, problems: [] } },
    })
  })
  test('nothing is trusted that was not said to be', () => {
    expect(answered(file('chain.pem'), file('root.pem'))).toMatchObject({ status: 1, verdict: 'invalid' })
    expect(answered('--trust', 'self-issued', file('chain.pem'), file('root.pem')).verdict).toBe('valid')
  })
  test('the public roots count only if they are asked for', () => {
    const asked = ['--purpose', 'serverAuth', file('public.pem')]
    expect(answered(...asked)).toMatchObject({ status: 1, verdict: 'invalid' })
    const { status, headline } = answered('--trust', 'public', ...asked)
    expect([status, headline]).toEqual([0, expect.stringMatching(/ Public roots as of Node\.js \d+\./)])
    expect(answered('--trust', 'public', file('chain.pem'), file('root.pem')).verdict).toBe('invalid')
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
  test.each(['spoilt.crl', 'spoilt-crl.pem', 'spoilt.ors'])(
    '%s may say who is revoked: nothing is valid beside it, unless nobody asks',
    (name) => {
      const given = ['--trust', file('root.pem'), file('chain.pem'), file(name)]
      const { stdout, status } = run('--json', ...given)
      const { headline, verdict, others } = JSON.parse(stdout) as Answer
      expect({ status, verdict }).toEqual({ status: 3, verdict: 'unchecked' })
      expect(headline).toMatch(/revocation list or OCSP response in .*cannot be read/)
      expect(others.map((each) => each.verdict)).not.toContain('accepts')
      expect(answered('--revocation', 'none', ...given).verdict).toBe('valid')
      expect(answered(...given, file('list.crl')).verdict).toBe('invalid')
    },
  )
  test('what could not be read is told beside the answer, and in it as JSON', () => {
    writeFileSync(
      file('noise.bin'),
      Uint8Array.from({ length: 200 }, (_, i) => (i * 97) % 251),
    )
    const { status, stdout, stderr } = run(file('noise.bin'))
    expect([status, stdout]).toEqual([
      3,
      'Could not be checked. There is no certificate in what you added.\n',
    ])
    expect(stderr).toMatch(/^.*noise\.bin: This file has nothing that can be read here/)
    const json = run('--json', file('noise.bin'))
    expect(json.stderr).toBe('')
    expect((JSON.parse(json.stdout) as Answer).read.problems).toEqual([stderr.trim()])
    const beside = run('--trust', file('root.pem'), file('chain.pem'), file('noise.bin'))
    expect(beside.stdout).not.toContain('noise.bin')
    expect(beside.stderr).toContain('noise.bin')
  })
  test('what a root says of itself counts, unless it is said not to', () => {
    const given = ['--trust', file('old-root.pem'), file('below-old.pem')]
    expect(answered(...given)).toMatchObject({ status: 1, verdict: 'invalid' })
    expect(answered('--anchor-constraints', 'no', ...given)).toMatchObject({ status: 0, verdict: 'valid' })
    expect(answered('--profile', 'path', ...given).verdict).toBe('valid')
    const both = answered('--profile', 'path', '--anchor-constraints', 'yes', ...given)
    expect([both.verdict, both.asked.anchorConstraints]).toEqual(['invalid', true])
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
    ['an option without its value', [file('chain.pem'), '--purpose']],
    ['an answer that is neither yes nor no', ['--anchor-constraints', 'maybe', file('chain.pem')]],
    ['a store without certificates', ['--trust', file('spoilt.pem'), file('chain.pem')]],
  ])('%s is a mistake, said in one sentence', (_, args) => {
    const { status, stderr, stdout } = run(...args)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).not.toMatch(/ {4}at |ENOENT/)
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })
})
