import { beforeAll, expect, test } from 'vitest'
import { othersOf } from '../../../src/validate/survey/others.ts'
import type { Program } from '../../../src/validate/survey/programs.ts'
import { STRICTER } from '../../../src/validate/survey/stricter.ts'
import { TOLERANCES } from '../../../src/validate/survey/tolerances.ts'
import type { ValidateOptions } from '../../../src/validate/options.ts'
import { createPool, validate } from '../../../src/validate/validate.ts'
import type { CertificateList } from '../../../src/x509/certificate-list.ts'
import { oid, seq } from '../../../src/der/writer.ts'
import type { Drawing, Drawn } from '../../support/chain.ts'
import { AT, drawKey, endEntity, intermediate, root } from '../../support/chain.ts'
import { drawList } from '../../support/revocation.ts'

// For browsers, Apple and Windows, the predictions are checked against data here; the five programs that can be run are
// run in test/interop/others/.

const ALL = ['openssl', 'go', 'java', 'gnutls', 'nss', 'chrome', 'apple', 'windows'] as const

let top: Drawn
let ca: Drawn

beforeAll(async () => {
  top = await root()
  ca = await intermediate(top)
})

/** Programs that our tests run. */
const RUN: readonly Program[] = ['openssl', 'go', 'java', 'gnutls', 'nss']

interface Asked {
  readonly issuer?: Drawn
  readonly options?: Partial<ValidateOptions>
  readonly lists?: (target: Drawn) => Promise<CertificateList[]>
}

/** The opinions on a server certificate drawn like this, and the codes of their reasons. */
async function opinions(drawing: Drawing, { issuer = ca, options: over, lists }: Asked = {}) {
  const target = await endEntity(issuer, drawing)
  const pool = createPool({
    anchors: [top.certificate],
    intermediates: [issuer.certificate],
    crls: (await lists?.(target)) ?? [],
  })
  const options: ValidateOptions = { at: AT, purpose: 'serverAuth', revocation: 'given', ...over }
  const all = othersOf(await validate(target.certificate, pool, options))
  return Object.fromEntries(
    all.map(({ program, verdict, reasons }) => [program, [verdict, ...reasons.map(({ code }) => code)]]),
  ) as Record<Program, string[]>
}

const from = new Date('2026-01-01T00:00:00Z')
const lasting = (days: number): Drawing => ({
  notBefore: from,
  notAfter: new Date(from.getTime() + days * 86_400_000 - 1000),
})

test('a chain that meets every rule is accepted by those that were run, and not known of the others', async () => {
  const said = await opinions({})
  for (const program of RUN) expect([program, ...said[program]]).toEqual([program, 'accepts'])
  for (const program of ALL.filter((each) => !RUN.includes(each)))
    expect([program, ...said[program]]).toEqual([program, 'unknown', 'not-known'])
})

test('an expired certificate is refused by all', async () => {
  const said = await opinions({}, { options: { at: new Date('2028-01-01T00:00:00Z') } })
  for (const program of ALL) expect([program, ...said[program]]).toEqual([program, 'refuses', 'refuses-too'])
})

test('a revoked certificate is refused by those that are given the lists, and accepted by Go, which looks at none', async () => {
  const said = await opinions({}, { lists: async (target) => [await drawList(ca, { revoked: [target] })] })
  for (const program of ['openssl', 'gnutls', 'java'] as const)
    expect(said[program]).toEqual(['refuses', 'refuses-too'])
  expect(said.go).toEqual(['accepts', 'no-revocation'])
  expect(said.nss).toEqual(['unknown', 'revocation-apart'])
  expect(said.chrome).toEqual(['unknown', 'revocation-apart'])
})

test('what §4 asks of issuers alone is let pass by those that were run, and is not known of the others', async () => {
  const said = await opinions({ serialNumber: Uint8Array.of(0) })
  for (const program of ['openssl', 'gnutls', 'nss', 'java', 'go'] as const)
    expect(said[program]).toEqual(['accepts', 'binds-the-issuer'])
  for (const program of ['chrome', 'apple', 'windows'] as const)
    expect(said[program]).toEqual(['unknown', 'not-known'])
})

test('Apple takes 825 days and not a second more; a root that came with it is held to the public limit', async () => {
  expect((await opinions(lasting(825))).apple).toEqual(['unknown', 'days-for-public-roots'])
  const { notAfter } = lasting(825)
  const over = { notBefore: from, notAfter: new Date(notAfter!.getTime() + 1000) }
  expect((await opinions(over)).apple).toEqual(['refuses', 'apple-825-days'])
})

test.each([
  { issued: '2026-01-01', days: 398, says: 'unknown' },
  { issued: '2026-01-01', days: 399, says: 'unknown' },
  { issued: '2026-03-15', days: 200, says: 'unknown' },
  { issued: '2026-03-15', days: 201, says: 'unknown' },
])('$days days issued on $issued below a root of unknown standing: $says', async ({ issued, days, says }) => {
  const notBefore = new Date(`${issued}T00:00:00Z`)
  const notAfter = new Date(notBefore.getTime() + days * 86_400_000 - 1000)
  const at = new Date(notBefore.getTime() + 86_400_000)
  const said = await opinions({ notBefore, notAfter }, { options: { at } })
  expect([said.chrome[0], said.apple[0], said.openssl[0]]).toEqual([says, says, 'accepts'])
})

test('Apple wants serverAuth named and a name in subjectAltName', async () => {
  expect((await opinions({ extensions: { extKeyUsage: null } })).apple).toEqual([
    'refuses',
    'apple-server-usage',
  ])
  expect((await opinions({ extensions: { subjectAltName: null } })).apple).toEqual(['refuses', 'apple-san'])
  // A certificate issued before July 2019 need not name its purpose.
  const old = { notBefore: new Date('2019-06-30T00:00:00Z'), extensions: { extKeyUsage: null } }
  expect((await opinions(old)).apple).toEqual(['unknown', 'days-for-public-roots'])
})

test('Ed25519 is refused by Chrome and not tried with Apple, P-521 by Chrome where it is the server’s key', async () => {
  const ed25519 = await opinions({ key: await drawKey('ed25519') })
  expect([ed25519.chrome, ed25519.apple]).toEqual([
    ['refuses', 'ed25519-in-browsers'],
    ['unknown', 'ed25519-not-tried'],
  ])
  const p521 = await opinions({ key: await drawKey('p521') })
  expect([p521.chrome, p521.apple]).toEqual([
    ['refuses', 'p521-in-chrome'],
    ['unknown', 'not-known'],
  ])
  const issuer = await intermediate(top, { key: await drawKey('p521') })
  expect((await opinions({}, { issuer })).chrome).toEqual(['unknown', 'not-known'])
})

test('SHA-1: Chrome and Apple refuse it, Windows below roots of its own program alone', async () => {
  const oddSignature = {
    algorithm: seq(oid('1.2.840.10045.4.1')),
    scheme: { kind: 'ecdsa', hash: 'SHA-1' },
  } as const
  const refused = await opinions({ oddSignature })
  expect([refused.chrome, refused.apple]).toEqual([
    ['refuses', 'sha1-refused'],
    ['refuses', 'sha1-refused'],
  ])
  expect(refused.windows).toEqual(['accepts', 'sha1-of-private-roots'])
  const taken = await opinions({ oddSignature }, { options: { allowSha1: true } })
  expect([taken.chrome, taken.apple, taken.windows]).toEqual([
    ['refuses', 'sha1-refused'],
    ['refuses', 'sha1-refused'],
    ['unknown', 'not-known'],
  ])
})

test('purposes nest with Windows and Chrome where the question leaves nesting out', async () => {
  const issuer = await intermediate(top, { extensions: { extKeyUsage: ['1.3.6.1.5.5.7.3.2'] } })
  const said = await opinions({}, { issuer, options: { ekuNesting: false } })
  expect([said.windows, said.chrome, said.java]).toEqual([
    ['refuses', 'usage-nested'],
    ['refuses', 'usage-nested'],
    ['accepts'],
  ])
  const nested = await opinions({}, { issuer })
  expect([nested.windows, nested.chrome]).toEqual([
    ['refuses', 'usage-nested'],
    ['refuses', 'usage-nested'],
  ])
})

test('browsers are asked about servers alone, and nobody where we have no verdict', async () => {
  const client = { extensions: { extKeyUsage: ['1.3.6.1.5.5.7.3.2'] } }
  const said = await opinions(client, { options: { purpose: 'clientAuth' } })
  expect([said.chrome, said.apple, said.openssl]).toEqual([
    ['unknown', 'servers-only'],
    ['unknown', 'servers-only'],
    ['accepts'],
  ])
  const exhausted = await opinions({}, { options: { limits: { signatures: 0 } } })
  expect(exhausted.openssl).toEqual(['unknown', 'not-judged-here'])
})

test('every difference has a source and a program', () => {
  for (const { code, source, programs } of [...TOLERANCES, ...STRICTER])
    expect([code, source.length > 10, programs.length > 0]).toEqual([code, true, true])
})

test('of a revoked CA it is not said in which words OpenSSL refuses: it may miss the list of what is below first', async () => {
  const target = await endEntity(ca)
  const wordsFor = async (list: CertificateList): Promise<readonly (string | undefined)[]> => {
    const pool = createPool({
      anchors: [top.certificate],
      intermediates: [ca.certificate],
      crls: [list],
    })
    const report = await validate(target.certificate, pool, { at: AT, revocation: 'given' })
    const opinion = othersOf(report).find(({ program }) => program === 'openssl')!
    expect(opinion.verdict).toBe('refuses')
    return opinion.reasons.map(({ words }) => words)
  }
  expect(await wordsFor(await drawList(ca, { revoked: [target] }))).toEqual(['certificate revoked'])
  expect(await wordsFor(await drawList(top, { revoked: [ca] }))).toEqual([undefined])
})

test('an address with a user before its host is looked up by each in its own way', async () => {
  const host = {
    base: { kind: 'uniformResourceIdentifier', value: 'evil.example' },
    minimum: 0,
    maximum: null,
  } as const
  const issuer = await intermediate(top, {
    extensions: { nameConstraints: { permitted: null, excluded: [host] } },
  })
  const named = (value: string) =>
    ({
      extensions: { subjectAltName: [{ kind: 'uniformResourceIdentifier', value }] },
    }) as const
  const said = await opinions(named('https://good.example@evil.example/'), { issuer })
  expect(said.openssl).toEqual(['unknown', 'form-differs'])
  expect((await opinions(named('https://evil.example/'), { issuer })).openssl).toEqual([
    'refuses',
    'refuses-too',
  ])
})
