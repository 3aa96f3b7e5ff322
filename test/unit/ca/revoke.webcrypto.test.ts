import { beforeAll, describe, expect, test } from 'vitest'
import { issueList, scopeOf } from '../../../src/ca/certificate-list.ts'
import { bigIntOf } from '../../../src/octets.ts'
import type { ListRequest } from '../../../src/ca/certificate-list.ts'
import type { RevokedCertificate } from '../../../src/ca/list-entries.ts'
import { schedulePeriods, suggestedDays } from '../../../src/ca/list-schedule.ts'
import { ocspResponder } from '../../../src/ca/ocsp-response.ts'
import { keyIdentifier } from '../../../src/ca/prepare.ts'
import { putOnHold, revoke, takeOffHold } from '../../../src/ca/revoke.ts'
import type { Signer } from '../../../src/ca/issue.ts'
import { schemeOf } from '../../../src/webcrypto/algorithms.ts'
import type { Drawn } from '../../support/chain.ts'
import { AT, endEntity, intermediate, root, signTbs } from '../../support/chain.ts'
import { days } from '../../support/revocation.ts'

let ca: Drawn
let other: Drawn

beforeAll(async () => {
  ca = await root()
  other = await root()
})

const ALGORITHM = 'ecdsa-sha256'
const signerOf = ({ key }: Drawn): Signer => ({
  sign: (scheme, data) => {
    expect(scheme).toEqual(schemeOf(ALGORITHM))
    return signTbs(key, ALGORITHM, data)
  },
})

describe('revoking (RFC 5280 §5.3)', () => {
  const lost = { reason: 'keyCompromise', invalidityDate: null, at: AT } as const

  test('says since when and why; unspecified is said by saying nothing', () => {
    expect(revoke(null, { ...lost, invalidityDate: days(-1) })).toEqual({
      since: AT,
      reason: 'keyCompromise',
      invalidityDate: days(-1),
    })
    expect(revoke(null, { ...lost, reason: 'unspecified' }).reason).toBeNull()
  })

  test('a second time is refused; from hold it is not', () => {
    expect(() => revoke(revoke(null, lost), lost)).toThrow('revocation-already')
    expect(revoke(putOnHold(null, days(-1)), lost)).toMatchObject({ since: AT, reason: 'keyCompromise' })
  })

  test('a hold can be taken back, nothing else can', () => {
    expect(takeOffHold(putOnHold(null, AT))).toBeNull()
    expect(() => takeOffHold(revoke(null, lost))).toThrow('revocation-not-on-hold')
    expect(() => takeOffHold(null)).toThrow('revocation-not-on-hold')
    expect(() => putOnHold(revoke(null, lost), AT)).toThrow('revocation-already')
  })

  test('an invalidity date in the future is refused, now is not', () => {
    expect(() => revoke(null, { ...lost, invalidityDate: days(1) })).toThrow(
      'revocation-invalidity-in-future',
    )
    expect(revoke(null, { ...lost, invalidityDate: AT }).invalidityDate).toEqual(AT)
    const within = new Date(AT.getTime() - 1)
    expect(revoke(null, { ...lost, invalidityDate: within }).invalidityDate).toEqual(
      new Date(AT.getTime() - 1000),
    )
  })
})

describe('signing lists (RFC 5280 §5)', () => {
  const request = (over: Partial<ListRequest> = {}): ListRequest => ({
    signer: ca.certificate,
    signature: ALGORITHM,
    thisUpdate: AT,
    nextUpdate: days(7),
    number: 2n,
    previousNumber: 1n,
    revoked: [],
    ...over,
  })
  const list = (over: Partial<ListRequest> = {}, signer = ca) => issueList(request(over), signerOf(signer))
  const gone = (serial: number, over: Partial<RevokedCertificate> = {}): RevokedCertificate => ({
    serialNumber: Uint8Array.of(serial),
    isCa: false,
    distributionPoints: [],
    since: days(-1),
    reason: null,
    invalidityDate: null,
    ...over,
  })

  test('names the key by the signer’s subjectKeyIdentifier, octet for octet (§5.2.1)', async () => {
    const made = await list()
    expect(made.authorityKeyIdentifier?.keyIdentifier).toEqual(ca.certificate.subjectKeyIdentifier)
    expect(made.issuer.der).toEqual(ca.certificate.subject.der)
    expect(bigIntOf(made.cRLNumber!)).toBe(2n)
  })

  test('and without one by what the certificates below it name', async () => {
    const bare = await root({ extensions: { subjectKeyIdentifier: null } })
    const made = await list({ signer: bare.certificate }, bare)
    expect(made.authorityKeyIdentifier?.keyIdentifier).toEqual(await keyIdentifier(bare.certificate.spki))
  })

  test('a delta does not repeat an entry for the fraction of a second that no list writes', async () => {
    const within = gone(5, { reason: 'keyCompromise', invalidityDate: new Date(days(-3).getTime() + 250) })
    const read = { ...within, invalidityDate: days(-3) }
    const made = await list({ revoked: [within], base: { number: 1n, revoked: [read] } })
    expect([...made.revokedCertificates]).toEqual([])
  })

  test('numbers rise strictly and have at most 20 octets (§5.2.3)', async () => {
    await expect(list({ previousNumber: 2n })).rejects.toThrow('list-number-not-rising')
    await expect(list({ previousNumber: 3n })).rejects.toThrow('list-number-not-rising')
    await expect(list({ base: { number: 2n, revoked: [] } })).rejects.toThrow('list-number-not-rising')
    await expect(list({ number: 1n << 159n })).rejects.toThrow('list-number-not-rising')
    expect(bigIntOf((await list({ number: (1n << 159n) - 1n })).cRLNumber!)).toBe((1n << 159n) - 1n)
    expect(bigIntOf((await list({ number: 0n, previousNumber: null })).cRLNumber!)).toBe(0n)
  })

  test('a list signed by another key than the certificate’s does not come into being', async () => {
    await expect(list({}, other)).rejects.toThrow('issuer-key-mismatch')
  })

  test('a signer without cRLSign is refused (§4.2.1.3)', async () => {
    const weak = await intermediate(ca, { extensions: { keyUsage: new Set(['keyCertSign']) } })
    await expect(list({ signer: weak.certificate }, weak)).rejects.toThrow('list-signer-not-allowed')
  })

  test('times are in order and inside the signer’s own', async () => {
    await expect(list({ nextUpdate: AT })).rejects.toThrow('list-times-reversed')
    await expect(list({ nextUpdate: days(400) })).rejects.toThrow('list-outlives-signer')
  })

  test('an empty scope is no extension (§5.2.5)', async () => {
    expect(scopeOf({})).toBeNull()
    expect((await list({ scope: scopeOf({}) })).issuingDistributionPoint).toBeNull()
    expect(
      (await list({ scope: scopeOf({ only: 'cas' }) })).issuingDistributionPoint?.onlyContainsCACerts,
    ).toBe(true)
  })

  test('a list in parts by reason holds the entries of its reasons, and those without', async () => {
    const scope = scopeOf({ reasons: new Set(['superseded']) })
    const revoked = [gone(1, { reason: 'superseded' }), gone(2, { reason: 'keyCompromise' }), gone(3)]
    const made = await list({ scope, revoked })
    expect([...made.revokedCertificates].map(({ serialNumber }) => serialNumber[0])).toEqual([1, 3])
  })

  test('an indirect list names each issuer once, its own entries first (§5.3.3)', async () => {
    const issuer = other.certificate.subject
    const revoked = [gone(1, { issuer }), gone(2), gone(3, { issuer: { ...issuer } })]
    const made = await list({ scope: scopeOf({ indirect: true }), revoked })
    const entries = [...made.revokedCertificates]
    expect(entries.map(({ serialNumber }) => serialNumber[0])).toEqual([2, 1, 3])
    expect(entries.map(({ extensions }) => extensions.length)).toEqual([0, 1, 0])
    await expect(list({ revoked })).rejects.toThrow('not indirect')
  })

  test('a delta says what changed, what is new and what is off hold (§5.2.4)', async () => {
    const before = [gone(1), gone(2, { reason: 'certificateHold' }), gone(3, { reason: 'certificateHold' })]
    const now = [gone(1), gone(3, { reason: 'keyCompromise', since: AT }), gone(4)]
    const made = await list({ revoked: now, base: { number: 1n, revoked: before } })
    expect(
      [...made.revokedCertificates].map(({ serialNumber, reasonCode }) => [serialNumber[0], reasonCode]),
    ).toEqual([
      [3, 'keyCompromise'],
      [4, null],
      [2, 'removeFromCRL'],
    ])
  })

  test('work on a long list is reported, and stops when the report throws', async () => {
    const revoked = Array.from({ length: 25_000 }, (_, i) =>
      gone(1, { serialNumber: Uint8Array.of(1, i >> 8, i & 0xff) }),
    )
    const seen: number[] = []
    const options = { onProgress: (done: number) => void seen.push(done) }
    const made = await issueList(request({ revoked }), signerOf(ca), options)
    expect([made.revokedCertificates.count, seen]).toEqual([25_000, [10_000, 20_000]])
    const stop = { onProgress: () => Promise.reject(new Error('cancelled')) }
    await expect(issueList(request({ revoked }), signerOf(ca), stop)).rejects.toThrow('cancelled')
  })
})

test('a schedule leaves no gap, and ends with the certificate of its signer', () => {
  const periods = schedulePeriods({
    from: AT,
    days: 30,
    overlapDays: 5,
    count: 12,
    firstNumber: 4n,
    until: days(80),
  })
  expect(periods.map(({ number }) => number)).toEqual([4n, 5n, 6n])
  expect(periods.map(({ thisUpdate }) => thisUpdate)).toEqual([AT, days(30), days(60)])
  expect(periods.map(({ nextUpdate }) => nextUpdate)).toEqual([days(35), days(65), days(80)])
})

test('nextUpdate is suggested by what the CA issues: long for CAs, short for the rest (BR §4.9.7)', () => {
  expect(suggestedDays(ca.certificate, null)).toBe(180)
  expect(suggestedDays(ca.certificate, 'others')).toBe(7)
})

describe('signing OCSP responses (RFC 6960 §4.2.2.2)', () => {
  const answer = async (responder: Drawn, issuer = ca) => {
    const authority = {
      issuer: issuer.certificate,
      responder: responder.certificate,
      signature: ALGORITHM,
    } as const
    return (await ocspResponder(authority, signerOf(responder)))({
      serialNumber: Uint8Array.of(5),
      revocation: null,
      hash: 'SHA-256',
      thisUpdate: AT,
      nextUpdate: days(3),
    })
  }
  const OCSP_SIGNING = { extKeyUsage: ['1.3.6.1.5.5.7.3.9'], subjectAltName: null }

  test('by one that the issuer gave OCSPSigning, or by the issuer', async () => {
    const responder = await endEntity(ca, { extensions: OCSP_SIGNING })
    expect((await answer(responder)).response.basic?.certs).toHaveLength(1)
    for (const keyUsage of [null, new Set(['digitalSignature', 'keyCertSign'] as const)]) {
      const itself = await root({ extensions: { keyUsage } })
      expect((await answer(itself, itself)).response.basic?.certs).toHaveLength(0)
    }
  })

  test('not by a key whose keyUsage lacks digitalSignature, the issuer’s own no more than another', async () => {
    await expect(answer(ca)).rejects.toMatchObject({
      code: 'ocsp-responder-key-usage',
      detail: { isIssuer: true },
    })
    const keyUsage = new Set(['nonRepudiation'] as const)
    const responder = await endEntity(ca, { extensions: { ...OCSP_SIGNING, keyUsage } })
    await expect(answer(responder)).rejects.toMatchObject({
      code: 'ocsp-responder-key-usage',
      detail: { isIssuer: false },
    })
  })

  test('not by another’s responder, nor without OCSPSigning, nor beyond its own time', async () => {
    await expect(answer(await endEntity(other, { extensions: OCSP_SIGNING }))).rejects.toThrow(
      'ocsp-responder-unfit',
    )
    await expect(answer(await endEntity(ca))).rejects.toThrow('ocsp-responder-unfit')
    const brief = await endEntity(ca, { extensions: OCSP_SIGNING, notAfter: days(2) })
    await expect(answer(brief)).rejects.toThrow('list-outlives-signer')
  })
})
