import { TAG } from '../../der/reader.ts'
import type { Reader } from '../../der/reader.ts'
import { ia5String } from '../../der/writer.ts'
import type { Finding } from '../../findings.ts'
import { EXTENSION_OIDS } from '../oids.ts'
import { brokenString, isAscii, latin1 } from '../string-types.ts'
import { namedBitList } from './named-bits.ts'

/** The named bits of netscape-cert-type, in their order. */
export const NETSCAPE_CERT_TYPE_BITS = [
  'sslClient',
  'sslServer',
  'email',
  'objectSigning',
  'reserved',
  'sslCA',
  'emailCA',
  'objectSigningCA',
] as const
export type NetscapeCertTypeBit = (typeof NETSCAPE_CERT_TYPE_BITS)[number]

const bits = namedBitList(NETSCAPE_CERT_TYPE_BITS)

export const parseNetscapeCertType = (
  reader: Reader,
  findings: Finding[],
): ReadonlySet<NetscapeCertTypeBit> =>
  bits.parse(reader, TAG.BIT_STRING, EXTENSION_OIDS.netscapeCertType, findings)
export const encodeNetscapeCertType = bits.encode

/** netscape-comment: an IA5String, shown octet by octet if it is not one. */
export function parseNetscapeComment(reader: Reader, findings: Finding[]): string {
  const content = reader.content(TAG.IA5_STRING)
  if (!isAscii(content)) findings.push(brokenString('netscapeComment', '', 'IA5String', content))
  return latin1(content)
}
export const encodeNetscapeComment = ia5String
