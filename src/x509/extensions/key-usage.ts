import { TAG } from '../../der/reader.ts'
import type { Reader } from '../../der/reader.ts'
import type { Finding } from '../../findings.ts'
import { EXTENSION_OIDS } from '../oids.ts'
import { namedBitList } from './named-bits.ts'

/** The named bits of KeyUsage (RFC 5280 §4.2.1.3), in their order. */
export const KEY_USAGE_BITS = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const
export type KeyUsageBit = (typeof KEY_USAGE_BITS)[number]

const bits = namedBitList(KEY_USAGE_BITS)

export const parseKeyUsage = (reader: Reader, findings: Finding[]): ReadonlySet<KeyUsageBit> =>
  bits.parse(reader, TAG.BIT_STRING, EXTENSION_OIDS.keyUsage, findings)
export const encodeKeyUsage = bits.encode
