import { beforeAll, describe, expect, test } from 'vitest'
import type { ValidateOptions } from '../../../src/validate/options.ts'
import type { Report } from '../../../src/validate/report.ts'
import { createPool, validate } from '../../../src/validate/validate.ts'
import type { CertificateList } from '../../../src/x509/certificate-list.ts'
import { hexOf } from '../../../src/octets.ts'
import { EKU_OIDS, EXTENSION_OIDS, LIST_EXTENSION_OIDS } from '../../../src/x509/oids.ts'
import type { CertStatus, OcspResponse } from '../../../src/x509/ocsp.ts'
import { parseCertificateList } from '../../../src/x509/certificate-list.ts'
import {
  encodeIssuingDistributionPoint,
  UNLIMITED,
} from '../../../src/x509/extensions/issuing-distribution-point.ts'
import { encodeName } from '../../../src/x509/name.ts'
import { assembleSigned } from '../../../src/x509/encode.ts'
import { Reader, TAG } from '../../../src/der/reader.ts'
import { explicit, integer, integerContent, nul, oid, seq } from '../../../src/der/writer.ts'
import type { Drawing, Drawn } from '../../support/chain.ts'
import { AT, endEntity, intermediate, root, signWith } from '../../support/chain.ts'
import {
  UNKNOWN_CRITICAL,
  days,
  drawList,
  drawResponse,
  flipLast,
  rawEntry,
  reason,
} from '../../support/revocation.ts'
import type { ListDrawing } from '../../support/revocation.ts'

// Evidence against a certificate is never dropped because the CRL or response that carries it is imperfect.

let top: Drawn
let ca: Drawn
let target: Drawn
beforeAll(async () => {
  top = await root()
  ca = await intermediate(top)
  target = await endEntity(ca)
})

interface Given {
  readonly lists?: readonly CertificateList[]
  readonly responses?: readonly OcspResponse[]
  readonly asked?: Drawn
}

async function examine(
  { lists = [], responses = [], asked = target }: Given,
  options: Partial<ValidateOptions> = {},
) {
  const pool = createPool({
    anchors: [top.certificate],
    intermediates: [ca.certificate],
    crls: [await drawList(top), ...lists],
    ocspResponses: responses,
  })
  return answerOf(await validate(asked.certificate, pool, { at: AT, revocation: 'require', ...options }))
}

function answerOf(report: Report) {
  const certificates = report.paths[report.best]!.certificates
  const rows = certificates.at(-1)!.rows
  return {
    verdict: report.verdict,
    codes: rows
      .filter(({ step }) => step === 'require-not-revoked')
      .flatMap(({ findings }) => findings.map(({ code }) => code)),
    onCertificates: certificates.flatMap(({ findings }) => findings.map(({ code }) => code)),
    told: rows.flatMap(({ sources = [] }) =>
      sources.flatMap(({ findings }) => findings.map(({ code }) => code)),
    ),
  }
}

const list = (drawing: ListDrawing = {}): Promise<CertificateList> => drawList(ca, drawing)
const named = (reasonCode: 'keyCompromise' | 'certificateHold' | 'removeFromCRL', since = days(-2)) => ({
  serialNumber: target.certificate.serialNumber,
  reasonCode,
  revocationDate: since,
})
const MODES = ['given', 'require'] as const
const PROFILES = ['path', 'rfc5280', 'webpki'] as const

test.each(MODES)('an empty set in the name of its issuer hides no list (%s)', async (revocation) => {
  const issuer = encodeName([[], ...ca.certificate.subject.rdns])
  const lists = [await list({ issuer, revoked: [target] })]
  expect((await examine({ lists }, { revocation })).codes).toEqual(['revoked'])
})

test('a list given a hundred times over is one list', async () => {
  const one = await list({ revoked: [target] })
  const lists = Array.from({ length: 300 }, () => parseCertificateList(one.der))
  const answer = await examine({ lists })
  expect(answer).toMatchObject({ verdict: 'invalid', codes: ['revoked'] })
})

test('an entry whose issuer is no directory name, on an indirect list: whose it is cannot be known', async () => {
  const uri = [{ kind: 'uniformResourceIdentifier', value: 'http://example.com/ca' }] as const
  const revoked = [{ ...named('keyCompromise'), certificateIssuer: uri }]
  const lists = [await list({ scope: { indirectCRL: true }, revoked })]
  for (const revocation of MODES) expect((await examine({ lists }, { revocation })).verdict).toBe('unchecked')
})

/** Duties of a CRL issuer that it may neglect. */
const NEGLECTED: Readonly<Record<string, ListDrawing>> = {
  'no number': { number: null },
  'no key identifier': { keyIdentifier: null },
  'no nextUpdate': { nextUpdate: null },
  'version 1': { version: 1 },
  'a critical number': { critical: { [LIST_EXTENSION_OIDS.cRLNumber]: true } },
  'a scope that is not critical': {
    scope: { onlyContainsUserCerts: true },
    critical: { [LIST_EXTENSION_OIDS.issuingDistributionPoint]: false },
  },
  'an end in the past': { thisUpdate: days(-9), nextUpdate: days(-1) },
  'an end before its beginning': { nextUpdate: days(-3) },
  'another algorithm outside than inside': { outerAlgorithm: seq(oid('1.2.840.10045.4.3.2'), nul()) },
  'a key identifier twice': {
    more: [{ oid: EXTENSION_OIDS.authorityKeyIdentifier, critical: false, value: seq() }],
  },
  'a scope that cannot be read': {
    more: [{ oid: LIST_EXTENSION_OIDS.issuingDistributionPoint, critical: false, value: nul() }],
  },
}

describe.each(Object.entries(NEGLECTED))('a list with %s', (what, drawing) => {
  const cannotBeVerified = what === 'another algorithm outside than inside'

  test.each(MODES.flatMap((mode) => PROFILES.map((profile) => [mode, profile] as const)))(
    'revokes whom it names (%s, %s)',
    async (revocation, profile) => {
      const answer = await examine(
        { lists: [await list({ ...drawing, revoked: [target] })] },
        { revocation, profile },
      )
      expect(answer.verdict).toBe(cannotBeVerified ? 'unchecked' : 'invalid')
      if (!cannotBeVerified) expect(answer.codes).toEqual(['revoked'])
    },
  )

  test.each(PROFILES)('lays no fault on a certificate that it does not name (%s)', async (profile) => {
    const { certificate } = await endEntity(ca, { extensions: { certificatePolicies: null } })
    const answer = await examine(
      { lists: [await list({ ...drawing, revoked: [{ serialNumber: certificate.serialNumber }] })] },
      { revocation: 'given', profile },
    )
    expect(answer.codes).toEqual([])
    expect(
      answer.onCertificates.filter((code) => code.startsWith('crl-') || code.startsWith('extension-')),
    ).toEqual([])
  })
})

describe('a list that may not be used and names the certificate', () => {
  const BASELESS: ListDrawing = { number: 9, base: 8 }
  test.each(MODES)('leaves it unchecked, never valid (%s)', async (revocation) => {
    for (const drawing of [{ more: [UNKNOWN_CRITICAL] }, BASELESS]) {
      const named = await list({ ...drawing, revoked: [target] })
      expect(await examine({ lists: [named] }, { revocation })).toMatchObject({
        verdict: 'unchecked',
        codes: ['listed-on-unusable'],
      })
      expect(await examine({ lists: [named, await list({ number: 7 })] }, { revocation })).toMatchObject({
        verdict: 'unchecked',
      })
    }
  })
  test('is outweighed by one that may be used and revokes', async () => {
    const lists = [
      await list({ more: [UNKNOWN_CRITICAL], revoked: [target] }),
      await list({ revoked: [target] }),
    ]
    expect(await examine({ lists })).toMatchObject({ verdict: 'invalid', codes: ['revoked'] })
  })
  test('says nothing where its signature does not hold', async () => {
    const forged = await list({ more: [UNKNOWN_CRITICAL], revoked: [target], tamper: flipLast })
    expect(await examine({ lists: [forged] }, { revocation: 'given' })).toMatchObject({ verdict: 'valid' })
  })
})

describe('a list from after the date asked for', () => {
  test.each(MODES)(
    'revokes whom it lists with an earlier date, and says that the clock may be slow (%s)',
    async (revocation) => {
      const later = { thisUpdate: days(3), nextUpdate: days(9) }
      const before = await list({ ...later, revoked: [named('keyCompromise', days(-1))] })
      const answer = await examine({ lists: [before] }, { revocation })
      expect(answer).toMatchObject({ verdict: 'invalid', codes: ['revoked'] })
      expect(answer.told).toContain('crl-not-yet-valid')
      const after = await list({ ...later, revoked: [named('keyCompromise', days(1))] })
      expect((await examine({ lists: [after] }, { revocation })).codes).not.toContain('revoked')
    },
  )
})

describe('in which order statements count', () => {
  test('a listing is not lifted by the silence of a newer list, a hold is', async () => {
    const newer = await list({ thisUpdate: days(-0.5), number: 20 })
    const older = (reason: 'keyCompromise' | 'certificateHold') =>
      list({ thisUpdate: days(-3), number: 10, revoked: [named(reason, days(-4))] })
    for (const lists of [
      [newer, await older('keyCompromise')],
      [await older('keyCompromise'), newer],
    ])
      expect(await examine({ lists })).toMatchObject({ codes: ['revoked'] })
    expect(await examine({ lists: [await older('certificateHold'), newer] })).toMatchObject({
      verdict: 'valid',
    })
    expect(await examine({ lists: [newer, await older('certificateHold')] })).toMatchObject({
      verdict: 'valid',
    })
  })

  test('a hold is not lifted by an older list, one of other reasons, a stale one, or one that could be forged', async () => {
    const hold = await list({ number: 10, revoked: [named('certificateHold')] })
    for (const drawing of [
      { thisUpdate: days(-3), number: 9 },
      { thisUpdate: days(-0.5), number: 11, scope: { onlySomeReasons: new Set(['keyCompromise'] as const) } },
      { thisUpdate: days(-0.9), nextUpdate: days(-0.5), number: 11 },
      { thisUpdate: days(-0.5), number: 11, more: [UNKNOWN_CRITICAL] },
    ])
      expect(await examine({ lists: [hold, await list(drawing)] }, { revocation: 'given' })).toMatchObject({
        codes: ['on-hold'],
      })
  })

  test('removeFromCRL in a delta lifts a hold, and nothing else', async () => {
    const delta = await list({
      number: 11,
      base: 10,
      thisUpdate: days(-0.5),
      revoked: [named('removeFromCRL')],
    })
    const base = (reason: 'keyCompromise' | 'certificateHold') =>
      list({ number: 10, revoked: [named(reason)] })
    expect(await examine({ lists: [await base('certificateHold'), delta] })).toMatchObject({
      verdict: 'valid',
    })
    expect(await examine({ lists: [await base('keyCompromise'), delta] })).toMatchObject({
      codes: ['revoked'],
    })
  })

  test('removeFromCRL in a list of other reasons lifts no hold', async () => {
    const hold = await list({
      number: 10,
      thisUpdate: days(-3),
      revoked: [named('certificateHold', days(-4))],
    })
    for (const reasons of [[], ['keyCompromise']] as const) {
      const scope = { onlySomeReasons: new Set(reasons) }
      const removing = await list({ number: 11, scope, revoked: [named('removeFromCRL')] })
      for (const revocation of MODES)
        expect(await examine({ lists: [hold, removing] }, { revocation })).toMatchObject({
          codes: ['on-hold'],
        })
    }
  })

  test('of several entries in one list the heaviest counts', async () => {
    const both = await list({
      revoked: [named('removeFromCRL'), named('certificateHold'), named('keyCompromise')],
    })
    expect(await examine({ lists: [both] })).toMatchObject({ codes: ['revoked'] })
  })
})

describe('certificates of which there is no status (RFC 9608)', () => {
  const drawn = (extensions: Drawing['extensions']) =>
    endEntity(ca, { extensions: { noRevAvail: true, ...extensions } })
  const POINTS = [
    {
      fullName: [{ kind: 'uniformResourceIdentifier', value: 'http://example.com/a.crl' } as const],
      nameRelativeToCRLIssuer: null,
      reasons: null,
      cRLIssuer: null,
    },
  ]
  const responder = (method: string) => [
    { method, location: { kind: 'uniformResourceIdentifier', value: 'http://example.com/' } as const },
  ]

  test('need none, unless they say where it would be', async () => {
    expect(await examine({ asked: await drawn({}) })).toMatchObject({ verdict: 'valid', codes: [] })
    expect(
      await examine({ asked: await drawn({ authorityInfoAccess: responder('1.3.6.1.5.5.7.48.2') }) }),
    ).toMatchObject({
      verdict: 'valid',
    })
    for (const extensions of [
      { cRLDistributionPoints: POINTS },
      { freshestCRL: POINTS },
      { authorityInfoAccess: responder('1.3.6.1.5.5.7.48.1') },
      { basicConstraints: { ca: true, pathLen: null } },
      { noRevAvail: null },
    ] as const)
      expect(await examine({ asked: await drawn(extensions) })).toMatchObject({
        codes: ['revocation-undetermined'],
      })
  })

  test('are revoked by a list that names them all the same', async () => {
    const asked = await drawn({})
    expect(await examine({ asked, lists: [await list({ revoked: [asked] })] })).toMatchObject({
      codes: ['revoked'],
    })
  })

  test('ocsp-nocheck is for responders alone', async () => {
    const asked = (purpose: string) =>
      endEntity(ca, { extensions: { ocspNoCheck: true, extKeyUsage: [purpose] } })
    expect(await examine({ asked: await asked('1.3.6.1.5.5.7.3.9') })).toMatchObject({ verdict: 'valid' })
    expect(await examine({ asked: await asked('1.3.6.1.5.5.7.3.1') })).toMatchObject({
      codes: ['revocation-undetermined'],
    })
  })
})

test('signatures that could not be paid for are not taken for silence', async () => {
  const lists = await Promise.all(
    Array.from({ length: 4 }, () => list({ revoked: [target], tamper: flipLast })),
  )
  const answer = await examine(
    { lists: [...lists, await list({ revoked: [target] })] },
    { limits: { signatures: 4 } },
  )
  expect(answer.verdict).not.toBe('valid')
})

test('a list over SHA-1 revokes whom it names, and clears nobody', async () => {
  const algorithm = seq(oid('1.2.840.10045.4.1'))
  const overSha1 = async (drawing: ListDrawing) => {
    const { tbs } = await list({ ...drawing, algorithm })
    const signature = await signWith(ca.key, { kind: 'ecdsa', hash: 'SHA-1' }, tbs)
    return parseCertificateList(assembleSigned(tbs, algorithm, signature))
  }
  for (const revocation of MODES)
    expect(await examine({ lists: [await overSha1({ revoked: [target] })] }, { revocation })).toMatchObject({
      codes: ['revoked'],
      told: ['crl-signature-sha1'],
    })
  expect(await examine({ lists: [await overSha1({})] })).toMatchObject({ codes: ['revocation-undetermined'] })
  expect(await examine({ lists: [await overSha1({})] }, { allowSha1: true })).toMatchObject({
    verdict: 'valid',
  })
  const hold = await list({ revoked: [named('certificateHold')] })
  const newer = await overSha1({ number: 11, thisUpdate: days(-0.5) })
  expect(await examine({ lists: [hold, newer] })).toMatchObject({ codes: ['on-hold'] })
})

describe('an imperfect entry', () => {
  const reasonTwice = (first: number, second: number) =>
    rawEntry(target.certificate.serialNumber, reason(first), reason(second))

  test.each([
    ['an unknown reason', () => rawEntry(target.certificate.serialNumber, reason(7))],
    ['a hold beside another reason', () => reasonTwice(6, 1)],
    ['removeFromCRL twice', () => reasonTwice(8, 8)],
  ])('with %s revokes for no known reason, and a newer silent list lifts nothing', async (_what, bad) => {
    const lists = [await drawList(ca, { revoked: [bad()], thisUpdate: days(-2) }), await drawList(ca)]
    for (const profile of ['path', 'standard', 'rfc5280'] as const) {
      const { verdict, codes, told } = await examine({ lists }, { profile })
      expect({ verdict, codes }).toEqual({ verdict: 'invalid', codes: ['revoked'] })
      expect(told).toContain('crl-entry-imperfect')
    }
  })

  test('of another certificate is told on the list, which speaks of the others', async () => {
    const lists = [await drawList(ca, { revoked: [rawEntry(Uint8Array.of(5), reason(7))] })]
    const { codes, told, onCertificates } = await examine({ lists })
    expect({ codes, told }).toEqual({ codes: [], told: ['crl-entry-imperfect'] })
    expect(onCertificates).not.toContain('crl-entry-imperfect')
  })

  test('without a date that can be read revokes, in a list from later too', async () => {
    const bad = seq(integerContent(target.certificate.serialNumber), seq())
    for (const thisUpdate of [days(-1), days(2)]) {
      const { verdict, codes } = await examine({
        lists: [await drawList(ca, { revoked: [bad], thisUpdate })],
      })
      expect({ verdict, codes }).toEqual({ verdict: 'invalid', codes: ['revoked'] })
    }
  })
})

describe('an imperfect response', () => {
  const badEnd = (tbs: Uint8Array) => tbs.with(tbs.lastIndexOf(0x5a), 0x30)
  /** The tag of the status, before thisUpdate and nextUpdate. */
  const badStatus = (tbs: Uint8Array) => tbs.with(tbs.lastIndexOf(TAG.GENERALIZED_TIME, -36) - 2, 0x83)
  const revoked = { status: 'revoked', revocationTime: days(-2), revocationReason: null } as const

  test('about the certificate, with a status that cannot be read, leaves it unchecked beside good ones', async () => {
    const responses = [
      await drawResponse(ca, target, ca, { alter: badStatus }),
      await drawResponse(ca, target, ca),
    ]
    for (const revocation of ['given', 'require'] as const) {
      const { verdict, codes } = await examine({ lists: [await drawList(ca)], responses }, { revocation })
      expect({ verdict, codes }).toEqual({ verdict: 'unchecked', codes: ['ocsp-status-unreadable'] })
    }
    const lists = [await drawList(ca, { revoked: [target] })]
    expect(await examine({ lists, responses })).toMatchObject({ verdict: 'invalid', codes: ['revoked'] })
  })

  test('that says revoked does so with an end that cannot be read; that says good is not believed', async () => {
    const answer = async (status: CertStatus) =>
      examine({ responses: [await drawResponse(ca, target, ca, { status, alter: badEnd })] })
    expect(await answer(revoked)).toMatchObject({ verdict: 'invalid', codes: ['revoked'] })
    expect(await answer({ status: 'good' })).toMatchObject({
      codes: ['revocation-undetermined'],
      told: ['ocsp-signer-key-usage', 'ocsp-answer-imperfect'],
    })
  })

  test('of an unknown version says revoked, and is not believed that it is good', async () => {
    const alter = (tbs: Uint8Array) => seq(explicit(0, integer(1)), new Reader(tbs).content())
    const answer = async (status: CertStatus) =>
      examine({ responses: [await drawResponse(ca, target, ca, { status, alter })] })
    expect(await answer(revoked)).toMatchObject({ verdict: 'invalid', codes: ['revoked'] })
    expect(await answer({ status: 'good' })).toMatchObject({
      codes: ['revocation-undetermined'],
      told: ['ocsp-signer-key-usage', 'ocsp-version-unknown'],
    })
  })
})

describe('a hold ends by a later list of the same issuer, key and scope alone (RFC 5280 §5.2.3)', () => {
  const hold = () => [
    { serialNumber: target.certificate.serialNumber, reasonCode: 'certificateHold' as const },
  ]
  const users = { onlyContainsUserCerts: true }
  const verdictOf = async (...lists: CertificateList[]) => (await examine({ lists })).codes

  test('issued again at the same instant under a higher number, it is lifted, and not under a lower one', async () => {
    const held = await drawList(ca, { revoked: hold(), number: 10 })
    expect(await verdictOf(held, await drawList(ca, { number: 11 }))).toEqual([])
    expect(await verdictOf(held, await drawList(ca, { number: 9 }))).toEqual(['on-hold'])
  })

  test('another scope lifts nothing, whatever its number and date', async () => {
    const held = await drawList(ca, { revoked: hold(), number: 10, thisUpdate: days(-3) })
    const scoped = await drawList(ca, { revoked: hold(), number: 10, thisUpdate: days(-3), scope: users })
    expect(await verdictOf(held, await drawList(ca, { number: 99, scope: users }))).toEqual(['on-hold'])
    expect(await verdictOf(scoped, await drawList(ca, { number: 99 }))).toEqual(['on-hold'])
    expect(await verdictOf(scoped, await drawList(ca, { number: 99, scope: users }))).toEqual([])
  })

  test('another key under the same name lifts nothing', async () => {
    const twin = await intermediate(top)
    const held = await drawList(ca, { revoked: hold(), thisUpdate: days(-3) })
    const pool = createPool({
      anchors: [top.certificate],
      intermediates: [ca.certificate, twin.certificate],
      crls: [await drawList(top), held, await drawList(twin, { number: 99 })],
    })
    const report = await validate(target.certificate, pool, { at: AT, revocation: 'require' })
    expect(answerOf(report).codes).toEqual(['on-hold'])
  })
})

test.each([true, false])(
  'a list that says its scope twice is not put aside for its scope (critical: %s)',
  async (critical) => {
    const elsewhere = {
      oid: LIST_EXTENSION_OIDS.issuingDistributionPoint,
      critical,
      value: encodeIssuingDistributionPoint({ ...UNLIMITED, onlyContainsCACerts: true }),
    }
    const list = (revoked: Drawn[]) => drawList(ca, { revoked, more: [elsewhere, elsewhere] })
    for (const revocation of ['given', 'require'] as const) {
      const { verdict, codes } = await examine({ lists: [await list([target])] }, { revocation })
      expect({ verdict, codes }).toEqual(
        critical
          ? { verdict: 'unchecked', codes: ['listed-on-unusable'] }
          : { verdict: 'invalid', codes: ['revoked'] },
      )
    }
    expect((await examine({ lists: [await list([])] })).codes).toEqual(['revocation-undetermined'])
  },
)

test('a certificate issuer on a list that is not indirect takes no certificate of its CA off it (RFC 5280 §5.3.3)', async () => {
  const { serialNumber } = target.certificate
  const certificateIssuer = [{ kind: 'directoryName', name: top.certificate.subject }] as const
  const revoked = [{ serialNumber, certificateIssuer }]
  expect((await examine({ lists: [await drawList(ca, { revoked })] })).codes).toEqual(['revoked'])
  const indirect = await drawList(ca, { revoked, scope: { indirectCRL: true } })
  expect((await examine({ lists: [indirect] })).codes).toEqual([])
})

describe('a list that says it is about other certificates, and names this one', () => {
  const elsewhere = {
    distributionPoint: {
      fullName: [{ kind: 'uniformResourceIdentifier', value: 'http://lists.example/7' }],
      nameRelativeToCRLIssuer: null,
    },
  } as const
  const SCOPES = [
    elsewhere,
    { onlyContainsCACerts: true },
    { onlyContainsAttributeCerts: true },
    { ...elsewhere, indirectCRL: true },
  ] as const

  test.each(SCOPES)('leaves it unchecked, never valid: %o', async (scope) => {
    for (const revocation of MODES)
      for (const delta of [{}, { base: 4 }]) {
        const lists = [await list({ ...delta, scope, revoked: [target] }), await list({ number: 5 })]
        expect(await examine({ lists }, { revocation })).toMatchObject({
          verdict: 'unchecked',
          codes: ['listed-on-unusable'],
        })
      }
  })

  test('clears nobody by its silence, and lifts no hold', async () => {
    expect((await examine({ lists: [await list({ scope: elsewhere })] })).codes).toEqual([
      'revocation-undetermined',
    ])
    const held = await list({ thisUpdate: days(-3), revoked: [named('certificateHold')] })
    const lifted = await list({ scope: elsewhere, revoked: [named('removeFromCRL')] })
    expect((await examine({ lists: [held, lifted] })).codes).toEqual(['on-hold'])
  })

  test('is no complete list for a delta to be laid over', async () => {
    const lists = [
      await list({ number: 4, scope: elsewhere, thisUpdate: days(-2) }),
      await list({ number: 5, base: 4, scope: elsewhere }),
    ]
    expect((await examine({ lists })).codes).toEqual(['revocation-undetermined'])
  })

  test('says nothing where its signature does not hold', async () => {
    const forged = await list({ scope: elsewhere, revoked: [target], tamper: flipLast })
    expect((await examine({ lists: [forged] }, { revocation: 'given' })).verdict).toBe('valid')
  })
})

test('a list whose signer has expired since revokes whom it names, and clears nobody', async () => {
  const lapsed = await intermediate(top, {
    subject: ca.certificate.subject.der,
    notAfter: days(-2),
  })
  const verdictOf = async (drawing: ListDrawing) => {
    const pool = createPool({
      anchors: [top.certificate],
      intermediates: [ca.certificate, lapsed.certificate],
      crls: [await drawList(top), await drawList(lapsed, drawing)],
    })
    const { verdict, codes } = answerOf(
      await validate(target.certificate, pool, { at: AT, revocation: 'require' }),
    )
    return { verdict, codes }
  }
  const revoked = [{ serialNumber: target.certificate.serialNumber, revocationDate: days(-10) }]
  const early = { thisUpdate: days(-9) }
  expect(await verdictOf({ ...early, revoked })).toEqual({ verdict: 'invalid', codes: ['revoked'] })
  expect(await verdictOf(early)).toMatchObject({ codes: ['revocation-undetermined'] })
  expect(await verdictOf({ revoked })).toMatchObject({ codes: ['revocation-undetermined'] })
})

describe('what another key or another CA says against it', () => {
  const REVOKED = { status: 'revoked', revocationTime: days(-2), revocationReason: null } as const
  const RESPONDER: Drawing = {
    subject: 'CN=Responder',
    extensions: { extKeyUsage: [EKU_OIDS.OCSPSigning], subjectAltName: null },
  }
  const verdictOf = async (
    { lists = [], responses = [], asked = target }: Given,
    anchors: readonly Drawn[],
    between: readonly Drawn[],
  ): Promise<string> => {
    const certificates = (all: readonly Drawn[]) => all.map(({ certificate }) => certificate)
    const pool = createPool({
      anchors: certificates(anchors),
      intermediates: certificates(between),
      crls: lists,
      ocspResponses: responses,
    })
    const report = await validate(asked.certificate, pool, { at: AT, revocation: 'given' })
    return [report.verdict, ...answerOf(report).codes].join(' ')
  }

  test('a root that names itself on its own list, or in its own response, is trusted for nothing', async () => {
    const listed = { lists: [await drawList(top, { revoked: [top] })] }
    expect(await verdictOf(listed, [top], [ca])).toBe('invalid')
    const answered = { responses: [await drawResponse(top, top, top, { status: REVOKED })] }
    expect(await verdictOf(answered, [top], [ca])).toBe('invalid')
    expect(await verdictOf({ ...listed, asked: top }, [top], [])).toBe('invalid revoked')
    const other = { lists: [await drawList(top, { revoked: [await root()] })] }
    expect(await verdictOf(other, [top], [ca])).toBe('valid')
  })

  test('a list of another trusted root of the same name leaves it unchecked: the CA’s new key, or a namesake', async () => {
    const namesake = await root({ subject: top.certificate.subject.der })
    const asked = await endEntity(top)
    const listed = { lists: [await drawList(namesake, { revoked: [asked] })], asked }
    expect(await verdictOf(listed, [top, namesake], [])).toBe('unchecked listed-on-unusable')
    // Nobody trusts the namesake: anyone can make one.
    expect(await verdictOf(listed, [top], [namesake])).toBe('valid')
    const silent = { lists: [await drawList(namesake)], asked }
    expect(await verdictOf(silent, [top, namesake], [])).toBe('valid')
  })

  test('an indirect list of a CA above, which it does not name, leaves it unchecked; a stranger’s counts for nothing', async () => {
    const certificateIssuer = [{ kind: 'directoryName', name: ca.certificate.subject }] as const
    const revoked = [{ ...named('keyCompromise'), certificateIssuer }]
    const indirect = { scope: { indirectCRL: true }, revoked }
    const above = { lists: [await drawList(top, indirect)] }
    expect(await verdictOf(above, [top], [ca])).toBe('unchecked listed-on-unusable')
    const stranger = await intermediate(top)
    expect(await verdictOf({ lists: [await drawList(stranger, indirect)] }, [top], [ca, stranger])).toBe(
      'valid',
    )
  })

  test('the CA’s other key, and a responder under it, are believed that it is revoked, not that it is good', async () => {
    const rolled = await intermediate(top, { subject: ca.certificate.subject.der })
    const responder = await endEntity(rolled, RESPONDER)
    for (const signer of [rolled, responder]) {
      const revoked = { responses: [await drawResponse(ca, target, signer, { status: REVOKED })] }
      expect(await verdictOf(revoked, [top], [ca, rolled])).toBe('invalid revoked')
      const lists = [await drawList(top)]
      const responses = [await drawResponse(ca, target, signer, {})]
      expect(await examine({ responses, lists, asked: target })).toMatchObject({ verdict: 'invalid' })
    }
    const strange = await intermediate(await root(), { subject: ca.certificate.subject.der })
    for (const signer of [strange, await endEntity(strange, RESPONDER), await endEntity(top, RESPONDER)]) {
      const responses = [await drawResponse(ca, target, signer, { status: REVOKED })]
      expect(await verdictOf({ responses }, [top], [ca, strange])).toBe('valid')
    }
  })

  test('a list by a key that is not here is put aside, and the key asked for', async () => {
    const rolled = await intermediate(top, { subject: ca.certificate.subject.der })
    const pool = createPool({
      anchors: [top.certificate],
      intermediates: [ca.certificate],
      crls: [await drawList(rolled, { revoked: [target] })],
    })
    const report = await validate(target.certificate, pool, { at: AT, revocation: 'given' })
    expect(report.verdict).toBe('valid')
    const told = report.paths[report.best]!.certificates.at(-1)!.rows.flatMap(({ sources = [] }) =>
      sources.flatMap(({ findings }) => findings),
    )
    expect(told).toMatchObject([
      {
        code: 'crl-signature-invalid',
        detail: { keyIdentifier: hexOf(rolled.certificate.subjectKeyIdentifier!) },
      },
    ])
  })
})
