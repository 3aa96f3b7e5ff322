import { CodedError } from '../errors.ts'
import { seq } from '../der/writer.ts'
import { schemeOf } from '../webcrypto/algorithms.ts'
import { digest } from '../webcrypto/signature.ts'
import { nameToText } from '../x509/name.ts'
import { EKU_OIDS, HASH_OIDS } from '../x509/oids.ts'
import { toBase64 } from '../octets.ts'
import { encodeCertId, encodeOcspResponse, encodeResponseData, parseOcspResponse } from '../x509/ocsp.ts'
import { encodeSignatureAlgorithm } from '../x509/signature-algorithms.ts'
import { KeyCache, verifySigned } from '../x509/signed.ts'
import type { Hash, SignatureAlgorithmId } from '../webcrypto/algorithms.ts'
import type { Certificate } from '../x509/certificate.ts'
import type { Spki } from '../x509/spki.ts'
import type { CertStatus, OcspResponse, SingleResponseFields } from '../x509/ocsp.ts'
import type { Signer } from './issue.ts'
import type { Revocation } from './revoke.ts'

const HASHES = { 'SHA-1': HASH_OIDS['SHA-1'], 'SHA-256': HASH_OIDS['SHA-256'] } as const satisfies Partial<
  Record<Hash, string>
>
/**
 * RFC 5019 §2.1.1 requires SHA-1, which old clients use; its update allows SHA-256. Each certificate gets one response
 * per hash.
 */
export type CertIdHash = keyof typeof HASHES
export const CERT_ID_HASHES = Object.keys(HASHES) as readonly CertIdHash[]

/**
 * RFC 5280 §4.2.1.3: digitalSignature covers signatures other than on certificates or lists; an absent keyUsage limits
 * nothing.
 */
export const maySignResponses = ({ keyUsage }: Pick<Certificate, 'keyUsage'>): boolean =>
  keyUsage === null || keyUsage.has('digitalSignature')

/** The signer of responses, and the issuer of the certificates they cover. */
export interface OcspAuthority {
  /** The issuer of the certificates that the responses are about. */
  readonly issuer: Certificate
  /** The certificate whose key signs: the issuer itself, or one to which it gave OCSPSigning (RFC 6960 §4.2.2.2). */
  readonly responder: Certificate
  readonly signature: SignatureAlgorithmId
}

/** The status of one certificate. */
export interface OcspAnswer {
  readonly serialNumber: Uint8Array
  readonly revocation: Revocation | null
  readonly hash: CertIdHash
  readonly thisUpdate: Date
  readonly nextUpdate: Date
}

export interface SignedOcspResponse {
  readonly response: OcspResponse
  /** The path that a GET request uses below the responder's address (RFC 5019 §5), percent-decoded. */
  readonly path: string
}

export type OcspResponder = (answer: OcspAnswer) => Promise<SignedOcspResponse>

/**
 * Returns a responder that follows RFC 5019: one SingleResponse, nextUpdate, no nonce, the responder's certificate
 * included. Each signature is verified with the responder's certificate before it is returned. Whatever all responses
 * share is computed once. Rejects with 'ocsp-responder-unfit' or 'ocsp-responder-key-usage'; each response with
 * 'list-times-reversed', 'list-outlives-signer' or 'issuer-key-mismatch'.
 */
export async function ocspResponder(
  authority: OcspAuthority,
  signer: Signer,
  {
    keys = new KeyCache(),
    verifiedBy = authority.responder.spki,
  }: {
    readonly keys?: KeyCache
    /** Of the signer, if what it signs is only to be looked at: the key of the responder's certificate signs later. */
    readonly verifiedBy?: Spki
  } = {},
): Promise<OcspResponder> {
  const { issuer, responder } = authority
  await checkResponder(authority, keys)
  const keyHash = await digest('SHA-1', responder.spki.publicKey)
  const hashed = new Map<CertIdHash, Promise<IssuerHashes>>()
  const issuerHashes = (hash: CertIdHash): Promise<IssuerHashes> => {
    const known = hashed.get(hash) ?? hashesOf(issuer, hash)
    hashed.set(hash, known)
    return known
  }
  const algorithm = encodeSignatureAlgorithm(authority.signature)
  const scheme = schemeOf(authority.signature)
  const certs = responder.der === issuer.der ? [] : [responder.der]

  return async ({ serialNumber, revocation, hash, thisUpdate, nextUpdate }) => {
    checkTimes(responder, { thisUpdate, nextUpdate })
    const certId = { ...(await issuerHashes(hash)), serialNumber }
    const tbs = encodeResponseData({
      responderId: { kind: 'byKey', keyHash },
      producedAt: thisUpdate,
      responses: [{ certId, certStatus: statusOf(revocation), thisUpdate, nextUpdate }],
    })
    const der = encodeOcspResponse({
      tbs,
      signatureAlgorithm: algorithm,
      signature: await signer.sign(scheme, tbs),
      certs,
    })
    const response = parseOcspResponse(der)
    if (!response.basic || (await verifySigned(response.basic, verifiedBy, keys)) !== 'valid')
      throw new CodedError('issuer-key-mismatch', { issuer: nameToText(responder.subject) })
    return { response, path: toBase64(encodeOcspRequest(certId)) }
  }
}

function checkTimes(
  { subject, notBefore, notAfter }: Certificate,
  { thisUpdate, nextUpdate }: Pick<OcspAnswer, 'thisUpdate' | 'nextUpdate'>,
): void {
  if (thisUpdate >= nextUpdate) throw new CodedError('list-times-reversed', { thisUpdate, nextUpdate })
  if (thisUpdate < notBefore || nextUpdate > notAfter)
    throw new CodedError('list-outlives-signer', { nextUpdate, notAfter, signer: nameToText(subject) })
}

async function checkResponder({ issuer, responder }: OcspAuthority, keys: KeyCache): Promise<void> {
  const isIssuer = responder.der === issuer.der
  const names = { responder: nameToText(responder.subject), issuer: nameToText(issuer.subject) }
  if (!isIssuer && !(await isDelegate(responder, issuer, keys)))
    throw new CodedError('ocsp-responder-unfit', names)
  if (!maySignResponses(responder)) throw new CodedError('ocsp-responder-key-usage', { ...names, isIssuer })
}

const isDelegate = async (responder: Certificate, issuer: Certificate, keys: KeyCache): Promise<boolean> =>
  responder.extKeyUsage?.includes(EKU_OIDS.OCSPSigning) === true &&
  (await verifySigned(responder, issuer.spki, keys)) === 'valid'

function statusOf(revocation: Revocation | null): CertStatus {
  if (!revocation) return { status: 'good' }
  return { status: 'revoked', revocationTime: revocation.since, revocationReason: revocation.reason }
}

type IssuerHashes = Omit<SingleResponseFields['certId'], 'serialNumber'>

/** The parts of a CertID that are the same for all certificates of an authority (RFC 6960 §4.1.1). */
async function hashesOf({ subject, spki }: Certificate, hash: CertIdHash): Promise<IssuerHashes> {
  return {
    hashAlgorithm: HASHES[hash],
    issuerNameHash: await digest(hash, subject.der),
    issuerKeyHash: await digest(hash, spki.publicKey),
  }
}

/**
 * The OCSPRequest of RFC 5019 §2.1.1: one CertID, no version, name, extension or signature. Its octets are the same for
 * every client.
 */
export const encodeOcspRequest = (certId: SingleResponseFields['certId']): Uint8Array =>
  seq(seq(seq(seq(encodeCertId(certId)))))

/**
 * Returns where a static server looks for the response to a GET (RFC 6960 Appendix A.1). Such a server decodes %2F to a
 * slash, so the base64 text with its slashes is a path of folders; empty folder names, which servers drop, are left
 * out. If the text ends in a slash, a folder is requested, and servers return its index file.
 */
export const filePathOf = (path: string): string => {
  const file = path
    .split('/')
    .filter((part) => part !== '')
    .join('/')
  return path.endsWith('/') ? `${file}/index.html` : file
}
