import { beforeAll, describe, expect, test, vi } from 'vitest'
import { oid, seq } from '../../../src/der/writer.ts'
import type { FindingDetails } from '../../../src/findings.ts'
import type { ValidateOptions } from '../../../src/validate/options.ts'
import { createPool, validate } from '../../../src/validate/validate.ts'
import type { CertificateList } from '../../../src/x509/certificate-list.ts'
import type { OcspResponse } from '../../../src/x509/ocsp.ts'
import type { Drawn, Drawing } from '../../support/chain.ts'
import { encodeName } from '../../../src/x509/name.ts'
import { parseNameText } from '../../../src/x509/name-from-text.ts'
import { AT, endEntity, intermediate, root } from '../../support/chain.ts'
import { UNKNOWN_CRITICAL, days, drawList, drawResponse, flipLast } from '../../support/revocation.ts'
import type { ResponseDrawing } from '../../support/revocation.ts'

let ca: Drawn
let target: Drawn
let responder: Drawn

const OCSP_SIGNING = '1.3.6.1.5.5.7.3.9'
const RESPONDER = { extKeyUsage: [OCSP_SIGNING], subjectAltName: null, ocspNoCheck: true } as const

beforeAll(async () => {
  ca = await root()
  target = await endEntity(ca)
  responder = await drawResponder()
})

const drawResponder = (drawing: Drawing = {}, issuer = ca): Promise<Drawn> =>
  endEntity(issuer, {
    subject: 'CN=Responder',
    ...drawing,
    extensions: { ...RESPONDER, ...drawing.extensions },
  })

const response = (drawing: ResponseDrawing = {}, by = responder): Promise<OcspResponse> =>
  drawResponse(ca, target, by, drawing)

interface Asked extends Partial<ValidateOptions> {
  readonly crls?: readonly CertificateList[]
  readonly more?: readonly Drawn[]
}

async function status(
  ocspResponses: readonly OcspResponse[],
  { crls = [], more = [], ...options }: Asked = {},
) {
  const intermediates = more.map(({ certificate }) => certificate)
  const pool = createPool({ anchors: [ca.certificate], intermediates, crls, ocspResponses })
  const report = await validate(target.certificate, pool, { at: AT, revocation: 'require', ...options })
  const row = report.paths[report.best]!.certificates.at(-1)!.rows.find(
    ({ section }) => section === '§6.1.3(a)(3)',
  )!
  return {
    verdict: report.verdict,
    codes: [...row.findings, ...(row.sources ?? []).flatMap(({ findings }) => findings)].map(
      ({ code }) => code,
    ),
    findings: row.findings,
    told: (row.sources ?? []).flatMap(({ findings }) => findings),
  }
}

const GOOD = { verdict: 'valid', codes: [] }

describe('what a response says (RFC 6960 §2.2)', () => {
  test('good', async () => expect(await status([await response()])).toMatchObject(GOOD))

  test('revoked, with date and reason', async () => {
    const since = days(-3)
    const revoked = await response({
      status: { status: 'revoked', revocationTime: since, revocationReason: 'superseded' },
    })
    expect(await status([revoked])).toMatchObject({
      verdict: 'invalid',
      findings: [
        { code: 'revoked', detail: { source: 'ocsp', since, reason: 'superseded', invalidityDate: null } },
      ],
    })
  })

  test('on hold', async () => {
    const held = { status: 'revoked', revocationTime: days(-3), revocationReason: 'certificateHold' } as const
    expect(await status([await response({ status: held })])).toMatchObject({
      verdict: 'invalid',
      codes: ['on-hold'],
    })
  })

  test('unknown is not good, and refuses only where a status is required', async () => {
    const unknown = [await response({ status: { status: 'unknown' } })]
    expect(await status(unknown)).toMatchObject({
      verdict: 'invalid',
      codes: ['revocation-undetermined', 'ocsp-unknown'],
    })
    expect(await status(unknown, { revocation: 'given' })).toMatchObject({
      verdict: 'valid',
      codes: ['ocsp-unknown'],
    })
  })

  test('revoked with the reason removeFromCRL is revoked', async () => {
    const removed = await response({
      status: { status: 'revoked', revocationTime: days(-3), revocationReason: 'removeFromCRL' },
    })
    const unlisting = { crls: [await drawList(ca)] }
    for (const revocation of ['given', 'require'] as const)
      expect(await status([removed, await response()], { ...unlisting, revocation })).toMatchObject({
        verdict: 'invalid',
        codes: ['revoked'],
      })
  })

  const revokedFor = (revocationReason: 'certificateHold' | null, thisUpdate = days(-2)) =>
    response({ thisUpdate, status: { status: 'revoked', revocationTime: days(-3), revocationReason } })

  test('what was revoked stays so, a hold is lifted by a newer answer', async () => {
    for (const answers of [
      [await revokedFor(null), await response()],
      [await response(), await revokedFor(null)],
    ])
      expect(await status(answers)).toMatchObject({ verdict: 'invalid', codes: ['revoked'] })
    expect(await status([await revokedFor('certificateHold'), await response()])).toMatchObject(GOOD)
    expect(
      await status([await revokedFor('certificateHold', days(-1)), await response({ thisUpdate: days(-2) })]),
    ).toMatchObject({ codes: ['on-hold'] })
  })

  test('of good and unknown the newest answer counts, and revoked in a list beside good in a response', async () => {
    const unknown = await response({ status: { status: 'unknown' } })
    expect(await status([unknown, await response({ thisUpdate: days(-2) })])).toMatchObject({
      codes: ['revocation-undetermined', 'ocsp-unknown'],
    })
    expect(await status([unknown, await response()])).toMatchObject(GOOD)
    const list = await drawList(ca, { revoked: [target] })
    expect(await status([await response()], { crls: [list] })).toMatchObject({ codes: ['revoked'] })
    expect(
      await status([await response({ status: { status: 'unknown' } })], { crls: [await drawList(ca)] }),
    ).toMatchObject(GOOD)
  })

  test('an answer about another certificate, or of another issuer, is passed over', async () => {
    const other = await endEntity(ca)
    expect(await status([await drawResponse(ca, other, responder)])).toMatchObject({
      codes: ['revocation-undetermined'],
    })
    const stranger = await root({ subject: ca.certificate.subject.der })
    expect(await status([await response({ issuer: stranger })])).toMatchObject({
      codes: ['revocation-undetermined'],
    })
  })

  test.each(['SHA-1', 'SHA-256'] as const)('a CertID over %s is understood', async (hash) => {
    expect(await status([await response({ hash })])).toMatchObject(GOOD)
  })
})

describe('who may sign it (RFC 6960 §4.2.2.2)', () => {
  test.each(['byName', 'byKey'] as const)('the issuer itself, named %s', async (responderId) => {
    const keyUsage = new Set(['digitalSignature', 'keyCertSign', 'cRLSign'] as const)
    const answering = await root({ extensions: { keyUsage } })
    const below = await endEntity(answering)
    const ocspResponses = [await drawResponse(answering, below, answering, { responderId })]
    const pool = createPool({ anchors: [answering.certificate], intermediates: [], ocspResponses })
    const report = await validate(below.certificate, pool, { at: AT, revocation: 'require' })
    expect(report.verdict).toBe('valid')
    const { rows } = report.paths[report.best]!.certificates.at(-1)!
    expect(rows.flatMap(({ sources = [] }) => sources)).toMatchObject([{ stage: 'used', findings: [] }])
  })

  test.each(['byName', 'byKey'] as const)('a delegated responder, named %s', async (responderId) => {
    expect(await status([await response({ responderId })])).toMatchObject(GOOD)
  })

  test('one that is not sent along is found among the certificates by its name', async () => {
    const alone = await response({ certs: [], responderId: 'byName' })
    expect(await status([alone], { more: [responder] })).toMatchObject(GOOD)
    expect((await status([alone])).codes).toEqual(['revocation-undetermined', 'ocsp-responder-missing'])
  })

  test.each(['byName', 'byKey'] as const)(
    'or among those sent with another response, %s',
    async (responderId) => {
      const said = { status: 'revoked', revocationTime: days(-3), revocationReason: null } as const
      const alone = await response({ certs: [], responderId, status: said })
      expect(await status([await response(), alone])).toMatchObject({
        verdict: 'invalid',
        codes: ['revoked'],
      })
    },
  )

  test('many that bring their responders along cost no more than each of them once', async () => {
    const digest = vi.spyOn(crypto.subtle, 'digest')
    const digestsOf = async (count: number): Promise<number> => {
      const responses: Awaited<ReturnType<typeof response>>[] = []
      for (let i = 0; i < count; i++)
        responses.push(
          await response({ responderId: 'byKey' }, await drawResponder({ subject: `CN=R${String(i)}` })),
        )
      digest.mockClear()
      await status(responses)
      return digest.mock.calls.length
    }
    const few = await digestsOf(5)
    expect(few).toBeGreaterThan(0)
    expect(await digestsOf(20)).toBeLessThan(few * 6)
    digest.mockRestore()
  })

  type Why = FindingDetails['ocsp-responder-not-authorized']['why']
  test.each<[Why, () => Promise<Drawn>]>([
    ['no-ocsp-signing', () => drawResponder({ extensions: { extKeyUsage: ['1.3.6.1.5.5.7.3.1'] } })],
    ['no-ocsp-signing', () => drawResponder({ extensions: { extKeyUsage: ['2.5.29.37.0'] } })],
    ['not-current', () => drawResponder({ notAfter: days(-0.5) })],
    ['never-current', () => drawResponder({ notAfter: days(-1.5) })],
    ['not-issued-by-the-issuer', async () => drawResponder({}, await root())],
    [
      'not-issued-by-the-issuer',
      async () => drawResponder({}, await root({ subject: ca.certificate.subject.der })),
    ],
    ['critical-extension', () => drawResponder({ more: [UNKNOWN_CRITICAL] })],
  ])('not a responder of which it must be said: %s', async (why, draw) => {
    const { verdict, told } = await status([await response({}, await draw())])
    expect(verdict).toBe('invalid')
    expect(told).toContainEqual({ code: 'ocsp-responder-not-authorized', detail: { why } })
  })

  test('a responder without ocsp-nocheck is refused when a list revokes it (§4.2.2.2.1)', async () => {
    const checked = await drawResponder({ extensions: { ocspNoCheck: null } })
    const signed = await response({}, checked)
    expect(await status([signed])).toMatchObject(GOOD)
    expect(
      await status([signed], {
        crls: [await drawList(ca, { revoked: [checked], scope: { onlyContainsUserCerts: true } })],
      }),
    ).toMatchObject({
      told: [{ code: 'ocsp-responder-not-authorized', detail: { why: 'revoked' } }],
      verdict: 'valid',
    })
    const list = await drawList(ca, { revoked: [responder], nextUpdate: days(9) })
    expect(await status([await response()], { crls: [list] })).toMatchObject({
      told: [{ code: 'ocsp-responder-not-authorized', detail: { why: 'revoked-unasked' } }],
      verdict: 'valid',
    })
  })

  test('of a responder with ocsp-nocheck that is listed only its "revoked" is believed', async () => {
    const some = { onlySomeReasons: new Set(['keyCompromise'] as const) }
    const crls = [await drawList(ca, { revoked: [responder], scope: some })]
    expect((await status([await response()], { crls })).codes).toContain('revocation-undetermined')
    const answer = {
      status: { status: 'revoked', revocationTime: days(-3), revocationReason: null },
    } as const
    expect((await status([await response(answer)], { crls })).codes).toContain('revoked')
  })

  test('a responder is not believed that another response calls revoked', async () => {
    const checked = await drawResponder({ extensions: { ocspNoCheck: null } })
    const good = await response({}, checked)
    const revoked = { status: 'revoked', revocationTime: days(-3), revocationReason: null } as const
    const ofItself = await drawResponse(ca, checked, ca, { status: revoked })
    const { codes } = await status([good, ofItself])
    expect(codes).toEqual(['revocation-undetermined', 'ocsp-responder-not-authorized'])
    const twin = await drawResponder({ extensions: { ocspNoCheck: null } })
    const eachOther = [
      await response({}, twin),
      await drawResponse(ca, checked, twin),
      await drawResponse(ca, twin, checked),
    ]
    expect(await status([good, ...eachOther])).toMatchObject(GOOD)
  })

  describe('whose keyUsage does not allow it (RFC 5280 §4.2.1.3)', () => {
    const revoked = { status: 'revoked', revocationTime: days(-3), revocationReason: null } as const
    const misused: [string, boolean, () => Promise<Drawn>][] = [
      ['the issuer', true, () => Promise.resolve(ca)],
      ['a responder', false, () => drawResponder({ extensions: { keyUsage: new Set(['keyAgreement']) } })],
    ]

    test.each(misused)(
      '%s: told of the source, and believed as by OpenSSL and Java',
      async (_, isIssuer, draw) => {
        const by = await draw()
        const told = [{ code: 'ocsp-signer-key-usage', detail: { isIssuer } }]
        for (const profile of ['path', 'standard'] as const) {
          expect(await status([await response({}, by)], { profile })).toMatchObject({ findings: [], told })
          expect((await status([await response({ status: revoked }, by)], { profile })).codes).toContain(
            'revoked',
          )
        }
      },
    )

    test.each(misused)(
      '%s: by the letter it clears nobody, and revokes all the same',
      async (_, isIssuer, draw) => {
        const by = await draw()
        for (const profile of ['rfc5280', 'webpki'] as const) {
          expect(await status([await response({}, by)], { profile })).toMatchObject({
            verdict: 'invalid',
            codes: ['revocation-undetermined', 'ocsp-signer-key-usage'],
            told: [{ detail: { isIssuer } }],
          })
          expect((await status([await response({ status: revoked }, by)], { profile })).codes).toContain(
            'revoked',
          )
        }
      },
    )

    test('nonRepudiation goes with OCSPSigning too (§4.2.1.12)', async () => {
      const by = await drawResponder({ extensions: { keyUsage: new Set(['nonRepudiation']) } })
      expect(await status([await response({}, by)])).toMatchObject(GOOD)
    })
  })

  test('a wrong signature', async () => {
    expect((await status([await response({ tamper: flipLast })])).codes).toEqual([
      'revocation-undetermined',
      'ocsp-signature-invalid',
    ])
  })
})

test('a response over SHA-1 counts only where that is allowed (RFC 6194 §3)', async () => {
  const sha1 = [await response({ algorithm: seq(oid('1.2.840.10045.4.1')) })]
  expect((await status(sha1)).codes).toContain('ocsp-signature-sha1')
  expect((await status(sha1, { allowSha1: true })).codes).not.toContain('ocsp-signature-sha1')
})

describe('when it was signed (RFC 6960 §2.4)', () => {
  test.each([
    ['before-the-certificate', days(-400)],
    ['after-the-certificate', days(4000)],
    ['in-the-future', days(1)],
  ])('%s: it clears nobody, and revokes all the same', async (why, producedAt) => {
    const good = await status([await response({ producedAt })])
    expect(good).toMatchObject({ codes: ['revocation-undetermined', 'ocsp-produced-at'] })
    expect(good.told).toEqual([{ code: 'ocsp-produced-at', detail: { producedAt, why } }])
    const revoked = { status: 'revoked', revocationTime: days(-3), revocationReason: null } as const
    expect((await status([await response({ producedAt, status: revoked })])).codes).toContain('revoked')
  })
})

describe('when it counts (RFC 6960 §3.2)', () => {
  test.each([
    ['ocsp-not-yet-valid', { thisUpdate: days(1) }],
    ['ocsp-stale', { thisUpdate: days(-3), nextUpdate: days(-1) }],
    ['ocsp-stale', { thisUpdate: days(-11), nextUpdate: null }],
    ['ocsp-critical-extension-unknown', { more: [UNKNOWN_CRITICAL] }],
  ] as const)('%s', async (code, drawing) => {
    expect((await status([await response(drawing)])).codes).toEqual(['revocation-undetermined', code])
  })

  test('without nextUpdate it is current for a while', async () => {
    expect(await status([await response({ nextUpdate: null })])).toMatchObject(GOOD)
  })

  test('both ends count', async () => {
    expect(await status([await response({ thisUpdate: AT })])).toMatchObject(GOOD)
    expect(await status([await response({ nextUpdate: AT })])).toMatchObject(GOOD)
  })
})

describe('whose certificate an answer means (RFC 6960 §4.1.1)', () => {
  const revoked = { status: 'revoked', revocationTime: days(-3), revocationReason: null } as const

  test('a hash that cannot be computed here leaves it unchecked, beside good ones too', async () => {
    const answer = await response({ status: revoked, hashAlgorithm: '2.16.840.1.101.3.4.2.8' }, ca)
    for (const responses of [[answer], [answer, await response({}, ca)]])
      expect(await status(responses, { revocation: 'given' })).toMatchObject({
        verdict: 'unchecked',
      })
    const good = await response({ hashAlgorithm: '2.16.840.1.101.3.4.2.8' }, ca)
    expect((await status([good])).codes).toContain('revocation-undetermined')
  })

  test('its issuer is named as the certificate writes it, or as its own does', async () => {
    const names = [encodeName(parseNameText('CN=One Issuer')), encodeName(parseNameText('CN=ONE issuer'))]
    const issuer = await intermediate(ca, { subject: names[0]! })
    const asked = await endEntity(issuer, { issuerName: names[1]! })
    for (const issuerName of names) {
      const pool = createPool({
        anchors: [ca.certificate],
        intermediates: [issuer.certificate],
        ocspResponses: [await drawResponse(issuer, asked, issuer, { status: revoked, issuerName })],
      })
      const { verdict } = await validate(asked.certificate, pool, { at: AT, revocation: 'given' })
      expect(verdict).toBe('invalid')
    }
  })
})
