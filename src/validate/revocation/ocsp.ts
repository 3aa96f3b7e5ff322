import { digest } from '../../webcrypto/signature.ts'
import { namesMatch } from '../../x509/name-matching.ts'
import { hexOf, sameOctets } from '../../octets.ts'
import { EKU_OIDS, EXTENSION_OIDS, LIST_EXTENSION_OIDS, OCSP_OIDS } from '../../x509/oids.ts'
import { carriedBy } from '../carried.ts'
import { answersAbout } from './answers.ts'
import type { About } from './answers.ts'
import { listStatements } from './crl.ts'
import type { Gathered } from './crl.ts'
import { ALL_REASONS } from './reasons.ts'
import { listedAs } from './statement.ts'
import type { Says, Statement, StatusSource } from './statement.ts'
import { MAX_NESTING, mayBeTrusted } from './signer.ts'
import { isForgeable } from './usable.ts'
import { weigh } from './weigh.ts'
import type { Finding, FindingDetails } from '../../findings.ts'
import { isStrict } from '../../lint/profiles.ts'
import type { Certificate } from '../../x509/certificate.ts'
import type { BasicOcspResponse, ResponderId, SingleResponse } from '../../x509/ocsp.ts'
import type { RevocationContext } from './context.ts'
import { DAY } from '../../time.ts'
import { isCa } from '../../x509/roles.ts'

/**
 * Extensions that a response may mark critical: nonce, CRL references, archive cutoff (RFC 6960 §4.4), and Certificate
 * Transparency's timestamps, which do not affect the status (RFC 6962 §3.3).
 */
const PROCESSED: ReadonlySet<string> = new Set([
  LIST_EXTENSION_OIDS.ocspNonce,
  OCSP_OIDS.crlReferences,
  OCSP_OIDS.archiveCutoff,
  OCSP_OIDS.signedCertificateTimestamps,
])
/** A response without nextUpdate counts as current for this long: the longest validity the BR allow (§4.9.10). */
const WITHOUT_NEXT_UPDATE_MS = 10 * DAY

/** RFC 6960 §3.2: returns what the given responses say about the certificate, one statement per SingleResponse. */
export async function responseStatements(
  certificate: Certificate,
  context: RevocationContext,
): Promise<Gathered> {
  const statements: Statement[] = []
  const sources: StatusSource[] = []
  for (const { basic } of context.ocspResponses) {
    const answers = basic ? await answersAbout(certificate, basic, context) : []
    if (!basic || answers.length === 0) continue
    const signed = await checkSignature(basic, context)
    for (const answer of answers) {
      const { statement, source } = checkAnswer({ basic, ...answer, signed, certificate }, context)
      if (statement) statements.push(statement)
      sources.push(source)
    }
  }
  return { statements, sources }
}

/** The signer of a response, as far as it matters. */
interface SignatureCheck {
  /** 'valid' if an authorized responder signed it; 'unchecked' if the signature cannot be checked here. */
  readonly verdict: 'valid' | 'unchecked' | 'invalid'
  /** Whether it may say "good": the responder is authorized now, and no signature involved can be forged. */
  readonly isSound: boolean
  readonly findings: readonly Finding[]
}

interface Answer extends About {
  readonly basic: BasicOcspResponse
  readonly signed: SignatureCheck
  readonly certificate: Certificate
}

function checkAnswer(
  { basic, single, isKnown, signed, certificate }: Answer,
  { at }: RevocationContext,
): { statement: Statement | null; source: StatusSource } {
  const unknown = unknownCritical(basic, single)
  const overdue = currency(single, at)
  const imperfect = imperfections(basic)
  const odd = oddProduction(basic, single, certificate, at)
  const findings = [...signed.findings, ...imperfect, ...unknown, ...(overdue ? [overdue.finding] : [])]
  if (odd && overdue?.standing !== 'future')
    findings.push({ code: 'ocsp-produced-at', detail: { producedAt: basic.producedAt, why: odd } })
  const says = saysOf(single, at)
  const standing = overdue?.standing ?? 'current'
  const { thisUpdate, nextUpdate } = single
  const source = (told: StatusSource['says'], stage: StatusSource['stage']): StatusSource => ({
    kind: 'response',
    thisUpdate,
    nextUpdate,
    producedAt: basic.producedAt,
    cRLNumber: null,
    entries: null,
    onlySomeReasons: null,
    says: told,
    stage,
    findings,
  })
  if (signed.verdict === 'invalid') return { statement: null, source: source(null, 'signer') }
  const forbidden =
    signed.verdict === 'unchecked'
      ? 'signature-unchecked'
      : unknown.length > 0
        ? 'critical-extension'
        : isKnown
          ? null
          : 'hash-unknown'
  const isReadable = basic.version === 1 && single.faultAt === null
  const isSound = signed.isSound && isReadable && (odd === null || odd === 'before-its-update')
  const stage = forbidden ? 'forbidden' : standing !== 'current' ? standing : isSound ? 'used' : 'weak'
  return {
    statement: {
      source: 'ocsp',
      series: 'ocsp',
      says,
      thisUpdate,
      number: null,
      isDelta: false,
      reasons: ALL_REASONS,
      standing,
      forbidden,
      isSound,
    },
    source: source(says.status, stage),
  }
}

/** Faults of the whole response: its version, and the first SingleResponse that cannot be parsed in full. */
function imperfections({ version, responses }: BasicOcspResponse): Finding[] {
  const findings: Finding[] = version === 1 ? [] : [{ code: 'ocsp-version-unknown', detail: { version } }]
  const [first, ...others] = responses.flatMap(({ faultAt, certId }) =>
    faultAt === null ? [] : [{ offset: faultAt, serialNumber: hexOf(certId.serialNumber) }],
  )
  if (first) findings.push({ code: 'ocsp-answer-imperfect', detail: { ...first, more: others.length } })
  return findings
}

function saysOf({ certStatus, thisUpdate }: SingleResponse, at: Date): Says {
  if (certStatus.status !== 'revoked') return { status: certStatus.status }
  const { revocationTime: since, revocationReason: reason } = certStatus
  // §2.2: a certificate released from hold has the status good. removeFromCRL belongs on delta CRLs (RFC 5280 §5.3.1)
  // and does not undo anything here: the SingleResponse itself says revoked.
  return listedAs({ reason, since, invalidityDate: null }, thisUpdate, at)
}

interface Overdue {
  readonly standing: 'stale' | 'future'
  readonly finding: Finding
}

/** §3.2(5), (6): thisUpdate is not in the future, nextUpdate not in the past. */
function currency({ thisUpdate, nextUpdate }: SingleResponse, at: Date): Overdue | null {
  if (thisUpdate > at)
    return { standing: 'future', finding: { code: 'ocsp-not-yet-valid', detail: { thisUpdate, at } } }
  const end = nextUpdate ?? new Date(thisUpdate.getTime() + WITHOUT_NEXT_UPDATE_MS)
  if (at <= end) return null
  return { standing: 'stale', finding: { code: 'ocsp-stale', detail: { thisUpdate, nextUpdate, at } } }
}

/**
 * §2.4: producedAt is the time of signing: not in the future, within the certificate's validity, and not before
 * thisUpdate.
 */
function oddProduction(
  { producedAt }: BasicOcspResponse,
  { thisUpdate }: SingleResponse,
  { notBefore, notAfter }: Certificate,
  at: Date,
): FindingDetails['ocsp-produced-at']['why'] | null {
  if (producedAt < notBefore) return 'before-the-certificate'
  if (producedAt > notAfter) return 'after-the-certificate'
  if (producedAt > at) return 'in-the-future'
  return producedAt < thisUpdate ? 'before-its-update' : null
}

const unknownCritical = (
  { responseExtensions }: BasicOcspResponse,
  { singleExtensions }: SingleResponse,
): Finding[] =>
  [...responseExtensions, ...singleExtensions]
    .filter(({ critical, oid }) => critical && !PROCESSED.has(oid))
    .map(({ oid }) => ({ code: 'ocsp-critical-extension-unknown', detail: { oid } }))

/** §4.2.2.2: signed by the issuer of the certificate, or by a responder that this issuer certified for OCSPSigning. */
async function checkSignature(basic: BasicOcspResponse, context: RevocationContext): Promise<SignatureCheck> {
  const { issuer } = context
  let result: SignatureCheck = refused({ code: 'ocsp-responder-missing', detail: null })
  if (await isResponder(basic.responderId, issuer.certificate)) {
    const verdict = await context.verifySigned(basic, issuer.spki)
    result = signatureCheck(verdict, basic, { responder: issuer.certificate, why: null }, context)
    if (result.verdict === 'valid') return result
  }
  for (const responder of await responders(basic, context)) {
    const why = await whyNotAuthorized(responder, basic, context)
    result =
      why !== null && !LESSENED.has(why)
        ? refused({ code: 'ocsp-responder-not-authorized', detail: { why } })
        : signatureCheck(
            await context.verifySigned(basic, responder.spki),
            basic,
            { responder, why },
            context,
          )
    if (result.verdict === 'valid') return result
  }
  return result
}

const refused = (...findings: Finding[]): SignatureCheck => ({ verdict: 'invalid', isSound: false, findings })

function signatureCheck(
  verdict: Awaited<ReturnType<RevocationContext['verifySigned']>>,
  basic: BasicOcspResponse,
  { responder, why }: { readonly responder: Certificate; readonly why: NotAuthorized | null },
  { issuer, allowSha1, profile }: RevocationContext,
): SignatureCheck {
  const findings: Finding[] = []
  const isIssuer = responder === issuer.certificate
  if (isForgeable(basic, allowSha1) || (!isIssuer && isForgeable(responder, allowSha1)))
    findings.push({ code: 'ocsp-signature-sha1', detail: null })
  if (verdict === 'invalid') return refused({ code: 'ocsp-signature-invalid', detail: null }, ...findings)
  if (why) findings.push({ code: 'ocsp-responder-not-authorized', detail: { why } })
  const isMisused = !allowsSignatures(responder)
  // Others, such as OpenSSL and Java, accept "good" from such a signer, because they do not check these bits.
  const isSound = findings.length === 0 && !(isMisused && isStrict(profile))
  if (isMisused) findings.push({ code: 'ocsp-signer-key-usage', detail: { isIssuer } })
  return { verdict: verdict === 'valid' ? 'valid' : 'unchecked', isSound, findings }
}

/** RFC 5280 §4.2.1.3, §4.2.1.12: the keyUsage bits consistent with OCSPSigning. */
const allowsSignatures = ({ keyUsage }: Certificate): boolean =>
  !keyUsage || keyUsage.has('digitalSignature') || keyUsage.has('nonRepudiation')

/**
 * Certificates of the responder named: those sent with the response first, then all others, sent with other responses
 * or given.
 */
async function responders(
  basic: BasicOcspResponse,
  { pool, issuer }: RevocationContext,
): Promise<Certificate[]> {
  const { responderId } = basic
  const named = responderId.kind === 'byName' ? pool.bySubject(responderId.name) : []
  const candidates = [
    ...carriedBy(basic),
    ...named,
    ...pool.responders().filter(isIssuedBy(issuer.name)),
    ...pool.bySubject(issuer.name).filter(({ spki }) => !sameOctets(spki.der, issuer.spki.der)),
  ]
  const found: Certificate[] = []
  for (const candidate of candidates)
    if (
      (await isResponder(responderId, candidate)) &&
      !found.some(({ der }) => sameOctets(der, candidate.der))
    )
      found.push(candidate)
  return found
}

const isIssuedBy =
  (name: Certificate['issuer']) =>
  ({ issuer }: Certificate): boolean =>
    namesMatch(issuer, name)

async function isResponder(id: ResponderId, certificate: Certificate): Promise<boolean> {
  if (id.kind === 'byName') return namesMatch(id.name, certificate.subject)
  return sameOctets(id.keyHash, await keyHashOf(certificate))
}

/** Cached, because each response is checked against each candidate responder. */
const KEY_HASHES = new WeakMap<Certificate, Uint8Array>()

async function keyHashOf(certificate: Certificate): Promise<Uint8Array> {
  let hash = KEY_HASHES.get(certificate)
  if (!hash) KEY_HASHES.set(certificate, (hash = await digest('SHA-1', certificate.spki.publicKey)))
  return hash
}

type NotAuthorized = FindingDetails['ocsp-responder-not-authorized']['why']

/** Faults that keep a responder from saying "good"; what it reports as revoked stays revoked. */
const LESSENED: ReadonlySet<NotAuthorized> = new Set([
  'not-current',
  'listed-on-unusable',
  'revoked-unasked',
  'other-issuer-key',
])

/** Critical extensions of a responder's certificate that do not matter, or are checked here. */
const RESPONDER_EXTENSIONS: ReadonlySet<string> = new Set([
  EXTENSION_OIDS.keyUsage,
  EXTENSION_OIDS.subjectAltName,
  EXTENSION_OIDS.basicConstraints,
  EXTENSION_OIDS.certificatePolicies,
  EXTENSION_OIDS.authorityKeyIdentifier,
  EXTENSION_OIDS.extKeyUsage,
])

/**
 * §4.2.2.2.1: issued directly by the issuer with OCSPSigning, current, and not revoked unless it has ocsp-nocheck. A
 * responder that was current when it responded is only reported as expired: what it called revoked stays so.
 */
async function whyNotAuthorized(
  responder: Certificate,
  { producedAt }: BasicOcspResponse,
  context: RevocationContext,
): Promise<NotAuthorized | null> {
  const { issuer, at } = context
  if (isCa(responder) && namesMatch(responder.subject, issuer.name))
    return (await mayBeTrusted(responder, context, at)) ? 'other-issuer-key' : 'not-issued-by-the-issuer'
  if (!namesMatch(responder.issuer, issuer.name)) return 'not-issued-by-the-issuer'
  if (!responder.extKeyUsage?.includes(EKU_OIDS.OCSPSigning)) return 'no-ocsp-signing'
  if (responder.extensions.some(({ critical, oid }) => critical && !RESPONDER_EXTENSIONS.has(oid)))
    return 'critical-extension'
  const isByThisKey = (await context.verifySigned(responder, issuer.spki)) === 'valid'
  if (!isByThisKey && !(await isByOtherKey(responder, context))) return 'not-issued-by-the-issuer'
  const listed = await listingOf(responder, context)
  if (listed === 'revoked') return responder.ocspNoCheck ? 'revoked-unasked' : listed
  const isCurrent = (when: Date): boolean => when >= responder.notBefore && when <= responder.notAfter
  if (isCurrent(at)) return listed ?? (isByThisKey ? null : 'other-issuer-key')
  return isCurrent(producedAt) ? 'not-current' : 'never-current'
}

/** §4.2.2.2: after a change of key a CA may certify its responder with the other key, though it should not. */
async function isByOtherKey(responder: Certificate, context: RevocationContext): Promise<boolean> {
  for (const other of context.pool.bySubject(context.issuer.name))
    if (
      isCa(other) &&
      (await context.verifySigned(responder, other.spki)) === 'valid' &&
      (await mayBeTrusted(other, context, context.at))
    )
      return true
  return false
}

/** Evidence of CRLs, and of other responders' responses, against a responder. */
async function listingOf(
  responder: Certificate,
  context: RevocationContext,
): Promise<'revoked' | 'listed-on-unusable' | null> {
  const { signers = [], at } = context
  if (signers.includes(responder) || signers.length >= MAX_NESTING) return null
  const lists = await listStatements(responder, context)
  const responses = await responseStatements(responder, { ...context, signers: [...signers, responder] })
  const { status } = weigh([...lists.statements, ...responses.statements], at)
  if (status === 'revoked' || status === 'on-hold') return 'revoked'
  return status === 'listed-on-unusable' || status === 'unreadable' ? 'listed-on-unusable' : null
}
