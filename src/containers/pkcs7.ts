import { TAG, contextConstructed, parseWhole, type Reader } from '../der/reader.ts'
import { explicit, integer, oid, seq, set, tlv, type Der } from '../der/writer.ts'
import { CodedError, type ErrorDetails, type ForeignFormat } from '../errors.ts'
import { aroundBasic } from '../x509/ocsp.ts'
import { CMS_OIDS, OCSP_OIDS } from '../x509/oids.ts'
import { toDer } from './ber.ts'
import { CONTAINER_LIMITS, type ContainerLimits } from './limits.ts'

const DATA = CMS_OIDS.data
/** Netscape's form, and that of `openssl nseq`: a sequence of certificates. */
const NETSCAPE_SEQUENCE = '2.16.840.1.113730.2.5'
/**
 * Other CMS contents: encrypted for someone (RFC 5652 §6, RFC 5083; PKCS#7 also signed it), under a key (§8),
 * compressed (RFC 3274).
 */
const OTHER_CONTENTS: Readonly<Record<string, ForeignFormat>> = {
  '1.2.840.113549.1.7.3': 'cms-encrypted',
  '1.2.840.113549.1.7.4': 'cms-encrypted',
  '1.2.840.113549.1.9.16.1.23': 'cms-encrypted',
  '1.2.840.113549.1.7.6': 'cms-encrypted-data',
  '1.2.840.113549.1.9.16.1.9': 'cms-compressed',
}
export const SIGNED_DATA = CMS_OIDS.signedData
/** RFC 5940 §2.1: an OCSP response among the revocation information. */
const OCSP_RESPONSE = '1.3.6.1.5.5.7.16.2'
/** The same without what is around it, as some writers have it. */
const BASIC_OCSP_RESPONSE = OCSP_OIDS.basic

export interface Pkcs7 {
  readonly certificates: readonly Uint8Array[]
  readonly crls: readonly Uint8Array[]
  readonly ocspResponses: readonly Uint8Array[]
  /** The signed content, if it is arbitrary octets (RFC 5652 §4) and is included. */
  readonly content: Uint8Array | null
  /** Number of attribute certificates and other formats, which are ignored. */
  readonly skipped: number
}

/**
 * Writes a bundle of certificates and CRLs without signers (RFC 5652 §5.1, the "certs-only" form). They keep the given
 * order, target first: readers print them in that order, and BER allows it.
 */
export function encodePkcs7(certificates: readonly Uint8Array[], crls: readonly Uint8Array[] = []): Der {
  const content = seq(
    integer(1),
    set(),
    seq(oid(DATA)),
    ...(certificates.length > 0 ? [tlv(contextConstructed(0), ...certificates)] : []),
    ...(crls.length > 0 ? [tlv(contextConstructed(1), ...crls)] : []),
    set(),
  )
  return seq(oid(SIGNED_DATA), explicit(0, content))
}

/**
 * Returns everything in a SignedData (RFC 5652 §5.1) or Netscape's sequence, BER or DER; signatures are not verified.
 * Throws pile-format-not-read for other contents, with the `form` it was written in, and other CodedErrors.
 */
export function readPkcs7(
  bytes: Uint8Array,
  limits: ContainerLimits = CONTAINER_LIMITS,
  form: ErrorDetails['pile-format-not-read']['form'] = 'DER',
): Pkcs7 {
  return parseWhole(toDer(bytes, limits), (reader) => {
    const info = reader.sequence()
    const type = info.oid()
    if (type !== SIGNED_DATA && type !== NETSCAPE_SEQUENCE)
      throw new CodedError('pile-format-not-read', { format: OTHER_CONTENTS[type] ?? 'cms-other', form })
    const signedData = info.constructed(contextConstructed(0)).sequence()
    info.finish()
    if (type === NETSCAPE_SEQUENCE) return { ...sort(elements(signedData), []), content: null }
    signedData.smallInteger()
    signedData.skip(TAG.SET)
    const { content, isOther } = contentOf(signedData.sequence())
    const certificates = elements(signedData.optional(contextConstructed(0)))
    const revocation = elements(signedData.optional(contextConstructed(1)))
    signedData.skip(TAG.SET)
    signedData.finish()
    const sorted = sort(certificates, revocation)
    return { ...sorted, content, skipped: sorted.skipped + (isOther ? 1 : 0) }
  })
}

/** EncapsulatedContentInfo (§5.2); PKCS#7 allows any value in place of the OCTET STRING, as Authenticode uses. */
function contentOf(info: Reader): { content: Uint8Array | null; isOther: boolean } {
  const isData = info.oid() === DATA
  const content = info.optional(contextConstructed(0))
  info.finish()
  return content && isData && content.peekTag() === TAG.OCTET_STRING
    ? { content: content.content(TAG.OCTET_STRING), isOther: false }
    : { content: null, isOther: content !== null }
}

function elements(reader: Reader | null): Uint8Array[] {
  const all: Uint8Array[] = []
  while (reader && !reader.atEnd) all.push(reader.element())
  return all
}

/** CertificateChoices and RevocationInfoChoice (§10.2): the plain form of each is a SEQUENCE. */
function sort(
  certificates: readonly Uint8Array[],
  revocation: readonly Uint8Array[],
): Omit<Pkcs7, 'content'> {
  const plain = (all: readonly Uint8Array[]): Uint8Array[] => all.filter((der) => der[0] === TAG.SEQUENCE)
  const ocspResponses = revocation.map(ocspResponseOf).filter((der) => der !== null)
  const found = { certificates: plain(certificates), crls: plain(revocation), ocspResponses }
  const taken = found.certificates.length + found.crls.length + ocspResponses.length
  return { ...found, skipped: certificates.length + revocation.length - taken }
}

function ocspResponseOf(der: Uint8Array): Uint8Array | null {
  if (der[0] !== contextConstructed(1)) return null
  return parseWhole(der, (reader) => {
    const other = reader.constructed(contextConstructed(1))
    const format = other.oid()
    const value = other.atEnd ? null : other.element()
    if (value !== null && format === BASIC_OCSP_RESPONSE) return aroundBasic(value)
    return format === OCSP_RESPONSE ? value : null
  })
}
