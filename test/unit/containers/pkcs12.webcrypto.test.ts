import { createHmac, pbkdf2Sync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { berLength, toDer } from '../../../src/containers/ber.ts'
import {
  derive as deriveHere,
  hmacOf,
  RememberedKeys,
  type Derivation,
} from '../../../src/containers/derivation.ts'
import { bmpPassword, pkcs12Kdf, PURPOSE } from '../../../src/containers/legacy/key-derivation.ts'
import { CONTAINER_LIMITS } from '../../../src/containers/limits.ts'
import { encodePkcs12 } from '../../../src/containers/pkcs12/encode.ts'
import { openPkcs12 } from '../../../src/containers/pkcs12/open.ts'
import { openPkcs8, sealPkcs8 } from '../../../src/containers/pkcs8.ts'
import { encodePkcs7, readPkcs7 } from '../../../src/containers/pkcs7.ts'
import { parseWhole } from '../../../src/der/reader.ts'
import { integer, nul, octetString, oid, seq } from '../../../src/der/writer.ts'
import { concat } from '../../../src/octets.ts'
import { random } from '../../../src/webcrypto/seal.ts'
import { hex, toHex } from '../../support/bytes.ts'

const options = { iterations: 1000, random }
const pkcs8 = hex(
  '302e020100300506032b6570042204209d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
)
const certificate = seq(integer(7))
const entry = {
  friendlyName: 'Zoë 🐙',
  pkcs8,
  certificate,
  chain: [seq(integer(8)), certificate, seq(integer(8))],
}
const p12 = await encodePkcs12({ entries: [entry] }, 'pässwörd', options)

test('what is written is read: key, certificates once each in order, names', async () => {
  const opened = await openPkcs12(p12, 'pässwörd')
  expect(opened.keys).toMatchObject([{ pkcs8, friendlyName: 'Zoë 🐙' }])
  expect(opened.certificates.map(({ der }) => toHex(der))).toEqual([
    toHex(certificate),
    toHex(seq(integer(8))),
  ])
  expect(opened.certificates[0]!.localKeyId).toEqual(opened.keys[0]!.localKeyId)
  expect(opened).toMatchObject({ integrity: 'mac', skipped: [], crls: [] })
})

test('a wrong password and a changed octet are told', async () => {
  for (const password of ['', 'passwörd', 'pässwörd ', 'Pässwörd'])
    await expect(openPkcs12(p12, password)).rejects.toMatchObject({ code: 'container-password-wrong' })
  const changed = Uint8Array.from(p12)
  changed[120]! ^= 1
  await expect(openPkcs12(changed, 'pässwörd')).rejects.toMatchObject({
    code: expect.stringMatching(/^(container|der)-/) as string,
  })
})

/** The PFX with its MacData replaced. */
const withMac = (mac: (authSafe: Uint8Array) => Uint8Array | null): Uint8Array =>
  parseWhole(p12, (reader) => {
    const pfx = reader.sequence()
    const version = pfx.element()
    const start = pfx.offset
    const info = pfx.sequence()
    info.oid()
    const authSafe = info.constructed(0xa0).octetString()
    const content = pfx.since(start)
    pfx.skip()
    const replaced = mac(authSafe)
    return seq(version, content, ...(replaced ? [replaced] : []))
  })

function pbmac1(
  authSafe: Uint8Array,
  {
    length = 32,
    hash = 'sha256',
    prf = 'sha512',
  }: { length?: number | null; hash?: string; prf?: string } = {},
): Uint8Array {
  const ids: Record<string, string> = {
    sha256: '1.2.840.113549.2.9',
    sha384: '1.2.840.113549.2.10',
    sha512: '1.2.840.113549.2.11',
  }
  const salt = random(16)
  const key = pbkdf2Sync('pässwörd', salt, 2048, length ?? 32, prf)
  const kdf = seq(
    oid('1.2.840.113549.1.5.12'),
    seq(
      octetString(salt),
      integer(2048),
      ...(length === null ? [] : [integer(length)]),
      seq(oid(ids[prf]!), nul()),
    ),
  )
  const algorithm = seq(oid('1.2.840.113549.1.5.14'), seq(kdf, seq(oid(ids[hash]!), nul())))
  const value = createHmac(hash, key).update(authSafe).digest()
  return seq(
    seq(algorithm, octetString(value)),
    octetString(new TextEncoder().encode('NOT USED')),
    integer(1),
  )
}

test('PBMAC1 protects as RFC 9579 has it, its keyLength stated', async () => {
  for (const form of [
    {},
    { hash: 'sha512', length: 64, prf: 'sha512' },
    { hash: 'sha384', length: 48, prf: 'sha256' },
  ]) {
    const opened = await openPkcs12(
      withMac((authSafe) => pbmac1(authSafe, form)),
      'pässwörd',
    )
    expect(opened).toMatchObject({ integrity: 'mac', keys: [{ pkcs8 }] })
  }
  const without = withMac((authSafe) => pbmac1(authSafe, { length: null }))
  await expect(openPkcs12(without, 'pässwörd')).rejects.toMatchObject({
    code: 'container-structure',
    detail: { part: 'keyLength' },
  })
  const wrong = withMac((authSafe) => pbmac1(Uint8Array.of(...authSafe, 0)))
  await expect(openPkcs12(wrong, 'pässwörd')).rejects.toMatchObject({ code: 'container-password-wrong' })
})

test('a file without MAC opens and says so', async () => {
  expect(
    await openPkcs12(
      withMac(() => null),
      'pässwörd',
    ),
  ).toMatchObject({ integrity: 'none', keys: [{ pkcs8 }] })
  await expect(
    openPkcs12(
      withMac(() => null),
      'other',
    ),
  ).rejects.toMatchObject({ code: 'container-password-wrong' })
})

test('contents and keys with passwords of their own: what the given ones open is there, the rest is said', async () => {
  let authSafe: Uint8Array = new Uint8Array()
  withMac((octets) => {
    authSafe = octets
    return null
  })
  const salt = random(8)
  const value = hmacOf(
    'SHA-256',
    await pkcs12Kdf('SHA-256', PURPOSE.mac, bmpPassword('store'), salt, 1000, 32),
    authSafe,
  )
  const digest = seq(seq(oid('2.16.840.1.101.3.4.2.1'), nul()), octetString(value))
  const mixed = withMac(() => seq(digest, octetString(salt), integer(1000)))
  expect(await openPkcs12(mixed, ['other', 'store'])).toMatchObject({
    integrity: 'mac',
    keys: [],
    certificates: [],
    locked: expect.arrayContaining([
      { part: 'contents', friendlyName: null },
      { part: 'key', friendlyName: 'Zoë 🐙' },
    ]) as unknown,
  })
  for (const passwords of [
    ['store', 'pässwörd'],
    ['pässwörd', 'store'],
  ])
    expect(await openPkcs12(mixed, passwords)).toMatchObject({
      keys: [{ pkcs8 }],
      certificates: [{}, {}],
      locked: [],
    })
  await expect(openPkcs12(mixed, 'pässwörd')).rejects.toMatchObject({ code: 'container-password-wrong' })
})

test('nothing is derived before all of it is counted', async () => {
  const derive = (): never => {
    throw new Error('derived')
  }
  const limits = { ...CONTAINER_LIMITS, iterations: 2999 }
  await expect(openPkcs12(p12, 'pässwörd', { limits, derive })).rejects.toMatchObject({
    code: 'container-iterations-too-many',
  })
  // The empty password is not tried by default if it takes many rounds.
  const many = await encodePkcs12({ entries: [] }, '', { ...options, iterations: 60_000 })
  await expect(openPkcs12(many, [], { derive, orEmpty: true })).rejects.toMatchObject({
    code: 'container-password-wrong',
  })
  await expect(openPkcs12(many, [''])).resolves.toMatchObject({ integrity: 'mac' })
})

test('a key is derived once, however often it is asked for', async () => {
  let derived = 0
  const remembered = new RememberedKeys()
  const counted = remembered.over((derivation) => {
    derived += 1
    return deriveHere(derivation)
  })
  for (let round = 0; round < 3; round++) await openPkcs12(p12, 'pässwörd', { derive: counted })
  // The MAC; certificates and key share their derivation.
  expect(derived).toBe(2)
})

test('iterations are paid for before they are done, all derivations of a file together', async () => {
  const limits = { ...CONTAINER_LIMITS, iterations: 2999 }
  await expect(openPkcs12(p12, 'pässwörd', { limits })).rejects.toMatchObject({
    code: 'container-iterations-too-many',
    detail: { format: 'PKCS#12', iterations: 3000, limit: 2999 },
  })
  await expect(openPkcs12(p12, 'pässwörd', { limits: { ...limits, iterations: 3000 } })).resolves.toBeTruthy()
  const sealed = await sealPkcs8(pkcs8, 'a', options)
  await expect(openPkcs8(sealed, 'a', { limits: { ...limits, iterations: 999 } })).rejects.toMatchObject({
    code: 'container-iterations-too-many',
  })
})

test('BER becomes DER where it must, and every other octet stays', () => {
  const octets = hex('24 80 04 02 0102 04 01 03 0000')
  expect(toHex(toDer(octets))).toBe('0403010203')
  // A non-minimal length is kept: the content of a certificate is checked as it was signed.
  const nested = concat([hex('30 80'), hex('30 8103 020107'), hex('0000')])
  expect(toHex(toDer(nested))).toBe('300630810302' + '0107')
  expect(berLength(concat([nested, hex('ffff')]))).toBe(nested.length)
  expect(() => toDer(hex('30 80 02 01 07'))).toThrow('der-truncated')
  expect(() => toDer(hex('04 80 0000'))).toThrow('der-length-indefinite')
  expect(() => toDer(new Uint8Array(20_000).fill(0x30).map((octet, i) => (i % 2 ? 0x80 : octet)))).toThrow(
    'der-too-deep',
  )
})

test('a bundle keeps its order and its octets', () => {
  const ders = [seq(integer(3)), seq(integer(1)), seq(integer(2))]
  const { certificates, crls } = readPkcs7(encodePkcs7(ders, [seq(integer(9))]))
  expect(certificates.map(toHex)).toEqual(ders.map(toHex))
  expect(crls.map(toHex)).toEqual([toHex(seq(integer(9)))])
  expect(() => readPkcs7(seq(oid('1.2.840.113549.1.7.3'), nul()))).toThrow('pile-format-not-read')
})

test('the example of RFC 9579 §A.1 opens, and with a changed salt or count of iterations it does not', async () => {
  const text = readFileSync(new URL('../../fixtures/rfc9579-a1.b64', import.meta.url), 'latin1')
  const example = Uint8Array.from(Buffer.from(text, 'base64'))
  const opened = await openPkcs12(example, '1234')
  expect(opened).toMatchObject({ integrity: 'mac', keys: [{}], certificates: [{}] })
  await expect(openPkcs12(example, '12345')).rejects.toMatchObject({ code: 'container-password-wrong' })
  // Both are in MacData, at the end: the salt of PBKDF2, then its iterations (2,048).
  const salt = Buffer.from(example).lastIndexOf(hex('04086f473c38b02e3173'))
  expect(salt).toBeGreaterThan(0)
  for (const place of [salt + 2, salt + 12]) {
    const changed = example.slice()
    changed[place]! ^= 1
    await expect(openPkcs12(changed, '1234')).rejects.toMatchObject({ code: 'container-password-wrong' })
  }
})

test('a wrong password is refused by the MAC alone: thousands of short derivations are not begun', async () => {
  const entries = Array.from({ length: 50 }, (_, n) => ({ ...entry, friendlyName: `key ${String(n)}` }))
  const many = await encodePkcs12({ entries }, 'right one', { ...options, iterations: 1 })
  let derived = 0
  const derive = (derivation: Derivation) => {
    derived += 1
    return deriveHere(derivation)
  }
  await expect(openPkcs12(many, 'wrong one', { derive })).rejects.toMatchObject({
    code: 'container-password-wrong',
  })
  expect(derived).toBe(1)
  await expect(openPkcs12(many, 'right one', { derive })).resolves.toMatchObject({ integrity: 'mac' })
})
