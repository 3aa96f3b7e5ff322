/** OAuth 2.0 with certificates (RFC 8705): tokens that are bound to one, and clients that are known by one. */
import { isCodedError, offsetOf } from '../../errors.ts'
import { fromBase64, hexOctets, sameOctets, strictUtf8, toBase64 } from '../../octets.ts'
import { parseCertificate, type Certificate } from '../../x509/certificate.ts'
import { domainToAscii } from '../../x509/domain-name.ts'
import { parseIpAddress } from '../../x509/ip-address.ts'
import { encodeName, nameFromDer } from '../../x509/name.ts'
import { parseNameText } from '../../x509/name-from-text.ts'
import { namesMatch } from '../../x509/name-matching.ts'
import type { CertificateFacts } from './facts.ts'
import { PROXY_LIMITS, notTooMany, outcome, refusal, type Outcome } from './fault.ts'
import { LONGEST_NAME } from './names.ts'
import { alternativeNames } from './values.ts'

/** The x5t#S256 of a certificate (§3.1): SHA-256 of its DER in base64url without padding. */
export const thumbprint = ({ sha256 }: Pick<CertificateFacts, 'sha256'>): string =>
  toBase64(hexOctets(sha256)!).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')

type Json = Readonly<Record<string, unknown>>
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Returns a JSON object, or null if the text is none. */
function objectOf(text: string): Json | null {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : null
  } catch {
    return null
  }
}

/** Refuses a text that is longer than anything pasted here may be. */
function short(text: string): string {
  if (text.length > PROXY_LIMITS.characters)
    throw refusal('header-too-long', { length: text.length, limit: PROXY_LIMITS.characters })
  return text.trim()
}

export interface BoundToken {
  readonly form: 'jwt' | 'introspection'
  /** none: no `cnf`, or one that binds to something else than a certificate. */
  readonly binding: 'match' | 'mismatch' | 'none'
  /** What the token is bound to, as it says. */
  readonly bound: string | null
  /** The certificate's own. */
  readonly thumbprint: string
  /** Other members of `cnf`, such as `jkt` (RFC 9449). */
  readonly others: readonly string[]
  /** Of an introspection answer; a JWT does not say. */
  readonly active: boolean | null
  /** Always false: a signature is not verified here, so that the claims count only if the token is valid. */
  readonly signatureChecked: false
}

const MEMBER = 'x5t#S256'
const THUMBPRINT = /^[A-Za-z0-9_-]{43}$/

/** Compares what a pasted token, or an introspection answer (§3.2), is bound to with a certificate. */
export const checkToken = (
  text: string,
  certificate: Pick<CertificateFacts, 'sha256'>,
): Outcome<BoundToken> =>
  outcome(() => {
    const token = short(text).replace(/^(?:Authorization:\s*)?(?:Bearer|DPoP)\s+/i, '')
    const form = token.startsWith('{') ? 'introspection' : 'jwt'
    const claims = form === 'jwt' ? claimsOf(token) : objectOf(token)
    if (!claims) throw refusal('token-unreadable', { part: 'answer' })
    const own = thumbprint(certificate)
    const { bound, others } = confirmation(claims)
    return {
      form,
      binding: bound === null ? 'none' : bound === own ? 'match' : 'mismatch',
      bound,
      thumbprint: own,
      others,
      active: form === 'introspection' ? claims['active'] === true : null,
      signatureChecked: false,
    }
  })

/** The claims of a JWT (RFC 7519 §7.2), whose signature is not verified. */
function claimsOf(token: string): Json {
  const parts = token.split('.', 6)
  if (parts.length === 5) throw refusal('token-encrypted', null)
  if (parts.length !== 3) throw refusal('token-opaque', null)
  if (!jsonIn(parts[0]!)) throw refusal('token-unreadable', { part: 'header' })
  const claims = jsonIn(parts[1]!)
  if (!claims) throw refusal('token-unreadable', { part: 'payload' })
  return claims
}

function jsonIn(part: string): Json | null {
  if (!/^[A-Za-z0-9_-]+$/.test(part)) return null
  const octets = fromBase64(part.replaceAll('-', '+').replaceAll('_', '/'))
  const text = octets && strictUtf8(octets)
  return text ? objectOf(text) : null
}

function confirmation(claims: Json): { bound: string | null; others: string[] } {
  const { cnf } = claims
  if (cnf === undefined) return { bound: null, others: [] }
  if (!isObject(cnf)) throw refusal('confirmation-unreadable', { member: 'cnf' })
  const others = Object.keys(cnf).filter((member) => member !== MEMBER)
  if (!Object.hasOwn(cnf, MEMBER)) return { bound: null, others }
  const bound = cnf[MEMBER]
  if (typeof bound !== 'string' || !THUMBPRINT.test(bound))
    throw refusal('confirmation-unreadable', { member: `cnf.${MEMBER}` })
  return { bound, others }
}

/** How a client registers the subject of its certificate (§2.1.2): one of these. */
const SUBJECTS = {
  tls_client_auth_subject_dn: subjectFits,
  tls_client_auth_san_dns: dnsFits,
  tls_client_auth_san_uri: (text: string, certificate: Certificate) =>
    alternativeNames(certificate, 'uri').includes(text),
  tls_client_auth_san_ip: ipFits,
  tls_client_auth_san_email: emailFits,
} as const
export type SubjectMember = keyof typeof SUBJECTS
const MEMBERS = Object.keys(SUBJECTS) as SubjectMember[]

export interface ClientMatch {
  readonly member: SubjectMember
  readonly expected: string
  readonly matches: boolean
}

/** Compares a client's metadata for tls_client_auth, JSON, with its certificate; the chain is validated elsewhere. */
export const checkClient = (metadata: string, certificate: Certificate): Outcome<ClientMatch> =>
  outcome(() => {
    const json = objectOf(short(metadata))
    if (!json) throw refusal('metadata-unreadable', null)
    const members = MEMBERS.filter((member) => Object.hasOwn(json, member))
    const [member] = members
    if (member === undefined) throw refusal('metadata-none', null)
    if (members.length > 1) throw refusal('metadata-several', { members })
    const expected = json[member]
    if (typeof expected !== 'string' || expected === '')
      throw refusal('metadata-value', { member, offset: null })
    return { member, expected, matches: SUBJECTS[member](expected, certificate) }
  })

/** As a name, not as text: other spaces, cases and string types are the same subject. */
function subjectFits(text: string, { subject }: Certificate): boolean {
  const member = 'tls_client_auth_subject_dn'
  if (text.length > LONGEST_NAME) throw refusal('metadata-value', { member, offset: null })
  try {
    return namesMatch(nameFromDer(encodeName(parseNameText(text))), subject)
  } catch (error) {
    if (!isCodedError(error, 'name-text-invalid')) throw error
    throw refusal('metadata-value', { member, offset: offsetOf(error) })
  }
}

function dnsFits(text: string, certificate: Certificate): boolean {
  const name = domainToAscii(text)
  if (name === null) throw refusal('metadata-value', { member: 'tls_client_auth_san_dns', offset: null })
  return alternativeNames(certificate, 'dns').some((each) => each.toLowerCase() === name)
}

/** As octets, so that any way to write an IPv6 address is the same one. */
function ipFits(text: string, { subjectAltName }: Certificate): boolean {
  const octets = parseIpAddress(text)
  if (!octets) throw refusal('metadata-value', { member: 'tls_client_auth_san_ip', offset: null })
  return (subjectAltName ?? []).some((name) => name.kind === 'iPAddress' && sameOctets(name.octets, octets))
}

/** The part before the @ exactly, the domain in any case (RFC 5280 §4.2.1.6). */
function emailFits(text: string, certificate: Certificate): boolean {
  const normal = (address: string): string => {
    const at = address.lastIndexOf('@')
    return address.slice(0, at) + address.slice(at).toLowerCase()
  }
  if (!/^[^@\s]+@[^@\s]+$/.test(text))
    throw refusal('metadata-value', { member: 'tls_client_auth_san_email', offset: null })
  return alternativeNames(certificate, 'email').some((each) => normal(each) === normal(text))
}

export interface KeySetMatch {
  /** Index of the key whose certificate it is; null if none has it. */
  readonly key: number | null
  /** Keys that come with a certificate, and all. */
  readonly withCertificate: number
  readonly keys: number
}

/** Looks for a certificate in a client's JWK Set (self_signed_tls_client_auth, §2.2.2): the first of a key's `x5c`. */
export const checkKeySet = (text: string, certificate: Pick<Certificate, 'der'>): Outcome<KeySetMatch> =>
  outcome(() => {
    const json = objectOf(short(text))
    const keys: unknown = json?.['jwks'] && isObject(json['jwks']) ? json['jwks']['keys'] : json?.['keys']
    if (!Array.isArray(keys)) throw refusal('key-set-unreadable', null)
    notTooMany('keys', keys.length)
    const certificates = keys.map(certificateOf)
    const at = certificates.findIndex((der) => der !== null && sameOctets(der, certificate.der))
    return {
      key: at < 0 ? null : at,
      withCertificate: certificates.filter((der) => der !== null).length,
      keys: keys.length,
    }
  })

function certificateOf(jwk: unknown, key: number): Uint8Array | null {
  if (!isObject(jwk)) throw refusal('key-set-unreadable', null)
  const { x5c } = jwk
  if (x5c === undefined) return null
  const first: unknown = Array.isArray(x5c) ? x5c[0] : null
  const der = typeof first === 'string' && /^[A-Za-z0-9+/]+={0,2}$/.test(first) ? fromBase64(first) : null
  if (!der || !isCertificate(der)) throw refusal('key-set-certificate', { key })
  return der
}

function isCertificate(der: Uint8Array): boolean {
  try {
    parseCertificate(der)
    return true
  } catch (error) {
    if (isCodedError(error)) return false
    throw error
  }
}
