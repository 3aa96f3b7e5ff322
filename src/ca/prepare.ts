import type { Finding } from '../findings.ts'
import { lint } from '../lint/lint.ts'
import { RFC5280_RULES } from '../lint/rfc5280/index.ts'
import type { ListedRule, LintContext } from '../lint/rule.ts'
import { KEY_RULES } from '../lint/keys/index.ts'
import { TLS_FEATURE_RULES } from '../lint/rfc7633/index.ts'
import { TRAP_RULES } from '../lint/traps/index.ts'
import { digest } from '../webcrypto/signature.ts'
import type { SignatureAlgorithmId } from '../webcrypto/algorithms.ts'
import { parseTbsCertificate } from '../x509/certificate.ts'
import type { Certificate } from '../x509/certificate.ts'
import { encodeTbsCertificate } from '../x509/encode.ts'
import type { ExtensionFields } from '../x509/encode.ts'
import { nameToText } from '../x509/name.ts'
import { encodeSignatureAlgorithm, signatureAlgorithmsFor } from '../x509/signature-algorithms.ts'
import { parseSpkiDer } from '../x509/spki.ts'
import type { Spki } from '../x509/spki.ts'
import type { IssuerAddresses } from './addresses.ts'
import { encodeValue } from './extensions.ts'
import { invalidField } from './input.ts'
import type { IssuanceRequest } from './input.ts'
import { describeFields } from './prepared-fields.ts'
import type { FieldOrigin, PreparedField } from './prepared-fields.ts'
import type { Profile } from './profiles.ts'
import { randomSerialNumber } from './serial.ts'
import { encodeSubject } from './subject.ts'
import { IssuanceToken, codesOf } from './token.ts'
import { readValidity } from './validity.ts'
import type { Validity } from './validity.ts'
import { wantedExtensions } from './wanted-extensions.ts'
import type { Origins } from './wanted-extensions.ts'
import { isCa } from '../x509/roles.ts'

/** The certificate that will issue, and those above it, nearest first, as far as they are known. */
export interface Issuer {
  readonly certificate: Certificate
  readonly chain: readonly Certificate[]
  /** Filled in where nothing else was chosen. */
  readonly addresses?: IssuerAddresses | null
}

/**
 * Validates the chain that would end in this certificate, except for its missing signature: `issuers` nearest first.
 */
export type TrialValidation = (
  certificate: Certificate,
  issuers: readonly Certificate[],
) => Promise<readonly Finding[]>

export interface Surroundings {
  readonly at: Date
  readonly random: (length: number) => Uint8Array
  readonly validate: TrialValidation
  /** Findings about the request, known before the certificate is built. */
  readonly known?: readonly Finding[]
  /** The rules to enforce: RFC 5280 §4 and the traps, unless a chain is made to break a rule on purpose. */
  readonly rules?: readonly ListedRule[]
}

const GUARD_RAIL: readonly ListedRule[] = [
  ...RFC5280_RULES,
  ...TLS_FEATURE_RULES,
  ...KEY_RULES,
  ...TRAP_RULES,
]

export interface Preparation {
  /** Null if a finding is an error: nothing can be signed. */
  readonly token: IssuanceToken | null
  /** Read back from the octets that would be signed; its signature is empty. */
  readonly certificate: Certificate
  /** Every field as text with its origin, in the order of the certificate; written on demand. */
  readonly fields: readonly PreparedField[]
  readonly findings: readonly Finding[]
}

/**
 * Builds a TBSCertificate (RFC 5280 §4.1) from profile, request and issuer, reads it back, lints it and validates the
 * chain. `issuer` null makes a self-signed root. Throws CodedErrors of ca/ if a field is unacceptable.
 */
export async function prepare(
  profile: Profile,
  request: IssuanceRequest & { readonly key: Uint8Array },
  issuer: Issuer | null,
  surroundings: Surroundings,
): Promise<Preparation> {
  const { at } = surroundings
  const spki = parseSpkiDer(request.key)
  const issuerKey = issuer?.certificate.spki ?? spki
  const algorithm = chooseSignature(request.signature, issuerKey)
  const subject = encodeSubject(request.subject)
  const validity = readValidity(
    request.validity ?? profile.validity,
    at,
    issuer?.certificate.notAfter ?? null,
  )
  const origins: Origins = new Map([
    ['subject', 'operator'],
    ['serialNumber', 'computed'],
    ['signature', request.signature ? 'operator' : 'computed'],
    ['issuer', issuer ? 'issuer' : 'operator'],
    ['notBefore', request.validity && 'notBefore' in request.validity ? 'operator' : 'computed'],
    ['notAfter', validity.cutToIssuer ? 'issuer' : request.validity ? 'operator' : 'profile'],
    ['subjectPublicKeyInfo', 'computed'],
  ])
  const extensions = await buildExtensions(profile, request, spki, issuer, origins)
  return prepareFields(
    { subject, spki, validity, extensions, signature: algorithm, origins },
    issuer,
    surroundings,
  )
}

/** The parts of a TBSCertificate except the computed ones: serial number and issuer. */
export interface TbsDraft {
  /** DER of the Name. */
  readonly subject: Uint8Array
  readonly spki: Spki
  readonly validity: Pick<Validity, 'notBefore' | 'notAfter'>
  readonly extensions: readonly ExtensionFields[]
  readonly signature: SignatureAlgorithmId
  readonly origins: ReadonlyMap<string, FieldOrigin>
}

/** The rules and the validator may report the same finding. */
function once(findings: readonly Finding[]): Finding[] {
  const said = new Set<string>()
  return findings.filter(({ code, detail }) => {
    const words = `${code} ${JSON.stringify(detail)}`
    return !said.has(words) && said.add(words)
  })
}

/** The last steps of prepare(), for complete fields: encoded, read back, linted, validated. */
export async function prepareFields(
  { subject, spki, validity, extensions, signature, origins }: TbsDraft,
  issuer: Issuer | null,
  { at, random, validate, known = [], rules = GUARD_RAIL }: Surroundings,
): Promise<Preparation> {
  const certificate = parseTbsCertificate(
    encodeTbsCertificate({
      serialNumber: randomSerialNumber(random),
      signature: encodeSignatureAlgorithm(signature),
      // Copied, never rebuilt: readers compare these octets.
      issuer: issuer?.certificate.subject.der ?? subject,
      notBefore: validity.notBefore,
      notAfter: validity.notAfter,
      subject,
      spki: spki.der,
      extensions,
    }),
  )
  const findings = once([
    ...known,
    ...guard(certificate, issuer, at, rules),
    ...(issuer ? await validate(certificate, issuersOf(issuer)) : []),
  ])
  const refused = codesOf(findings, 'error').length > 0
  const token = refused
    ? null
    : new IssuanceToken(certificate, signature, issuer?.certificate.spki ?? spki, findings)
  let fields: readonly PreparedField[] | null = null
  return {
    token,
    certificate,
    findings,
    // A batch never reads them.
    get fields() {
      return (fields ??= describeFields(certificate, origins))
    },
  }
}

const issuersOf = ({ certificate, chain }: Issuer): readonly Certificate[] => [certificate, ...chain]

/** Returns the findings of the rules on what was read back, and whether the certificate outlives a CA above it. */
function guard(
  certificate: Certificate,
  issuer: Issuer | null,
  at: Date,
  rules: readonly ListedRule[],
): Finding[] {
  const place = issuer === null ? 'anchor' : isCa(certificate) ? 'ca' : 'target'
  const context: LintContext = { place, issuedAt: at, issuer: issuer?.certificate ?? null }
  return [
    ...certificate.findings,
    ...lint(certificate, rules, context),
    ...(issuer?.chain.flatMap((tier) => outlivesTier(certificate, tier)) ?? []),
  ]
}

/** Lint reports that it outlives its own issuer; this checks the tiers above that. */
function outlivesTier(
  { notAfter }: Certificate,
  { notAfter: tierNotAfter, subject }: Certificate,
): Finding[] {
  if (notAfter <= tierNotAfter) return []
  return [{ code: 'outlives-tier', detail: { tier: nameToText(subject), notAfter, tierNotAfter } }]
}

/**
 * Returns the requested algorithm, or the first that the key supports. Throws 'issue-field-invalid' if the key supports
 * none.
 */
export function chooseSignature(asked: string | null, key: Spki): SignatureAlgorithmId {
  const possible = signatureAlgorithmsFor(key)
  const chosen = asked === null ? possible[0] : possible.find((id) => id === asked)
  if (!chosen) throw invalidField('signature', asked ?? key.algorithm.oid, 'unsupported-by-key')
  return chosen
}

/** Returns all extensions in the order most certificates have them: keys, usage, constraints, names, addresses. */
async function buildExtensions(
  profile: Profile,
  request: IssuanceRequest,
  spki: Spki,
  issuer: Issuer | null,
  origins: Origins,
): Promise<ExtensionFields[]> {
  origins
    .set('subjectKeyIdentifier', request.subjectKeyIdentifier ? 'former' : 'computed')
    .set('authorityKeyIdentifier', issuer ? 'issuer' : 'computed')
  return [
    ...(await identifiers(request.subjectKeyIdentifier ?? (await keyIdentifier(spki)), issuer)),
    ...wantedExtensions(profile, request, spki, origins, issuer?.addresses ?? null),
  ]
}

/** The first 160 bits of SHA-256 over the key's BIT STRING (RFC 7093 §2, method 1): SHA-1 is being phased out. */
export async function keyIdentifier({ publicKey }: Spki): Promise<Uint8Array> {
  return (await digest('SHA-256', publicKey)).subarray(0, 20)
}

/**
 * The extensions that identify the key and the issuer's key, the latter as in certificates it has issued (RFC 5280
 * §4.2.1.1, §4.2.1.2).
 */
export async function identifiers(ski: Uint8Array, issuer: Issuer | null): Promise<ExtensionFields[]> {
  const above = issuer?.certificate
  const aki = above ? (above.subjectKeyIdentifier ?? (await keyIdentifier(above.spki))) : ski
  return [
    encodeValue('subjectKeyIdentifier', ski, false),
    encodeValue(
      'authorityKeyIdentifier',
      { keyIdentifier: aki, authorityCertIssuer: null, authorityCertSerialNumber: null },
      false,
    ),
  ]
}
