import { describe, expect, test } from 'vitest'
import { differenceOf, masked, skeletonOf, skeletonsText } from '../../../src/ceremony/skeleton.ts'
import { tbsOf, type ObjectKind } from '../../../src/ceremony/tbs-fields.ts'
import { hexOf } from '../../../src/octets.ts'
import { sha256Hex } from '../../../src/webcrypto/signature.ts'
import type { KeyAlgorithmId } from '../../../src/webcrypto/algorithms.ts'
import { AT, drawKey, endEntity, intermediate, root, type Drawing, type Drawn } from '../../support/chain.ts'
import { drawList, drawResponse, type ListDrawing } from '../../support/revocation.ts'

const NAMED: Drawing = { subject: 'CN=Example Root' }

/** A root and what is below it, of new keys each time. */
async function drawn(algorithm: KeyAlgorithmId, below: Drawing = {}, list: ListDrawing = {}) {
  const top = await root({ ...NAMED, key: await drawKey(algorithm) })
  const ca = await intermediate(top, {
    subject: 'CN=Example CA',
    key: await drawKey(algorithm),
    extensions: {
      authorityKeyIdentifier: {
        keyIdentifier: top.certificate.subjectKeyIdentifier,
        authorityCertIssuer: [{ kind: 'directoryName', name: top.certificate.subject }],
        authorityCertSerialNumber: top.certificate.serialNumber,
      },
    },
    ...below,
  })
  const revoked = await drawList(ca, { revoked: [top, ca], number: 7, ...list })
  return { top, ca, revoked }
}

const tbs = ({ certificate }: Drawn): Uint8Array => certificate.tbs

describe.each<KeyAlgorithmId>(['rsa-2048', 'p256', 'p384', 'ed25519'])('with keys of %s', (algorithm) => {
  test('two ceremonies of one plan have the same skeletons', async () => {
    const [one, other] = [await drawn(algorithm), await drawn(algorithm)]
    const pairs: [ObjectKind, Uint8Array, Uint8Array][] = [
      ['certificate', tbs(one.top), tbs(other.top)],
      ['certificate', tbs(one.ca), tbs(other.ca)],
      ['list', one.revoked.tbs, other.revoked.tbs],
    ]
    for (const [kind, a, b] of pairs) {
      expect(hexOf(a)).not.toBe(hexOf(b))
      expect(await skeletonOf(kind, a)).toEqual(await skeletonOf(kind, b))
      expect(differenceOf(kind, a, b)).toBeNull()
    }
    const { holes } = await skeletonOf('certificate', tbs(one.ca))
    expect(holes.map(({ name }) => name)).toEqual([
      'serialNumber',
      'subjectPublicKey',
      'subjectKeyIdentifier',
      'authorityKeyIdentifier',
      'authorityCertSerialNumber',
    ])
    const list = await skeletonOf('list', one.revoked.tbs)
    expect(list.holes.map(({ name }) => name)).toEqual([
      'userCertificate',
      'userCertificate',
      'authorityKeyIdentifier',
    ])
  })
})

test('the holes are exactly the octets of the fields that they name', async () => {
  const { ca } = await drawn('p256')
  const { certificate } = ca
  const { holes, length, masked: hash } = await skeletonOf('certificate', certificate.tbs)
  const octets = holes.map(({ offset, length }) => hexOf(certificate.tbs.subarray(offset, offset + length)))
  expect(octets).toEqual(
    [
      certificate.serialNumber,
      certificate.spki.publicKey,
      certificate.subjectKeyIdentifier!,
      certificate.authorityKeyIdentifier!.keyIdentifier!,
      certificate.authorityKeyIdentifier!.authorityCertSerialNumber!,
    ].map(hexOf),
  )
  expect(length).toBe(certificate.tbs.length)
  expect(hash).toBe(await sha256Hex(masked(certificate.tbs, holes)))
  expect(tbsOf(certificate.der)).toEqual(certificate.tbs)
})

describe('what differs is named, with its octets', () => {
  const cases: readonly [what: string, Drawing, field: string, expected: RegExp, actual: RegExp][] = [
    ['a date', { notAfter: new Date('2026-12-30T00:00:00Z') }, 'validity.notAfter', /^31/, /^30/],
    ['the profile', { pathLen: 1 }, 'extensions.basicConstraints', /./, /./],
    ['a name', { subject: 'CN=Example Cb' }, 'subject', /^41$/, /^62$/],
    [
      'the length of a serial number',
      { serialNumber: new Uint8Array(15).fill(1) },
      'serialNumber',
      /^10/,
      /^0f/,
    ],
    ['a usage', { extensions: { keyUsage: new Set(['keyCertSign']) } }, 'extensions.keyUsage', /./, /./],
    [
      'an extension less',
      { extensions: { subjectKeyIdentifier: null } },
      'extensions.subjectKeyIdentifier',
      /./,
      /./,
    ],
    [
      'one that is critical',
      { critical: { subjectKeyIdentifier: true } },
      'extensions.subjectKeyIdentifier',
      /./,
      /./,
    ],
  ]
  test.each(cases)('%s', async (_what, change, field, expected, actual) => {
    const [one, other] = [await drawn('p256'), await drawn('p256', change)]
    const found = differenceOf('certificate', tbs(one.ca), tbs(other.ca))!
    expect(found.field).toBe(field)
    expect(found.expected).toMatch(expected)
    expect(found.actual).toMatch(actual)
    const a = masked(tbs(one.ca), (await skeletonOf('certificate', tbs(one.ca))).holes)
    expect(hexOf(a.subarray(found.expectedAt, found.expectedAt + 1))).toBe(found.expected.slice(0, 2))
    expect((await skeletonOf('certificate', tbs(one.ca))).masked).not.toBe(
      (await skeletonOf('certificate', tbs(other.ca))).masked,
    )
  })

  test('the algorithm of the signature, and of the key', async () => {
    const [one, other] = [await drawn('p256'), await drawn('p384')]
    expect(differenceOf('certificate', tbs(one.top), tbs(other.top))!.field).toBe('signature')
    const below = await intermediate(one.top, { subject: 'CN=Example CA', key: await drawKey('p384') })
    const same = await intermediate(one.top, { subject: 'CN=Example CA' })
    expect(differenceOf('certificate', tbs(same), tbs(below))!.field).toBe('subjectPublicKeyInfo.algorithm')
  })

  test('in lists: the time, the number, an entry, a date of one', async () => {
    const { revoked } = await drawn('p256')
    const fieldOf = async (change: ListDrawing): Promise<string | undefined> =>
      differenceOf('list', revoked.tbs, (await drawn('p256', {}, change)).revoked.tbs)?.field
    expect(await fieldOf({ thisUpdate: AT })).toBe('thisUpdate')
    expect(await fieldOf({ number: 8 })).toBe('crlExtensions.cRLNumber')
    const { top, ca } = await drawn('p256')
    expect(await fieldOf({ revoked: [top, ca, top] })).toBe('revokedCertificates[2].userCertificate')
    const serialNumber = new Uint8Array(16).fill(0x41)
    expect(await fieldOf({ revoked: [top, { serialNumber, revocationDate: new Date(0) }] })).toBe(
      'revokedCertificates[1].revocationDate',
    )
  })
})

test('responses have holes for hashes of keys and serial numbers', async () => {
  const answered = async () => {
    const ca = await root(NAMED)
    const leaf = await endEntity(ca)
    return (await drawResponse(ca, leaf, ca)).basic!.tbs
  }
  const [one, other] = [await answered(), await answered()]
  expect(await skeletonOf('response', one)).toEqual(await skeletonOf('response', other))
  const { holes } = await skeletonOf('response', one)
  expect(holes.map(({ name }) => name)).toEqual(['responderKeyHash', 'issuerKeyHash', 'serialNumber'])
})

test('what is not DER of its kind is refused with the offset', async () => {
  const { ca, revoked } = await drawn('p256')
  await expect(skeletonOf('list', tbs(ca))).rejects.toThrow('der-')
  await expect(skeletonOf('certificate', revoked.tbs)).rejects.toThrow('der-')
  expect(() => tbsOf(ca.certificate.der.subarray(1))).toThrow('der-')
})

test('the file of skeletons has a line for each object', async () => {
  const { top, revoked } = await drawn('p256')
  const skeletons = [
    { file: 'root.der', skeleton: await skeletonOf('certificate', tbs(top)) },
    { file: 'lists-1.crl', skeleton: await skeletonOf('list', revoked.tbs) },
  ]
  expect(skeletonsText(skeletons)).toMatch(
    /^lists-1\.crl list \d+ [0-9a-f]{64}( \d+\+\d+){3}\nroot\.der certificate \d+ [0-9a-f]{64}( \d+\+\d+){3}\n$/,
  )
})
