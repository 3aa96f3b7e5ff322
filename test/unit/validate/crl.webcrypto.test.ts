import { beforeAll, describe, expect, test } from 'vitest'
import { oid, seq } from '../../../src/der/writer.ts'
import { encodeSignatureAlgorithm } from '../../../src/x509/signature-algorithms.ts'
import type { FindingCode } from '../../../src/findings.ts'
import type { ValidateOptions } from '../../../src/validate/options.ts'
import { createPool, validate } from '../../../src/validate/validate.ts'
import type { CertificateList } from '../../../src/x509/certificate-list.ts'
import type { DistributionPoint, ReasonFlag } from '../../../src/x509/extensions/distribution-points.ts'
import type { Drawn, Drawing } from '../../support/chain.ts'
import { AT, crossCertificate, drawKey, endEntity, intermediate, root } from '../../support/chain.ts'
import { UNKNOWN_CRITICAL, days, drawList, flipLast, rawEntry } from '../../support/revocation.ts'
import type { ListDrawing } from '../../support/revocation.ts'

let top: Drawn
let ca: Drawn
let target: Drawn
let ofRoot: CertificateList

beforeAll(async () => {
  top = await root()
  ca = await intermediate(top)
  target = await endEntity(ca)
  ofRoot = await drawList(top)
})

interface Asked extends Partial<ValidateOptions> {
  readonly target?: Drawn
  readonly more?: readonly Drawn[]
  readonly anchors?: readonly Drawn[]
}

/** All findings on the status of the target, given `lists` and the root's own CRL and nothing else. */
async function status(
  lists: readonly CertificateList[],
  { target: asked = target, more = [], anchors = [top], ...options }: Asked = {},
) {
  const pool = createPool({
    anchors: anchors.map(({ certificate }) => certificate),
    intermediates: [ca, ...more].map(({ certificate }) => certificate),
    crls: [ofRoot, ...lists],
  })
  const report = await validate(asked.certificate, pool, { at: AT, revocation: 'require', ...options })
  const path = report.paths[report.best]!
  const row = path.certificates.at(-1)!.rows.find(({ section }) => section === '§6.1.3(a)(3)')!
  return {
    verdict: report.verdict,
    outcome: row.outcome,
    codes: [...row.findings, ...(row.sources ?? []).flatMap(({ findings }) => findings)].map(
      ({ code }) => code,
    ),
    row,
  }
}

const listOf = (drawing: ListDrawing = {}, signer = ca): Promise<CertificateList> => drawList(signer, drawing)
const pointAt = (address: string, over: Partial<DistributionPoint> = {}): DistributionPoint => ({
  fullName: [{ kind: 'uniformResourceIdentifier', value: address }],
  nameRelativeToCRLIssuer: null,
  reasons: null,
  cRLIssuer: null,
  ...over,
})
const named = (address: string) => ({ fullName: pointAt(address).fullName, nameRelativeToCRLIssuer: null })
const withPoints = (points: readonly DistributionPoint[], drawing: Drawing = {}): Promise<Drawn> =>
  endEntity(ca, { ...drawing, extensions: { cRLDistributionPoints: points } })

describe('what a complete list says (§6.3.3(j))', () => {
  test('a certificate that is not on a current list is good', async () => {
    expect(await status([await listOf()])).toMatchObject({ verdict: 'valid', outcome: 'held', codes: [] })
  })

  test('a certificate on the list is revoked, with date and reason', async () => {
    const { verdict, row } = await status([
      await listOf({
        revoked: [{ serialNumber: target.certificate.serialNumber, reasonCode: 'keyCompromise' }],
      }),
    ])
    expect(verdict).toBe('invalid')
    expect(row.findings).toEqual([
      {
        code: 'revoked',
        detail: {
          source: 'crl',
          since: days(-2),
          reason: 'keyCompromise',
          invalidityDate: null,
          saidOn: null,
        },
      },
    ])
  })

  test('a certificate on hold is refused, and said to be on hold (§5.3.1)', async () => {
    const hold = { serialNumber: target.certificate.serialNumber, reasonCode: 'certificateHold' } as const
    expect(await status([await listOf({ revoked: [hold] })])).toMatchObject({
      verdict: 'invalid',
      codes: ['on-hold'],
    })
  })

  test('a revoked CA refuses everything below it', async () => {
    const pool = createPool({
      anchors: [top.certificate],
      intermediates: [ca.certificate],
      crls: [await drawList(top, { revoked: [ca] }), await listOf()],
    })
    const report = await validate(target.certificate, pool, { at: AT, revocation: 'given' })
    expect(report.verdict).toBe('invalid')
    expect(report.paths[0]!.certificates.map(({ refusals }) => refusals.map(({ code }) => code))).toEqual([
      [],
      ['revoked'],
      [],
    ])
  })
})

describe('how much is asked for', () => {
  test('require: without a list the status is undetermined, and the path refused', async () => {
    expect(await status([])).toMatchObject({ verdict: 'invalid', codes: ['revocation-undetermined'] })
  })
  test('given: without a list the path stands', async () => {
    expect(await status([], { revocation: 'given' })).toMatchObject({
      verdict: 'valid',
      outcome: 'not-applicable',
    })
  })
  test('given: a list that revokes refuses', async () => {
    expect(await status([await listOf({ revoked: [target] })], { revocation: 'given' })).toMatchObject({
      verdict: 'invalid',
    })
  })
  test('none: a list that revokes is not looked at', async () => {
    expect(await status([await listOf({ revoked: [target] })], { revocation: 'none' })).toMatchObject({
      verdict: 'valid',
    })
  })
})

describe('a list that cannot be used leaves the status undetermined, and says why', () => {
  test.each<[FindingCode, string, ListDrawing]>([
    ['crl-stale', '§6.3.3(a)', { thisUpdate: days(-9), nextUpdate: days(-1) }],
    ['crl-not-yet-valid', '§6.3.3(a)', { thisUpdate: days(1) }],
    ['crl-signature-invalid', '§6.3.3(g)', { tamper: flipLast }],
    ['crl-issuer-missing', '§6.3.3(f)', {}],
    [
      'crl-signature-algorithm-mismatch',
      '§5.1.1.2',
      { outerAlgorithm: encodeSignatureAlgorithm('ecdsa-sha384') },
    ],
    ['crl-critical-extension-unknown', '§5.2', { more: [UNKNOWN_CRITICAL] }],
    [
      'crl-entry-critical-extension-unknown',
      '§5.3',
      { revoked: [rawEntry(Uint8Array.of(9), UNKNOWN_CRITICAL)] },
    ],
    ['crl-version-1', '§5.1.2.1', { version: 1 }],
    ['crl-next-update-missing', '§5.1.2.5', { nextUpdate: null }],
    ['crl-number-missing', '§5.2.3', { number: null }],
    ['crl-authority-key-identifier-missing', '§5.2.1', { keyIdentifier: null }],
    ['crl-extension-critical', '§5.2.3', { critical: { '2.5.29.20': true } }],
    [
      'crl-extension-not-critical',
      '§5.2.5',
      { scope: { onlyContainsUserCerts: true }, critical: { '2.5.29.28': false } },
    ],
  ])('%s (%s)', async (code, _section, drawing) => {
    const list = await listOf(drawing)
    const missing = code === 'crl-issuer-missing'
    const { codes, verdict } = missing ? await withoutSigner() : await status([list], { profile: 'rfc5280' })
    expect(verdict).toBe('invalid')
    expect(codes[0]).toBe('revocation-undetermined')
    expect(codes).toContain(code)
  })

  /** An indirect CRL whose signer is not among the certificates. */
  async function withoutSigner() {
    const other = await root()
    const cRLIssuer = [{ kind: 'directoryName', name: other.certificate.subject }] as const
    const asked = await withPoints([pointAt('http://crl/', { cRLIssuer })])
    return status(
      [await drawList(other, { scope: { indirectCRL: true, distributionPoint: named('http://crl/') } })],
      { target: asked },
    )
  }

  test('the profile of §6 alone asks nothing of §5 that §6.3 does not use', async () => {
    const list = await listOf({ number: null, keyIdentifier: null, nextUpdate: null })
    expect(await status([list, await drawList(top)], { profile: 'path' })).toMatchObject({
      verdict: 'valid',
      codes: [],
    })
  })

  test('a list whose signature cannot be checked here leaves the answer open, and does not refuse', async () => {
    const ed448 = await listOf({ algorithm: seq(oid('1.3.101.113')) })
    expect(await status([ed448])).toMatchObject({ verdict: 'unchecked', outcome: 'unchecked', codes: [] })
    expect(await status([ed448], { revocation: 'given' })).toMatchObject({ verdict: 'valid' })
    expect(await status([ed448, await listOf()])).toMatchObject({ verdict: 'valid', outcome: 'held' })
  })

  test('an unknown extension that is not critical does no harm', async () => {
    expect(await status([await listOf({ more: [{ ...UNKNOWN_CRITICAL, critical: false }] })])).toMatchObject({
      verdict: 'valid',
    })
  })

  test('a stale list beside a current one is not missed', async () => {
    const stale = await listOf({ thisUpdate: days(-9), nextUpdate: days(-1) })
    expect(await status([stale, await listOf()])).toMatchObject({ verdict: 'valid', codes: ['crl-stale'] })
  })

  test('what a stale list names stays named, until a newer list lifts the hold', async () => {
    const stale = { thisUpdate: days(-2), nextUpdate: days(-1) }
    const revoked = await listOf({ ...stale, revoked: [target] })
    const held = await listOf({
      ...stale,
      revoked: [{ serialNumber: target.certificate.serialNumber, reasonCode: 'certificateHold' }],
    })
    expect(await status([revoked], { revocation: 'given' })).toMatchObject({
      verdict: 'invalid',
      codes: ['revoked', 'crl-stale'],
    })
    expect(await status([held], { revocation: 'given' })).toMatchObject({
      verdict: 'invalid',
      codes: ['on-hold', 'crl-stale'],
    })
    expect(await status([held, await listOf()])).toMatchObject({ verdict: 'valid' })
    expect(await status([revoked, await listOf()])).toMatchObject({ verdict: 'invalid' })
  })
})

describe('who signs a list (§6.3.3(f))', () => {
  test('another key of the same name with cRLSign and a path to the anchor', async () => {
    const signer = await intermediate(top, {
      subject: ca.certificate.subject.der,
      extensions: { keyUsage: new Set(['cRLSign']), basicConstraints: null },
    })
    expect(await status([await listOf({}, signer)], { more: [signer] })).toMatchObject({ verdict: 'valid' })
  })

  test('a signer whose keyUsage lacks cRLSign is refused', async () => {
    const signer = await intermediate(top, {
      subject: ca.certificate.subject.der,
      extensions: { keyUsage: new Set(['keyCertSign']) },
    })
    expect(await status([await listOf({}, signer)], { more: [signer] })).toMatchObject({
      verdict: 'invalid',
      codes: ['revocation-undetermined', 'crl-sign-missing'],
    })
  })

  test('what a signer without cRLSign says against a certificate leaves it unchecked, and clears nothing', async () => {
    const authority = await intermediate(top, {
      subject: ca.certificate.subject.der,
      extensions: { keyUsage: new Set(['keyCertSign']) },
    })
    const listed = await listOf({ revoked: [target] }, authority)
    const asked = { more: [authority] }
    expect(await status([listed], asked)).toMatchObject({ verdict: 'unchecked' })
    expect((await status([listed], asked)).codes).toEqual(['listed-on-unusable', 'crl-sign-missing'])
    expect(await status([listed, await listOf()], asked)).toMatchObject({ verdict: 'unchecked' })
  })

  test('a signer without keyUsage may sign', async () => {
    const signer = await intermediate(top, {
      subject: ca.certificate.subject.der,
      extensions: { keyUsage: null },
    })
    expect(await status([await listOf({}, signer)], { more: [signer] })).toMatchObject({ verdict: 'valid' })
  })

  test('a signer below another trust anchor is not trusted', async () => {
    const other = await root()
    const signer = await intermediate(other, { subject: ca.certificate.subject.der })
    expect(
      await status([await listOf({}, signer)], { more: [signer, other], anchors: [top, other] }),
    ).toMatchObject({
      codes: ['revocation-undetermined', 'crl-issuer-untrusted'],
    })
  })

  test('a signer that is itself revoked is not trusted', async () => {
    const signer = await intermediate(top, { subject: ca.certificate.subject.der })
    const pool = createPool({
      anchors: [top.certificate],
      intermediates: [ca.certificate, signer.certificate],
      crls: [await drawList(top, { revoked: [signer] }), await listOf({}, signer)],
    })
    const report = await validate(target.certificate, pool, { at: AT, revocation: 'require' })
    expect(report.verdict).toBe('invalid')
    const { rows } = report.paths[report.best]!.certificates[2]!
    const told = rows.flatMap(({ sources = [] }) => sources.flatMap(({ findings }) => findings))
    expect(told.map(({ code }) => code)).toContain('crl-issuer-untrusted')
  })

  test('a key that another certificate shares is found by its own', async () => {
    const cross = await crossCertificate(top, ca)
    expect(await status([await listOf()], { more: [cross] })).toMatchObject({ verdict: 'valid' })
  })

  test('a list over SHA-1 counts only where that is allowed (RFC 6194 §3)', async () => {
    // Nothing here signs with SHA-1; a CRL that claims SHA-1 is refused before its signature is checked.
    const sha1 = await listOf({
      outerAlgorithm: seq(oid('1.2.840.10045.4.1')),
    })
    expect((await status([sha1])).codes).toContain('crl-signature-sha1')
    expect((await status([sha1], { allowSha1: true })).codes).not.toContain('crl-signature-sha1')
  })
})

describe('which certificates a list speaks of (§6.3.3(b))', () => {
  test('a partition is used for the distribution point it names, and for no other', async () => {
    const asked = await withPoints([pointAt('http://crl/1')])
    const part = (address: string) => listOf({ scope: { distributionPoint: named(address) } })
    expect(await status([await part('http://crl/1')], { target: asked })).toMatchObject({ verdict: 'valid' })
    expect(await status([await part('http://crl/2')], { target: asked })).toMatchObject({
      codes: ['revocation-undetermined'],
    })
    expect(await status([await part('HTTP://CRL/1')], { target: asked })).toMatchObject({ verdict: 'valid' })
  })

  test('a name relative to the issuer is one RDN below it (§4.2.1.13)', async () => {
    const rdn = [{ oid: '2.5.4.3', tag: 0x0c, value: new TextEncoder().encode('CRL1'), text: 'CRL1' }]
    const asked = await withPoints([
      { fullName: null, nameRelativeToCRLIssuer: rdn, reasons: null, cRLIssuer: null },
    ])
    const list = await listOf({
      scope: { distributionPoint: { fullName: null, nameRelativeToCRLIssuer: rdn } },
    })
    expect(await status([list], { target: asked })).toMatchObject({ verdict: 'valid' })
    expect(await status([list])).toMatchObject({ codes: ['revocation-undetermined'] })
  })

  test.each([
    ['onlyContainsUserCerts', true],
    ['onlyContainsCACerts', false],
    ['onlyContainsAttributeCerts', false],
  ] as const)('%s: for an end-entity %s', async (flag, good) => {
    expect((await status([await listOf({ scope: { [flag]: true } })])).verdict).toBe(
      good ? 'valid' : 'invalid',
    )
  })

  test('a list for each set of reasons is needed, and enough (§6.3.3(d), (e))', async () => {
    const first = new Set<ReasonFlag>(['keyCompromise', 'cACompromise'])
    const rest = new Set<ReasonFlag>([
      'affiliationChanged',
      'superseded',
      'cessationOfOperation',
      'certificateHold',
      'privilegeWithdrawn',
      'aACompromise',
    ])
    const part = (reasons: ReadonlySet<ReasonFlag>, revoked: Drawn[] = []) =>
      listOf({ scope: { onlySomeReasons: reasons }, revoked })
    expect(await status([await part(first), await part(rest)])).toMatchObject({ verdict: 'valid' })
    expect(await status([await part(first), await part(rest, [target])])).toMatchObject({
      codes: ['revoked'],
    })
    expect(await status([await part(rest, [target]), await part(first)])).toMatchObject({
      codes: ['revoked'],
    })
    expect((await status([await part(rest)])).row.findings[0]).toEqual({
      code: 'revocation-undetermined',
      detail: { missing: ['keyCompromise', 'cACompromise'] },
    })
  })

  test('the reasons of a distribution point limit what its list covers', async () => {
    const asked = await withPoints([
      pointAt('http://crl/1', { reasons: new Set<ReasonFlag>(['superseded']) }),
    ])
    const list = await listOf({ scope: { distributionPoint: named('http://crl/1') } })
    expect((await status([list], { target: asked })).codes).toEqual(['revocation-undetermined'])
  })
})

describe('indirect lists (§5.2.5, §5.3.3)', () => {
  const point = async (signer: Drawn) =>
    withPoints([
      pointAt('http://crl/', { cRLIssuer: [{ kind: 'directoryName', name: signer.certificate.subject }] }),
    ])
  const scope = { indirectCRL: true, distributionPoint: named('http://crl/') }

  test('a list by the cRLIssuer of the distribution point speaks of certificates of other issuers', async () => {
    const signer = await intermediate(top)
    const asked = await point(signer)
    const entry = (issuer: Drawn) => ({
      serialNumber: asked.certificate.serialNumber,
      certificateIssuer: [{ kind: 'directoryName', name: issuer.certificate.subject }] as const,
    })
    const ask = async (list: CertificateList) =>
      (await status([list], { target: asked, more: [signer] })).codes
    expect(await ask(await listOf({ scope }, signer))).toEqual([])
    expect(await ask(await listOf({ scope, revoked: [entry(ca)] }, signer))).toEqual(['revoked'])
    expect(await ask(await listOf({ scope, revoked: [entry(top)] }, signer))).toEqual([])
    expect(await ask(await listOf({ scope, revoked: [asked] }, signer))).toEqual([])
  })

  test('it has to say that it is indirect (§6.3.3(b)(1))', async () => {
    const signer = await intermediate(top)
    const asked = await point(signer)
    const list = await listOf({ scope: { distributionPoint: scope.distributionPoint } }, signer)
    expect((await status([list], { target: asked, more: [signer] })).codes).toEqual([
      'revocation-undetermined',
    ])
  })

  test('a signer may stand on its own list, unless that list revokes it', async () => {
    const key = await drawKey()
    const subject = 'CN=List signer'
    const draft = await intermediate(ca, { subject, key })
    const cRLIssuer = [{ kind: 'directoryName', name: draft.certificate.subject }] as const
    const signer = await intermediate(ca, {
      subject,
      key,
      extensions: {
        keyUsage: new Set(['cRLSign']),
        basicConstraints: null,
        cRLDistributionPoints: [pointAt('http://crl/', { cRLIssuer })],
      },
    })
    const asked = await point(signer)
    const certificateIssuer = [{ kind: 'directoryName', name: ca.certificate.subject }] as const
    const ask = async (serials: readonly Uint8Array[]) =>
      status(
        [
          await listOf(
            { scope, revoked: serials.map((serialNumber) => ({ serialNumber, certificateIssuer })) },
            signer,
          ),
        ],
        {
          target: asked,
          more: [signer],
        },
      )
    expect(await ask([])).toMatchObject({ verdict: 'valid' })
    expect((await ask([signer.certificate.serialNumber])).codes).toContain('crl-issuer-untrusted')
  })
})

describe('delta lists (§5.2.4, §6.3.3(c), (h), (i))', () => {
  const serial = () => target.certificate.serialNumber
  const delta = (drawing: ListDrawing = {}) =>
    listOf({ number: 12, base: 10, thisUpdate: days(0), ...drawing })

  test('what a delta adds is revoked; what it removes is good again', async () => {
    const hold = await listOf({ revoked: [{ serialNumber: serial(), reasonCode: 'certificateHold' }] })
    expect(await status([await listOf(), await delta({ revoked: [target] })])).toMatchObject({
      codes: ['revoked'],
    })
    expect(
      await status([
        hold,
        await delta({ revoked: [{ serialNumber: serial(), reasonCode: 'removeFromCRL' }] }),
      ]),
    ).toMatchObject({
      verdict: 'valid',
      codes: [],
    })
    expect(await status([hold, await delta()])).toMatchObject({ codes: ['on-hold'] })
  })

  test('one with the number of the complete list lifts no hold: both say the same, or nobody knows which', async () => {
    const hold = [{ serialNumber: serial(), reasonCode: 'certificateHold' }] as const
    const removed = [{ serialNumber: serial(), reasonCode: 'removeFromCRL' }] as const
    const complete = await listOf({ number: 12, thisUpdate: days(0), revoked: hold })
    expect((await status([complete, await delta({ revoked: removed })])).codes).toContain('on-hold')
    expect(await status([complete, await delta({ number: 13, revoked: removed })])).toMatchObject({
      verdict: 'valid',
    })
  })

  test('a current delta brings a stale list up to date', async () => {
    const stale = await listOf({ thisUpdate: days(-9), nextUpdate: days(-1) })
    expect(await status([stale, await delta()])).toMatchObject({ verdict: 'valid', codes: [] })
    expect(await status([stale, await delta({ thisUpdate: days(-3), nextUpdate: days(-1) })])).toMatchObject({
      codes: ['revocation-undetermined', 'crl-stale', 'crl-stale'],
    })
  })

  test.each([
    ['alone', 'missing', []],
    ['over a list older than its base', 'base-too-old', [{ number: 9 }]],
    ['over a list newer than itself', 'not-newer', [{ number: 13 }]],
    ['over a list of another scope', 'scope', [{ scope: { onlyContainsUserCerts: true } }]],
    ['over a list of another key', 'key', [{ keyIdentifier: Uint8Array.of(1) }]],
  ] as const)('a delta %s is not used', async (_where, misfit, complete) => {
    const lists = await Promise.all(
      complete.map((drawing) => listOf({ ...drawing, thisUpdate: days(-9), nextUpdate: days(-1) })),
    )
    const { codes, row } = await status([...lists, await delta()])
    expect(codes[0]).toBe('revocation-undetermined')
    const told = row.sources!.flatMap(({ findings }) => findings)
    expect(told.find(({ code }) => code === 'crl-delta-without-base')?.detail).toMatchObject({
      misfit,
    })
  })

  test('a delta with a wrong signature is not used', async () => {
    expect(
      await status([await listOf(), await delta({ revoked: [target], tamper: flipLast })]),
    ).toMatchObject({
      verdict: 'valid',
      codes: ['crl-signature-invalid'],
    })
  })
})
