import { expect, test } from 'vitest'
import type { Verdict } from '../../src/validate/report.ts'
import { validateMethods } from '../../src/services/validate/methods/validate.ts'
import { encodePem } from '../../src/x509/pem.ts'
import { publicRootsText } from '../../tools/public-roots.ts'
import { fromBase64 } from '../../src/octets.ts'
import { VECTORS_DIR } from '../support/vectors.ts'
import type { PathCase } from './suite.ts'
import { readSuites } from './suite.ts'

// Chains that public servers sent, asked as the page asks on the day of each: its own guess, and the public roots alone.

/** Chains that these roots do not make valid, and why. */
const NOT_VALID: Readonly<Record<string, string>> = {}

const call = { signal: new AbortController().signal, progress: () => undefined }
const text = publicRootsText()

const online = readSuites(VECTORS_DIR).flatMap((suite) =>
  suite.kind === 'paths' ? suite.cases.filter(({ namespace }) => namespace === 'online') : [],
)

async function verdictOn({ target, intermediates, at }: PathCase): Promise<[Verdict, string | undefined]> {
  const none = () => Promise.resolve([])
  const refuse = () => Promise.reject(new Error('nothing is kept here'))
  const kept = { list: none, find: () => Promise.resolve(null), keep: refuse, change: refuse, remove: refuse }
  const methods = validateMethods({ hierarchy: none, kept })
  await methods['validate.publicRoots']({ text }, call)
  const sent = [target, ...intermediates].map((one) => encodePem('CERTIFICATE', fromBase64(one)!)).join('')
  const files = [{ name: 'chain.pem', bytes: new TextEncoder().encode(sent) }]
  const { guess } = await methods['validate.read']({ files, passwords: [], add: false }, call)
  const { purpose, peerName } = guess
  const peerNames = peerName ? [peerName] : []
  const options = { at: new Date(at), purpose, peerNames, revocation: 'given', profile: 'standard' } as const
  const question = { target: guess.target, stores: ['public'], trusted: [], options }
  const { verdict, report } = await methods['validate.run'](question, call)
  expect(purpose).toBe('serverAuth')
  return [verdict, report.paths[report.best]?.certificates[0]?.from]
}

test('there are such chains', () => {
  expect(online.length).toBeGreaterThan(0)
})

test.each(online.map((one) => [one.id, one] as const))('%s', async (id, one) => {
  if (id in NOT_VALID) expect((await verdictOn(one))[0]).not.toBe('valid')
  else expect(await verdictOn(one)).toEqual(['valid', 'public'])
})
