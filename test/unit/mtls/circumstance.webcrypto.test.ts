import { beforeAll, describe, expect, test } from 'vitest'
import { nul, oid, seq } from '../../../src/der/writer.ts'
import { circumstanceOf } from '../../../src/mtls/circumstance.ts'
import type { Circumstance } from '../../../src/mtls/circumstance/unusual.ts'
import { ownOf, readable } from '../../../src/mtls/chain.ts'
import { CASES, isMet, type Case } from '../../../src/mtls/programs/cases.ts'
import type { Possession } from '../../../src/mtls/judge/judgement.ts'
import type { Side } from '../../../src/mtls/wire/transcript.ts'
import type { ValidateOptions } from '../../../src/validate/options.ts'
import { createPool, validate } from '../../../src/validate/validate.ts'
import type { CertificateList } from '../../../src/x509/certificate-list.ts'
import { ALGORITHM_OIDS, EKU_OIDS } from '../../../src/x509/oids.ts'
import {
  AT,
  drawKey,
  endEntity,
  intermediate,
  root,
  selfSigned,
  type Drawing,
  type Drawn,
  type Key,
} from '../../support/chain.ts'
import { days, drawList, flipLast, UNKNOWN_CRITICAL } from '../../support/revocation.ts'

interface Situation {
  readonly sent: readonly (Drawn | Uint8Array)[]
  readonly anchors?: readonly Drawn[]
  readonly known?: readonly Drawn[]
  readonly lists?: readonly CertificateList[]
  readonly possession?: Possession
  readonly options?: Partial<ValidateOptions>
}

const GARBAGE = Uint8Array.of(0x30, 0x82, 0x01)
let top: Drawn
let ca: Drawn
let rsa: Key
let rsaTop: Drawn

beforeAll(async () => {
  rsa = await drawKey('rsa-2048')
  ;[top, rsaTop] = await Promise.all([root(), root({ key: rsa })])
  ca = await intermediate(top)
})

const HOST = 'server.lab.test'
const dns = (value: string): { subjectAltName: { kind: 'dNSName'; value: string }[] } => ({
  subjectAltName: [{ kind: 'dNSName', value }],
})
const of = (presenter: Side): string => (presenter === 'client' ? EKU_OIDS.clientAuth : EKU_OIDS.serverAuth)

/** A certificate for this side below an issuer. */
const leaf = (presenter: Side, issuer: Drawn, { extensions, ...drawing }: Drawing = {}): Promise<Drawn> =>
  endEntity(issuer, {
    subject: 'CN=peer',
    ...drawing,
    extensions: { extKeyUsage: [of(presenter)], ...dns(HOST), ...extensions },
  })

async function circumstance(
  presenter: Side,
  { sent, anchors = [top], known = [], lists = [], possession = 'proved', options = {} }: Situation,
): Promise<Circumstance> {
  const chain = sent.map((each) => ('certificate' in each ? each.certificate.der : each))
  const own = ownOf(chain)
  const trusted = anchors.map(({ certificate }) => certificate)
  const intermediates = readable(chain).filter((each) => each !== own)
  const pool = createPool({ anchors: trusted, intermediates, crls: lists })
  const report =
    own === null
      ? null
      : await validate(own, pool, {
          at: AT,
          purpose: presenter === 'client' ? 'clientAuth' : 'serverAuth',
          peerNames: presenter === 'client' ? [] : [{ kind: 'DNS', value: HOST }],
          revocation: lists.length > 0 ? 'require' : 'none',
          ...options,
        })
  const others = known.map(({ certificate }) => certificate)
  return circumstanceOf({ presenter, sent: chain, anchors: trusted, report, possession, known: others })
}

/** Intermediates from the anchor down. */
async function cas(n: number, first: Drawn = top): Promise<Drawn[]> {
  const all: Drawn[] = []
  for (let i = 0; i < n; i++) all.push(await intermediate(all.at(-1) ?? first))
  return all
}
async function deep(presenter: Side, n: number): Promise<Situation> {
  const all = await cas(n)
  return { sent: [await leaf(presenter, all.at(-1)!), ...all.reverse()] }
}
const below = async (presenter: Side, issuer: Drawn, drawing: Drawing = {}): Promise<Situation> => ({
  sent: [await leaf(presenter, issuer, drawing), issuer],
})
const faulty = (drawing: Drawing) => async (presenter: Side) => below(presenter, ca, drawing)
const keyed = (algorithm: 'p521' | 'ed25519' | 'rsa2048') => async (presenter: Side) =>
  below(presenter, ca, { key: algorithm === 'rsa2048' ? rsa : await drawKey(algorithm) })
const past = new Date('2026-02-01T00:00:00Z')
const other = (presenter: Side): string => of(presenter === 'client' ? 'server' : 'client')
const RSA_SHA1 = seq(oid(ALGORITHM_OIDS.sha1WithRSAEncryption), nul())
const RSA_MD5 = seq(oid(ALGORITHM_OIDS.md5WithRSAEncryption), nul())
const signedBy =
  (algorithm: Uint8Array) =>
  async (presenter: Side): Promise<Situation> => {
    const issuer = await intermediate(rsaTop, { key: rsa })
    const scheme = { kind: 'rsa-pkcs1', hash: algorithm === RSA_SHA1 ? 'SHA-1' : 'SHA-256' } as const
    return { ...(await below(presenter, issuer, { oddSignature: { algorithm, scheme } })), anchors: [rsaTop] }
  }
const listed =
  (own: 'good' | 'revoked' | 'stale' | 'none', isRevoked = false) =>
  async (presenter: Side): Promise<Situation> => {
    const { sent } = await below(presenter, ca)
    const stale = { thisUpdate: days(-9), nextUpdate: days(-2) }
    const ofCa =
      own === 'none'
        ? []
        : [
            await drawList(
              ca,
              own === 'revoked' ? { revoked: [sent[0] as Drawn] } : own === 'stale' ? stale : {},
            ),
          ]
    return { sent, lists: [await drawList(top, isRevoked ? { revoked: [ca] } : {}), ...ofCa] }
  }
const named = (value: string) => async (presenter: Side) => below(presenter, ca, { extensions: dns(value) })

/** Each case as it was measured. */
const DRAWN: { readonly [C in Case]: (presenter: Side) => Promise<Situation> } = {
  ok: (presenter) => below(presenter, ca),
  'root-sent': async (presenter) => ({ sent: [await leaf(presenter, ca), ca, top] }),
  'extra-cert': async (presenter) => ({ sent: [await leaf(presenter, ca), await root(), ca] }),
  'leaf-second': async (presenter) => ({ sent: [ca, await leaf(presenter, ca)], possession: 'wrong-key' }),
  'missing-int': async (presenter) => ({ sent: [await leaf(presenter, ca)], known: [ca] }),
  'bad-cv': async (presenter) => ({ ...(await below(presenter, ca)), possession: 'wrong-key' }),
  partial: async (presenter) => ({ ...(await below(presenter, ca)), anchors: [ca] }),
  'two-int': (presenter) => deep(presenter, 2),
  unordered: async (presenter) => {
    const [own, lower, upper] = (await deep(presenter, 2)).sent
    return { sent: [own!, upper!, lower!] }
  },
  'deep-7': (presenter) => deep(presenter, 7),
  'deep-11': (presenter) => deep(presenter, 11),
  'deep-20': (presenter) => deep(presenter, 20),
  'no-eku': faulty({ extensions: { extKeyUsage: null } }),
  'any-eku': faulty({ extensions: { extKeyUsage: [EKU_OIDS.anyExtendedKeyUsage] } }),
  ed25519: keyed('ed25519'),
  p521: keyed('p521'),
  rsa2048: keyed('rsa2048'),
  rsa1024: async (presenter) => below(presenter, ca, { key: await rsa1024() }),
  expired: faulty({ notAfter: past }),
  notyet: faulty({ notBefore: new Date('2026-06-01T00:00:00Z') }),
  'int-expired': async (presenter) => below(presenter, await intermediate(top, { notAfter: past })),
  'root-expired': async (presenter) => {
    const old = await root({ notAfter: past })
    return { sent: [await leaf(presenter, old)], anchors: [old] }
  },
  'unknown-ca': async (presenter) => ({ sent: [await leaf(presenter, await root())] }),
  'unknown-ca-root-sent': async (presenter) => below(presenter, await root()),
  'self-signed': async (presenter) => ({ sent: [await alone(presenter)] }),
  'self-pin': async (presenter) => {
    const own = await alone(presenter)
    return { sent: [own], anchors: [own] }
  },
  'leaf-pin': async (presenter) => {
    const own = await leaf(presenter, ca)
    return { sent: [own], anchors: [own] }
  },
  'issuer-not-ca': async (presenter) =>
    below(
      presenter,
      await intermediate(top, {
        extensions: {
          basicConstraints: { ca: false, pathLen: null },
          keyUsage: new Set(['digitalSignature']),
        },
      }),
    ),
  'issuer-no-bc': async (presenter) =>
    below(presenter, await intermediate(top, { extensions: { basicConstraints: null } })),
  'int-no-certsign': async (presenter) =>
    below(presenter, await intermediate(top, { extensions: { keyUsage: new Set(['cRLSign']) } })),
  pathlen: async (presenter) => {
    const upper = await intermediate(top, { pathLen: 0 })
    const lower = await intermediate(upper)
    return { sent: [await leaf(presenter, lower), lower, upper] }
  },
  nameconstr: async (presenter) => {
    const permitted = [{ base: { kind: 'dNSName' as const, value: 'other.test' }, minimum: 0, maximum: null }]
    return below(
      presenter,
      await intermediate(top, {
        extensions: { nameConstraints: { permitted, excluded: null } },
      }),
    )
  },
  'int-eku': async (presenter) =>
    below(presenter, await intermediate(top, { extensions: { extKeyUsage: [other(presenter)] } })),
  'wrong-eku': async (presenter) => below(presenter, ca, { extensions: { extKeyUsage: [other(presenter)] } }),
  'ku-no-ds': faulty({ extensions: { keyUsage: new Set(['keyAgreement']) } }),
  'crit-ext': faulty({ more: [UNKNOWN_CRITICAL] }),
  'bad-sig': faulty({ tamper: flipLast }),
  garbage: () => Promise.resolve({ sent: [GARBAGE, ca] }),
  sha1: signedBy(RSA_SHA1),
  md5: signedBy(RSA_MD5),
  revoked: listed('revoked'),
  'crl-ok': listed('good'),
  'int-revoked': listed('good', true),
  'crl-expired': listed('stale'),
  'crl-missing': listed('none'),
  'empty-subject': faulty({ subject: '' }),
  'wrong-name': named('other.lab.test'),
  'cn-only': faulty({ subject: `CN=${HOST}`, extensions: { subjectAltName: null } }),
  wildcard: named('*.lab.test'),
  'wildcard-deep': named('*.test'),
  none: () => Promise.resolve({ sent: [] }),
}

const alone = (presenter: Side): Promise<Drawn> =>
  selfSigned({
    extensions: { extKeyUsage: [of(presenter)], ...dns(HOST), authorityKeyIdentifier: null },
  })

/** WebCrypto makes no key that short where it is asked as the application asks. */
async function rsa1024(): Promise<Key> {
  const pair = await crypto.subtle.generateKey(
    {
      name: 'RSASSA-PKCS1-v1_5',
      hash: 'SHA-256',
      modulusLength: 1024,
      publicExponent: Uint8Array.of(1, 0, 1),
    },
    true,
    ['sign', 'verify'],
  )
  const spki = new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey))
  return { ...rsa, spki, keyIdentifier: spki.slice(-20) }
}

describe.each(['server', 'client'] as const)('presented by the %s', (presenter) => {
  const judge = presenter === 'client' ? 'server' : 'client'
  test.each(CASES.filter((one) => isMet(judge, one)))('%s', async (one) => {
    expect(await circumstance(presenter, await DRAWN[one](presenter))).toBe(one)
  })
})

describe('more than one thing', () => {
  test.each<[string, () => Promise<Situation>]>([
    [
      'expired, and for another name',
      () => below('server', ca, { notAfter: past, extensions: dns('other.test') }),
    ],
    [
      'no extKeyUsage, and Ed25519',
      async () => below('server', ca, { key: await drawKey('ed25519'), extensions: { extKeyUsage: null } }),
    ],
    [
      'the root sent, and another key',
      async () => ({ sent: [await leaf('server', ca), ca, top], possession: 'wrong-key' }),
    ],
    [
      'expired, below two intermediates',
      async () => {
        const all = await cas(2)
        return { sent: [await leaf('server', all[1]!, { notAfter: past }), all[1]!, all[0]!] }
      },
    ],
    [
      'expired, with current lists',
      async () => ({ ...(await below('server', ca, { notAfter: past })), lists: [await drawList(top)] }),
    ],
    ['P-384, expired', async () => below('server', ca, { key: await drawKey('p384'), notAfter: past })],
  ])('%s: several', async (_, situation) => {
    expect(await circumstance('server', await situation())).toBe('several')
  })
})

describe('what was not measured', () => {
  test.each<[string, () => Promise<Situation>]>([
    ['P-384', async () => below('server', ca, { key: await drawKey('p384') })],
    ['three intermediates', () => deep('server', 3)],
    ['no intermediate', async () => ({ sent: [await leaf('server', top)] })],
    [
      'an RSA key for encipherment too',
      () =>
        below('server', ca, {
          key: rsa,
          extensions: { keyUsage: new Set(['digitalSignature', 'keyEncipherment']) },
        }),
    ],
    [
      'an intermediate that is not valid yet',
      async () => below('server', await intermediate(top, { notBefore: new Date('2026-06-01T00:00:00Z') })),
    ],
    [
      'the root and the issuing CA in the bundle',
      async () => ({ sent: [await leaf('server', ca)], anchors: [ca, top] }),
    ],
    ['the same certificate twice', async () => ({ sent: [await leaf('server', ca), ca, ca] })],
    ['an unreadable intermediate', async () => ({ sent: [await leaf('server', ca), GARBAGE] })],
  ])('%s: unmeasured', async (_, situation) => {
    expect(await circumstance('server', await situation())).toBe('unmeasured')
  })
})

test('names of certificates tell nothing: an unknown CA with the name of a known one is unknown', async () => {
  const namesake = await root({ subject: top.certificate.subject.der })
  expect(await circumstance('server', await below('server', namesake))).toBe('unknown-ca-root-sent')
})
