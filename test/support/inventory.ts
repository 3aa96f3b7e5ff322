import type { Write } from '../../src/vault/commit.ts'
import type { JournalDraft } from '../../src/vault/shapes.ts'
import type { Session } from '../../src/services/session/session.ts'
import { utf8, hexOf } from '../../src/octets.ts'
import { drawKey, endEntity, intermediate, root } from './chain.ts'

const CHUNK = 2000
const NAME = 'host-0000000.example.com'
const SERIAL = new Uint8Array(16).fill(0x5a)
const DAY = 86_400_000
/** Serial numbers of CAs are above those of other certificates. */
const FURTHER = 0x1000000

/**
 * Certificates that share a key and a signature and differ in serial number and name: cheap to make, parsed like any
 * other.
 */
export async function certificateStamp(): Promise<(number: number) => Uint8Array<ArrayBuffer>> {
  const key = await drawKey()
  const ca = await root({ subject: 'CN=Filling CA', key })
  const { certificate } = await endEntity(ca, {
    key,
    serialNumber: SERIAL,
    subject: `CN=${NAME},O=Example Works,C=SE`,
    extensions: { subjectAltName: [{ kind: 'dNSName', value: NAME }] },
  })
  const names = placesOf(certificate.der, utf8(NAME))
  const [serial] = placesOf(certificate.der, SERIAL)
  return (number) => {
    const der = Uint8Array.from(certificate.der)
    const name = utf8(fillingName(number))
    for (const at of names) der.set(name, at)
    new DataView(der.buffer).setUint32(serial! + 4, Math.imul(number + 1, 0x9e3779b1))
    new DataView(der.buffer).setUint32(serial! + 8, number)
    return der
  }
}

export const fillingName = (number: number): string => `host-${String(number).padStart(7, '0')}.example.com`

/**
 * Puts `count` certificates into the open vault as a worker would, some thousands per transaction; one in
 * `revokedEvery` is revoked.
 */
export async function fillInventory(
  session: Session,
  count: number,
  from = 0,
  authorityId: string | null = null,
  revokedEvery = 50,
): Promise<void> {
  const stamp = await certificateStamp()
  for (let at = from; at < from + count; at += CHUNK) {
    const numbers = Array.from({ length: Math.min(CHUNK, from + count - at) }, (_, index) => at + index)
    const entry: JournalDraft = session.draft('batch-finished', String(numbers.length), { who: 'Filler' })
    await session.commit({
      writes: numbers.map((number) => filling(number, stamp(number), authorityId, revokedEvery)),
      entries: [entry],
      durability: 'relaxed',
    })
  }
}

/** Puts so many CAs below one, their keys elsewhere; every hundredth ends within 30 days of `now`. */
export async function fillAuthorities(
  session: Session,
  parentId: string,
  count: number,
  now: number,
): Promise<void> {
  const key = await drawKey()
  const above = await root({ subject: 'CN=Filling CA', key })
  const writes: Write[] = []
  for (let number = 0; number < count; number++) {
    const days = number % 100 === 0 ? 20 : 365 + number * 10
    const { certificate } = await intermediate(above, {
      key,
      subject: `CN=${fillingAuthority(number)}`,
      serialNumber: new Uint8Array([1, number >> 8, number & 0xff]),
      notBefore: new Date(now - DAY),
      notAfter: new Date(now + days * DAY),
    })
    const [id, certificateId] = [`filling-ca-${String(number)}`, `filling-ca-own-${String(number)}`]
    const own = filling(FURTHER + number, Uint8Array.from(certificate.der), parentId, FURTHER)
    const value = { parentId, certificateId, key: 'elsewhere', keyId: null, createdAt: now, retiredAt: null }
    writes.push(
      { store: 'authorities', id, mode: 'add', value } as Write,
      { ...own, id: certificateId, value: { ...own.value, ownAuthorityId: id, status: 'good' } } as Write,
    )
  }
  const entry = session.draft('batch-finished', String(count), { who: 'Filler' })
  await session.commit({ writes, entries: [entry], durability: 'relaxed' })
}

export const fillingAuthority = (number: number): string => `Filling CA ${String(number).padStart(3, '0')}`

function filling(
  number: number,
  der: Uint8Array<ArrayBuffer>,
  authorityId: string | null,
  revokedEvery: number,
): Write {
  const place = authorityId === null ? {} : { parent: authorityId, serialNumber: number.toString(16) }
  return {
    ...place,
    store: 'certificates',
    id: hexOf(utf8(fillingName(number)).subarray(0, 16)),
    mode: 'add',
    value: {
      der,
      authorityId,
      ownAuthorityId: null,
      profileId: number % 3 === 0 ? 'tlsClient' : 'tlsServer',
      createdAt: Date.UTC(2026, 0, 1) + number * 1000,
      createdBy: 'Filler',
      key: 'brought',
      keyId: null,
      status: number % revokedEvery === 0 ? 'revoked' : 'good',
      revocation: null,
      tags: number % 10 === 0 ? ['tenth'] : [],
      notes: number % 1000 === 0 ? `checked ${String(new Date(number * DAY).getUTCFullYear())}` : '',
    },
  }
}

function placesOf(octets: Uint8Array, wanted: Uint8Array): number[] {
  const places: number[] = []
  for (let at = 0; at + wanted.length <= octets.length; at++)
    if (wanted.every((octet, index) => octets[at + index] === octet)) places.push(at)
  return places
}
