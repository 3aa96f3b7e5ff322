import { CodedError } from '../errors.ts'
import { schemeOf } from '../webcrypto/algorithms.ts'
import type { SignatureAlgorithmId } from '../webcrypto/algorithms.ts'
import { assembleSigned } from '../x509/encode.ts'
import { nameToText } from '../x509/name.ts'
import { encodeRequestInfo, parseRequest } from '../x509/request.ts'
import type { CertificationRequest } from '../x509/request.ts'
import { encodeSignatureAlgorithm } from '../x509/signature-algorithms.ts'
import { verifySigned } from '../x509/signed.ts'
import { parseSpkiDer } from '../x509/spki.ts'
import { invalidField } from './input.ts'
import type { IssuanceRequest } from './input.ts'
import type { Signer } from './issue.ts'
import { chooseSignature } from './prepare.ts'
import type { Profile } from './profiles.ts'
import { encodeSubject } from './subject.ts'
import { wantedExtensions } from './wanted-extensions.ts'

/** The contents of a request; the validity is left to its signer. */
export type RequestWishes = Omit<IssuanceRequest, 'validity'>

/** A request without its signature. */
export interface PreparedRequest {
  /** CertificationRequestInfo, DER. */
  readonly info: Uint8Array
  readonly algorithm: SignatureAlgorithmId
}

/**
 * Returns a CertificationRequestInfo (RFC 2986 §4.1) that requests subject and names as typed and the profile's
 * extensions, except the key identifiers, which the issuer computes. Throws issue-field-invalid.
 */
export function prepareRequest(
  profile: Profile,
  { subject, subjectAltNames, signature, extensions, key }: RequestWishes & { readonly key: Uint8Array },
): PreparedRequest {
  const spki = parseSpkiDer(key)
  if (subject.length === 0 && subjectAltNames.length === 0) throw invalidField('subject', '', 'empty')
  const wanted = wantedExtensions(profile, { subject, subjectAltNames, extensions }, spki, new Map())
  return {
    info: encodeRequestInfo({ subject: encodeSubject(subject), spki: spki.der, extensions: wanted }),
    algorithm: chooseSignature(signature, spki),
  }
}

/** Signs a request with the key it names, and checks that it proves possession. Rejects with request-not-proved. */
export async function issueRequest(
  { info, algorithm }: PreparedRequest,
  signer: Signer,
): Promise<CertificationRequest> {
  const signature = await signer.sign(schemeOf(algorithm), info)
  const request = parseRequest(assembleSigned(info, encodeSignatureAlgorithm(algorithm), signature))
  if ((await verifySigned(request, request.spki)) !== 'valid')
    throw new CodedError('request-not-proved', { name: nameToText(request.subject) })
  return request
}
