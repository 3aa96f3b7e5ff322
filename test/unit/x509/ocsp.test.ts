import { describe, expect, test } from 'vitest'
import {
  enumerated,
  explicit,
  generalizedTime,
  integer,
  octetString,
  oid,
  seq,
} from '../../../src/der/writer.ts'
import { isCodedError } from '../../../src/errors.ts'
import { encodeName, nameFromDer } from '../../../src/x509/name.ts'
import { encodeOcspResponse, encodeResponseData, parseOcspResponse } from '../../../src/x509/ocsp.ts'
import type { CertStatus, ResponderId } from '../../../src/x509/ocsp.ts'

const at = new Date('2026-11-21T01:02:03Z')
const ALGORITHM = seq(oid('1.2.840.10045.4.3.2'))
const certId = {
  hashAlgorithm: '1.3.14.3.2.26',
  issuerNameHash: new Uint8Array(20).fill(1),
  issuerKeyHash: new Uint8Array(20).fill(2),
  serialNumber: Uint8Array.of(3),
}
const byKey: ResponderId = { kind: 'byKey', keyHash: new Uint8Array(20).fill(4) }

function response(certStatus: CertStatus, nextUpdate: Date | null = null, responderId = byKey): Uint8Array {
  const tbs = encodeResponseData({
    responderId,
    producedAt: at,
    responses: [{ certId, certStatus, thisUpdate: at, nextUpdate }],
  })
  return encodeOcspResponse({
    tbs,
    signatureAlgorithm: ALGORITHM,
    signature: Uint8Array.of(9),
    certs: [seq(integer(1))],
  })
}

describe('a response that was written is read back (RFC 6960 §4.2.1)', () => {
  test.each<CertStatus>([
    { status: 'good' },
    { status: 'unknown' },
    { status: 'revoked', revocationTime: at, revocationReason: null },
    { status: 'revoked', revocationTime: at, revocationReason: 'keyCompromise' },
  ])('%o', (certStatus) => {
    const { responseStatus, basic } = parseOcspResponse(response(certStatus, at))
    expect(responseStatus).toBe('successful')
    expect(basic).toMatchObject({
      responderId: byKey,
      producedAt: at,
      certs: [seq(integer(1))],
      responseExtensions: [],
    })
    expect(basic?.responses).toMatchObject([
      { certStatus, thisUpdate: at, nextUpdate: at, singleExtensions: [] },
    ])
    const { hashAlgorithm, ...rest } = basic!.responses[0]!.certId
    expect({ ...rest, hashAlgorithm: hashAlgorithm.oid }).toEqual(certId)
  })

  test('with a responder by name, and without nextUpdate', () => {
    const name = nameFromDer(encodeName([[{ oid: '2.5.4.3', text: 'Responder' }]]))
    const { basic } = parseOcspResponse(response({ status: 'good' }, null, { kind: 'byName', name }))
    expect(basic?.responderId).toEqual({ kind: 'byName', name })
    expect(basic?.responses[0]?.nextUpdate).toBeNull()
  })

  test('one that is not successful holds no answer', () => {
    expect(parseOcspResponse(seq(enumerated(6)))).toMatchObject({
      responseStatus: 'unauthorized',
      basic: null,
    })
  })
})

function codeOf(der: Uint8Array): string {
  try {
    parseOcspResponse(der)
    return 'read'
  } catch (error) {
    return isCodedError(error) ? error.code : String(error)
  }
}

const basicWith = (data: Uint8Array): Uint8Array =>
  encodeOcspResponse({ tbs: data, signatureAlgorithm: ALGORITHM, signature: Uint8Array.of(9), certs: [] })
const dataWith = (...parts: Uint8Array[]): Uint8Array =>
  seq(explicit(2, octetString(Uint8Array.of(1))), generalizedTime(at), ...parts)
const single = (status: Uint8Array): Uint8Array =>
  seq(
    seq(
      seq(seq(oid('1.3.14.3.2.26')), octetString(), octetString(), integer(1)),
      status,
      generalizedTime(at),
    ),
  )

test.each([
  ['a status that is not used', seq(enumerated(4)), 'ocsp-status-invalid'],
  ['a status that is unknown', seq(enumerated(9)), 'ocsp-status-invalid'],
  [
    'another type of response',
    seq(enumerated(0), explicit(0, seq(oid('1.2.3'), octetString()))),
    'ocsp-response-type-unknown',
  ],
  ['what it should be', basicWith(dataWith(single(Uint8Array.of(0x80, 0)))), 'read'],
])('%s → %s', (_what, der, code) => {
  expect(codeOf(der)).toBe(code)
})

describe('an answer of which something cannot be read', () => {
  const answersOf = (der: Uint8Array) => {
    const { responses } = parseOcspResponse(der).basic!
    return responses.map(({ certStatus, faultAt }) => ({ ...certStatus, isFaulty: faultAt !== null }))
  }
  const answer = (id: number, ...rest: Uint8Array[]) =>
    seq(seq(seq(oid('1.3.14.3.2.26')), octetString(), octetString(), integer(id)), ...rest)
  const good = Uint8Array.of(0x80, 0)
  const when = generalizedTime(at)
  const revoked = (...parts: Uint8Array[]) => explicit(1, ...parts)
  const REVOKED = { status: 'revoked', revocationTime: at, revocationReason: null, isFaulty: true }
  const UNREADABLE = { status: 'unreadable', isFaulty: true }
  const wrongDate = explicit(0, integer(1))

  test.each([
    ['a good with content', [Uint8Array.of(0x80, 1, 0), when], UNREADABLE],
    ['a status of no kind', [Uint8Array.of(0x83, 0), when], UNREADABLE],
    ['no status', [when], UNREADABLE],
    ['nothing', [], UNREADABLE],
    ['a reason that is not used', [revoked(when, explicit(0, enumerated(7))), when], REVOKED],
    ['a reason and more', [revoked(when, explicit(0, enumerated(1)), seq()), when], REVOKED],
    ['no time of revocation', [revoked(), when], { ...REVOKED, revocationTime: null }],
    [
      'a time of revocation that is none, before a reason',
      [revoked(integer(1), explicit(0, enumerated(6))), when],
      { ...REVOKED, revocationTime: null },
    ],
    ['revoked and no time', [revoked(when)], REVOKED],
    ['revoked and an end that is none', [revoked(when), when, wrongDate], REVOKED],
    ['revoked and something after it', [revoked(when), when, seq()], REVOKED],
    ['good and an end that is none', [good, when, wrongDate], { status: 'good', isFaulty: true }],
  ])('%s: the ones beside it count', (_what, rest, expected) => {
    const beside = { status: 'good', isFaulty: false }
    const data = dataWith(seq(answer(1, good, when), answer(2, ...rest), answer(3, good, when)))
    expect(answersOf(basicWith(data))).toEqual([beside, expected, beside])
  })

  test('and one about nobody in particular is thrown with its response', () => {
    expect(codeOf(basicWith(dataWith(seq(seq(seq(oid('1.2.3'))), answer(1, good, when)))))).toBe(
      'der-unexpected-tag',
    )
  })

  test('a version that nobody knows is kept, for a finding', () => {
    const of = (version: number) =>
      basicWith(
        seq(
          explicit(0, integer(version)),
          explicit(2, octetString(Uint8Array.of(1))),
          when,
          seq(answer(1, good, when)),
        ),
      )
    expect(parseOcspResponse(of(0)).basic!.version).toBe(1)
    expect(parseOcspResponse(of(3)).basic!.version).toBe(4)
  })
})
