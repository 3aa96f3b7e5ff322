import { describe, expect, test } from 'vitest'
import {
  explicit,
  generalizedTime,
  implicit,
  integer,
  nul,
  octetString,
  oid,
  seq,
} from '../../../src/der/writer.ts'
import { encodeExtension } from '../../../src/x509/extensions/table.ts'
import { readTimestampList } from '../../../src/x509/extensions/signed-timestamps.ts'
import { OCSP_OIDS } from '../../../src/x509/oids.ts'
import { encodeOcspResponse, parseOcspResponse } from '../../../src/x509/ocsp.ts'

const AT = new Date('2026-03-04T05:06:07.089Z')

const long = (length: number, value: bigint): number[] =>
  Array.from({ length }, (_, i) => Number((value >> BigInt(8 * (length - 1 - i))) & 255n))
interface Drawn {
  version?: number
  at?: bigint
  extensions?: number[]
  signature?: number[]
  claimed?: number
}
const timestamp = ({
  version = 0,
  at = BigInt(AT.getTime()),
  extensions = [],
  signature = [1, 2, 3],
  claimed = signature.length,
}: Drawn = {}): number[] => [
  ...[version, ...new Uint8Array(32).fill(7), ...long(8, at)],
  ...[...long(2, BigInt(extensions.length)), ...extensions, 4, 3, ...long(2, BigInt(claimed)), ...signature],
]
const listOf = (...items: number[][]): Uint8Array => {
  const content = items.flatMap((item) => [...long(2, BigInt(item.length)), ...item])
  return Uint8Array.from([...long(2, BigInt(content.length)), ...content])
}
const READ = { logId: new Uint8Array(32).fill(7), at: AT, hash: 4, signature: 3 }

describe('a list of timestamps (RFC 6962 §3.3)', () => {
  test('each says when, by which log, signed how', () => {
    const list = listOf(timestamp(), timestamp({ extensions: [9, 9], signature: [] }))
    expect(readTimestampList(list)).toEqual({ octets: list, fault: null, timestamps: [READ, READ] })
  })

  test.each([
    ['of another version', timestamp({ version: 1 })],
    ['with a signature that ends early', timestamp({ claimed: 4 })],
    ['with octets after its signature', timestamp({ claimed: 2 })],
    ['with a time that no calendar has', timestamp({ at: (1n << 64n) - 1n })],
    ['with extensions beyond its end', [...timestamp().slice(0, 41), 255, 255, ...timestamp().slice(43)]],
  ])('one %s does not take the others with it', (_how, odd) => {
    const { fault, timestamps } = readTimestampList(listOf(timestamp(), odd, timestamp()))
    expect({ fault, timestamps }).toEqual({ fault: null, timestamps: [READ, null, READ] })
  })

  test.each([
    ['nothing', [], 'encoding'],
    ['a length alone', [0, 0], 'empty'],
    ['a length that is too long', [0, 1], 'encoding'],
    ['half a length of an item', [0, 1, 0], 'encoding'],
    ['an item beyond its end', [0, 2, 0, 47], 'encoding'],
    ['an item too short for a timestamp', [0, 3, 0, 1, 0], 'encoding'],
  ] as const)('%s is a fault', (_what, octets, fault) => {
    expect(readTimestampList(Uint8Array.from(octets))).toMatchObject({ fault, timestamps: [] })
  })
})

describe('what an answer about one certificate adds (RFC 6960 §4.4.4, RFC 6962 §3.3)', () => {
  const answer = (archiveCutoff: Uint8Array, timestamps: Uint8Array) => {
    const hash = octetString(new Uint8Array(20))
    const extensions = [
      { oid: OCSP_OIDS.archiveCutoff, critical: false, value: archiveCutoff },
      { oid: OCSP_OIDS.signedCertificateTimestamps, critical: false, value: timestamps },
    ]
    const single = seq(
      seq(seq(oid('1.3.14.3.2.26')), hash, hash, integer(3)),
      implicit(0, nul()),
      generalizedTime(AT),
      explicit(1, seq(...extensions.map(encodeExtension))),
    )
    const tbs = seq(explicit(2, hash), generalizedTime(AT), seq(single))
    const signatureAlgorithm = seq(oid('1.2.840.10045.4.3.2'))
    const der = encodeOcspResponse({ tbs, signatureAlgorithm, signature: Uint8Array.of(9), certs: [] })
    return parseOcspResponse(der).basic!.responses[0]!
  }

  test('the archive cutoff and the timestamps are read', () => {
    const cutoff = new Date('2020-01-02T03:04:05Z')
    const read = answer(generalizedTime(cutoff), octetString(listOf(timestamp())))
    expect(read).toMatchObject({ archiveCutoff: cutoff, timestamps: { timestamps: [READ] }, faultAt: null })
  })

  test('where they cannot be read the status stands', () => {
    const read = answer(Uint8Array.of(24, 1), Uint8Array.of(4))
    expect(read).toMatchObject({
      archiveCutoff: null,
      timestamps: null,
      certStatus: { status: 'good' },
      faultAt: null,
    })
  })
})
