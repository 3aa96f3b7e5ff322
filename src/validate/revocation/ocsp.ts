import { digest } from '../../webcrypto/signature.ts'
import { parseCertificate } from '../../x509/certificate.ts'
import { namesMatch } from '../../x509/name-matching.ts'
import { sameOctets } from '../../x509/octets.ts'
import { checkLists } from './crl.ts'
import { isForgeable } from './usable.ts'
import type { Finding } from '../../findings.ts'
import type { Detail } from '../outcome.ts'
import type { Hash } from '../../webcrypto/algorithms.ts'
import type { Certificate } from '../../x509/certificate.ts'
import type { BasicOcspResponse, CertId, ResponderId, SingleResponse } from '../../x509/ocsp.ts'
import type { RevocationContext } from './context.ts'

/** Hash algorithms a CertID may use (RFC 6960 §4.3). */
const CERT_ID_HASHES: Readonly<Record<string, Hash>> = {
  '1.3.14.3.2.26': 'SHA-1',
  '2.16.840.1.101.3.4.2.1': 'SHA-256',
  '2.16.840.1.101.3.4.2.2': 'SHA-384',
  '2.16.840.1.101.3.4.2.3': 'SHA-512',
}
const OCSP_SIGNING = '1.3.6.1.5.5.7.3.9'
/** Extensions understood where a response marks them critical: nonce, archive cutoff, CRL references. */
const PROCESSED = new Set(['1.3.6.1.5.5.7.48.1.2', '1.3.6.1.5.5.7.48.1.3', '1.3.6.1.5.5.7.48.1.6'])
/** A response without nextUpdate is taken for current this long: the longest validity the BR allow (§4.9.10). */
const WITHOUT_NEXT_UPDATE_MS = 10 * 86_400_000

export interface ResponsesVerdict {
  readonly single: SingleResponse | null
  readonly unchecked: string | null
  readonly findings: readonly Finding[]
  readonly considered: readonly Detail[]
}

/** RFC 6960 §3.2: the newest acceptable answer about this certificate among the responses at hand; revoked before good. */
export async function checkResponses(
  certificate: Certificate,
  context: RevocationContext,
): Promise<ResponsesVerdict> {
  const findings: Finding[] = []
  const considered: Detail[] = []
  const accepted: SingleResponse[] = []
  let unchecked: string | null = null
  for (const { basic } of context.ocspResponses) {
    const single = basic && (await singleFor(basic, certificate, context))
    if (!basic || !single) continue
    const faults = [...extensionFaults(basic, single), ...currency(single, context.at)]
    if (isForgeable(basic, context.allowSha1)) faults.push({ code: 'ocsp-signature-sha1', detail: null })
    const signature = faults.length > 0 ? null : await checkSignature(basic, context)
    if (signature && 'unchecked' in signature) unchecked ??= signature.unchecked
    if (signature && 'finding' in signature) faults.push(signature.finding)
    findings.push(...faults)
    if (signature && 'held' in signature) accepted.push(single)
    considered.push(describe(basic, single, signature !== null && 'held' in signature))
  }
  return { single: strongest(accepted), unchecked, findings, considered }
}

function strongest(accepted: readonly SingleResponse[]): SingleResponse | null {
  const newest = [...accepted].sort((a, b) => b.thisUpdate.getTime() - a.thisUpdate.getTime())
  return newest.find(({ certStatus }) => certStatus.status !== 'unknown') ?? newest[0] ?? null
}

/** §4.1.1: the answer whose CertID names the issuer's name and key, and the serial number. */
async function singleFor(
  { responses }: BasicOcspResponse,
  certificate: Certificate,
  { issuer }: RevocationContext,
): Promise<SingleResponse | null> {
  for (const response of responses)
    if (await isAbout(response.certId, certificate, issuer.spki.publicKey)) return response
  return null
}

async function isAbout(certId: CertId, certificate: Certificate, issuerKey: Uint8Array): Promise<boolean> {
  if (!sameOctets(certId.serialNumber, certificate.serialNumber)) return false
  const hash = CERT_ID_HASHES[certId.hashAlgorithm.oid]
  if (!hash) return false
  return (
    sameOctets(certId.issuerNameHash, await digest(hash, certificate.issuer.der)) &&
    sameOctets(certId.issuerKeyHash, await digest(hash, issuerKey))
  )
}

/** §3.2(5), (6): thisUpdate is not in the future, nextUpdate not in the past. */
function currency({ thisUpdate, nextUpdate }: SingleResponse, at: Date): Finding[] {
  if (thisUpdate > at) return [{ code: 'ocsp-not-yet-valid', detail: { thisUpdate, at } }]
  const end = nextUpdate ?? new Date(thisUpdate.getTime() + WITHOUT_NEXT_UPDATE_MS)
  return at > end ? [{ code: 'ocsp-stale', detail: { thisUpdate, nextUpdate, at } }] : []
}

function extensionFaults(
  { responseExtensions }: BasicOcspResponse,
  { singleExtensions }: SingleResponse,
): Finding[] {
  return [...responseExtensions, ...singleExtensions]
    .filter(({ critical, oid }) => critical && !PROCESSED.has(oid))
    .map(({ oid }) => ({ code: 'ocsp-critical-extension-unknown', detail: { oid } }))
}

type SignatureCheck = { held: true } | { unchecked: string } | { finding: Finding }

/** §4.2.2.2: signed by the issuer of the certificate, or by one to whom this issuer gave OCSPSigning. */
async function checkSignature(basic: BasicOcspResponse, context: RevocationContext): Promise<SignatureCheck> {
  const { issuer } = context
  let result: SignatureCheck = { finding: { code: 'ocsp-responder-missing', detail: null } }
  if (await isResponder(basic.responderId, issuer.certificate)) {
    result = signatureCheck(await context.verifySigned(basic, issuer.spki))
    if ('held' in result) return result
  }
  for (const responder of responders(basic, context)) {
    if (!(await isResponder(basic.responderId, responder))) continue
    const why = await whyNotAuthorized(responder, context)
    if (why) result = { finding: { code: 'ocsp-responder-not-authorized', detail: { why } } }
    else result = signatureCheck(await context.verifySigned(basic, responder.spki))
    if ('held' in result) return result
  }
  return result
}

function signatureCheck(verdict: Awaited<ReturnType<RevocationContext['verifySigned']>>): SignatureCheck {
  if (verdict === 'valid') return { held: true }
  return verdict === 'invalid' ? { finding: { code: 'ocsp-signature-invalid', detail: null } } : verdict
}

/** Certificates sent with the response, then those at hand with the responder's name. */
function responders({ certs, responderId }: BasicOcspResponse, { pool }: RevocationContext): Certificate[] {
  const sent = certs.slice(0, 8).flatMap((der) => {
    try {
      return [parseCertificate(der)]
    } catch {
      return []
    }
  })
  return responderId.kind === 'byName' ? [...sent, ...pool.bySubject(responderId.name)] : sent
}

async function isResponder(id: ResponderId, { subject, spki }: Certificate): Promise<boolean> {
  if (id.kind === 'byName') return namesMatch(id.name, subject)
  return sameOctets(id.keyHash, await digest('SHA-1', spki.publicKey))
}

export type NotAuthorized =
  | 'not-issued-by-the-issuer'
  | 'no-ocsp-signing'
  | 'not-current'
  | 'key-usage'
  | 'critical-extension'
  | 'revoked'

/** Critical extensions of a responder's certificate that matter not, or are looked at here. */
const RESPONDER_EXTENSIONS = new Set([
  '2.5.29.15',
  '2.5.29.17',
  '2.5.29.19',
  '2.5.29.32',
  '2.5.29.35',
  '2.5.29.37',
])

/** §4.2.2.2.1: issued directly by the issuer with OCSPSigning, current, and not revoked unless it has ocsp-nocheck. */
async function whyNotAuthorized(
  responder: Certificate,
  context: RevocationContext,
): Promise<NotAuthorized | null> {
  const { issuer, at } = context
  if (!namesMatch(responder.issuer, issuer.name)) return 'not-issued-by-the-issuer'
  if (!responder.extKeyUsage?.includes(OCSP_SIGNING)) return 'no-ocsp-signing'
  if (at < responder.notBefore || at > responder.notAfter) return 'not-current'
  const { keyUsage } = responder
  if (keyUsage && !keyUsage.has('digitalSignature') && !keyUsage.has('nonRepudiation')) return 'key-usage'
  if (responder.extensions.some(({ critical, oid }) => critical && !RESPONDER_EXTENSIONS.has(oid)))
    return 'critical-extension'
  if ((await context.verifySigned(responder, issuer.spki)) !== 'valid') return 'not-issued-by-the-issuer'
  if (responder.ocspNoCheck) return null
  return (await checkLists(responder, context)).revocation ? 'revoked' : null
}

function describe(basic: BasicOcspResponse, single: SingleResponse, used: boolean): Detail {
  return {
    kind: 'ocsp',
    producedAt: basic.producedAt,
    thisUpdate: single.thisUpdate,
    nextUpdate: single.nextUpdate,
    status: single.certStatus.status,
    used,
  }
}
