import { beforeAll, expect, test } from 'vitest'
import { isCodedError } from '../../../src/errors.ts'
import { FINDINGS } from '../../../src/findings.ts'
import { lint } from '../../../src/lint/lint.ts'
import { RFC5280_RULES } from '../../../src/lint/rfc5280/index.ts'
import { parseCertificate } from '../../../src/x509/certificate.ts'
import { issued, request } from '../../support/authority.ts'
import { debianRoots } from '../../support/roots.ts'
import { seeded } from '../chains/random.ts'
import { OURS_ALONE } from './disagreements.ts'
import { CHANGES, mutate, places, readElement } from './mutate.ts'
import { READERS } from './readers.ts'
import type { ReaderName } from './readers.ts'

// Real certificates with one element written otherwise: what we say of each beside what four other programs say.

const SEED = 20260301
const ROOTS = [
  'ISRG_Root_X1.crt',
  'Certum_Trusted_Root_CA.crt',
  'QuoVadis_Root_CA_2.crt',
  'SecureTrust_CA.crt',
]
/** Mutations of each kind. */
const EACH = Number(process.env['MUTATIONS'] ?? 10)
const NAMES = Object.keys(READERS) as ReaderName[]

interface Malformed {
  readonly change: string
  readonly der: Uint8Array
  /** What is said of it that is not said of the certificate it was made from; empty where it is taken as it is. */
  readonly codes: readonly string[]
  readonly readBy: readonly ReaderName[]
}

let all: readonly Malformed[]

beforeAll(async () => {
  const drawn = drawAll(await seeds())
  const answers = await Promise.all(NAMES.map((name) => READERS[name](drawn.map(({ der }) => der))))
  all = drawn.map((each, i) => ({ ...each, readBy: NAMES.filter((_name, reader) => answers[reader]![i]) }))
})

async function seeds(): Promise<Uint8Array[]> {
  const top = await issued('root', request('Root'), null)
  const ca = await issued('intermediate', request('Issuing CA'), top)
  const own = [top, ca, await issued('tlsServer', request('www.example.com'), ca)]
  const roots = debianRoots().filter(([name]) => ROOTS.includes(name))
  return [...own.map(({ certificate }) => certificate.der), ...roots.map(([, der]) => der)]
}

function drawAll(from: readonly Uint8Array[]): Omit<Malformed, 'readBy'>[] {
  const random = seeded(SEED)
  const sound = from.map((der) => ({ der, root: readElement(der), codes: codesOf(der) }))
  return Object.entries(CHANGES).flatMap(([change, apply]) => {
    const found: Omit<Malformed, 'readBy'>[] = []
    for (let tries = 0; found.length < EACH && tries < 60 * EACH; tries++) {
      const { root, codes } = random.pick(sound)
      const der = mutate(root, random.pick(places(root)), apply, random)
      if (der) found.push({ change, der, codes: codesOf(der).filter((code) => !codes.includes(code)) })
    }
    return found
  })
}

/** What keeps it from being read, or what was found while it was, and which demands of RFC 5280 §4 it breaks. */
function codesOf(der: Uint8Array): string[] {
  try {
    const certificate = parseCertificate(der)
    const context = { place: 'target', issuedAt: certificate.notBefore, issuer: null } as const
    return [...certificate.findings, ...lint(certificate, RFC5280_RULES, context)].map(({ code }) => code)
  } catch (error) {
    if (isCodedError(error)) return [error.code]
    throw error
  }
}

const listed = (found: readonly string[]): string[] => [...new Set(found)].sort()
const base64 = ({ der }: Malformed): string => Buffer.from(der).toString('base64')

test('every change was made, and the certificates it was made to are read by all', async () => {
  expect(listed(all.map(({ change }) => change))).toEqual(Object.keys(CHANGES).sort())
  const whole = await seeds()
  for (const name of NAMES) expect(await READERS[name](whole), name).toEqual(whole.map(() => true))
})

test('what we take as it is, all of the others read too', () => {
  const surprises = all
    .filter(({ codes, readBy }) => codes.length === 0 && readBy.length < NAMES.length)
    .map((each) => `${each.change}: read by ${each.readBy.join() || 'nobody'}: ${base64(each)}`)
  expect(surprises).toEqual([])
})

test('what we alone object to breaks a rule that is named', () => {
  const surprises = all
    .filter(({ codes, readBy }) => codes.length > 0 && readBy.length === NAMES.length)
    .filter(({ codes }) => !codes.every((code) => code in FINDINGS || code in OURS_ALONE))
    .map((each) => `${each.change}: ${each.codes.join()}: ${base64(each)}`)
  expect(surprises).toEqual([])
})

test('each of the others reads something that is not DER, and we do not', () => {
  for (const name of NAMES) {
    const taken = all.filter(
      ({ codes, readBy }) => codes.some((code) => code.startsWith('der-')) && readBy.includes(name),
    )
    console.log(`${name}: reads ${String(taken.length)} of ${String(all.length)} that are not DER`)
    expect(taken.length, name).toBeGreaterThan(0)
  }
})
