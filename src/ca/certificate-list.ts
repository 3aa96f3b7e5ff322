import { CodedError } from '../errors.ts'
import { integer } from '../der/writer.ts'
import { parseWhole } from '../der/reader.ts'
import { schemeOf } from '../webcrypto/algorithms.ts'
import { keyIdentifier } from './prepare.ts'
import { encodeTbsCertList, parseCertificateList } from '../x509/certificate-list.ts'
import { assembleSigned } from '../x509/encode.ts'
import { nameToText } from '../x509/name.ts'
import { encodeSignatureAlgorithm } from '../x509/signature-algorithms.ts'
import { verifySigned } from '../x509/signed.ts'
import { changesSince, encodeEntries, groupedByIssuer, isInScope } from './list-entries.ts'
import type { SignatureAlgorithmId } from '../webcrypto/algorithms.ts'
import type { Certificate } from '../x509/certificate.ts'
import type { CertificateList } from '../x509/certificate-list.ts'
import { UNLIMITED } from '../x509/extensions/issuing-distribution-point.ts'
import type { IssuingDistributionPoint } from '../x509/extensions/issuing-distribution-point.ts'
import type { Signer } from './issue.ts'
import type { EntriesOptions, RevokedCertificate } from './list-entries.ts'

/** The contents of a list (RFC 5280 §5). */
export interface ListRequest {
  /** The certificate whose key signs: the CA's own, or one that the CA authorizes to sign lists (an indirect list). */
  readonly signer: Certificate
  readonly signature: SignatureAlgorithmId
  readonly thisUpdate: Date
  readonly nextUpdate: Date
  /** cRLNumber, and the highest one this CA has used in any list; null if it has used none (§5.2.3). */
  readonly number: bigint
  readonly previousNumber: bigint | null
  /** Everything that is revoked or on hold; entries outside the scope are left out. */
  readonly revoked: Iterable<RevokedCertificate>
  /** Null: one list for everything this CA issued. */
  readonly scope?: IssuingDistributionPoint | null
  /** The complete list that this delta updates (§5.2.4); null: this list is complete. */
  readonly base?: { readonly number: bigint; readonly revoked: Iterable<RevokedCertificate> } | null
  /** Address of the deltas of a complete list (§5.2.6). */
  readonly freshestCRL?: string | null
}

/**
 * Makes, signs and reads back one list; the signature is verified with the key in the signer's certificate before the
 * list is returned. The caller stores the number before publishing the list.
 */
export async function issueList(
  request: ListRequest,
  signer: Signer,
  options: EntriesOptions = {},
): Promise<CertificateList> {
  checkRequest(request)
  const { thisUpdate, nextUpdate, number, base, scope = null, freshestCRL } = request
  const algorithm = encodeSignatureAlgorithm(request.signature)
  const tbs = encodeTbsCertList({
    signature: algorithm,
    issuer: request.signer.subject.der,
    thisUpdate,
    nextUpdate,
    revokedCertificates: await encodeEntries(entriesOf(request), options),
    authorityKeyIdentifier: await keyIdentifierOf(request.signer),
    cRLNumber: integerOctets(number),
    deltaCRLIndicator: base ? integerOctets(base.number) : null,
    issuingDistributionPoint: scope,
    freshestCRL: freshestCRL ? [distributionPoint(freshestCRL)] : null,
  })
  const signature = await signer.sign(schemeOf(request.signature), tbs)
  const list = parseCertificateList(assembleSigned(tbs, algorithm, signature), { size: 1 << 30, depth: 48 })
  if ((await verifySigned(list, request.signer.spki)) !== 'valid')
    throw new CodedError('issuer-key-mismatch', { issuer: nameToText(list.issuer) })
  return list
}

/** §5.2.3: at most 20 octets. */
const MAX_NUMBER = 1n << 159n

function checkRequest({ signer, thisUpdate, nextUpdate, number, previousNumber, base }: ListRequest): void {
  const name = nameToText(signer.subject)
  if (signer.keyUsage && !signer.keyUsage.has('cRLSign'))
    throw new CodedError('list-signer-not-allowed', { signer: name })
  if (thisUpdate >= nextUpdate) throw new CodedError('list-times-reversed', { thisUpdate, nextUpdate })
  if (thisUpdate < signer.notBefore || nextUpdate > signer.notAfter)
    throw new CodedError('list-outlives-signer', { nextUpdate, notAfter: signer.notAfter, signer: name })
  if (number < 0n || number >= MAX_NUMBER || (previousNumber !== null && number <= previousNumber))
    throw new CodedError('list-number-not-rising', {
      number: String(number),
      previous: String(previousNumber ?? 0n),
    })
  if (base && base.number >= number)
    throw new CodedError('list-number-not-rising', { number: String(number), previous: String(base.number) })
}

function* inScope(
  revoked: Iterable<RevokedCertificate>,
  scope: IssuingDistributionPoint | null,
): Iterable<RevokedCertificate> {
  for (const one of revoked) {
    if (one.issuer && !scope?.indirectCRL)
      throw new Error('an entry of another issuer in a list that is not indirect')
    if (isInScope(one, scope)) yield one
  }
}

function entriesOf({
  revoked,
  scope = null,
  base,
  thisUpdate,
}: ListRequest): Parameters<typeof encodeEntries>[0] {
  const listed = base
    ? changesSince(inScope(base.revoked, scope), inScope(revoked, scope), thisUpdate)
    : inScope(revoked, scope)
  return scope?.indirectCRL ? groupedByIssuer(listed) : listed
}

/**
 * §5.2.1: the signer's subjectKeyIdentifier, copied octet for octet; if it has none, the identifier that certificates
 * below it use.
 */
async function keyIdentifierOf({ subjectKeyIdentifier, spki }: Certificate): Promise<Uint8Array> {
  return subjectKeyIdentifier ?? (await keyIdentifier(spki))
}

const integerOctets = (value: bigint): Uint8Array => parseWhole(integer(value), (reader) => reader.integer())

const distributionPoint = (address: string) => ({
  fullName: [{ kind: 'uniformResourceIdentifier', value: address } as const],
  nameRelativeToCRLIssuer: null,
  reasons: null,
  cRLIssuer: null,
})

/** Returns a scope from the operator's choices: the address of this part, and the certificates it covers (§5.2.5). */
export function scopeOf(part: {
  readonly address?: string | null
  readonly only?: 'users' | 'cas' | null
  readonly reasons?: IssuingDistributionPoint['onlySomeReasons']
  readonly indirect?: boolean
}): IssuingDistributionPoint | null {
  const { address = null, only = null, reasons = null, indirect = false } = part
  // §5.2.5: an extension that limits nothing must not be written.
  if (!address && !only && !reasons && !indirect) return null
  return {
    ...UNLIMITED,
    distributionPoint: address
      ? { fullName: [{ kind: 'uniformResourceIdentifier', value: address }], nameRelativeToCRLIssuer: null }
      : null,
    onlyContainsUserCerts: only === 'users',
    onlyContainsCACerts: only === 'cas',
    onlySomeReasons: reasons,
    indirectCRL: indirect,
  }
}
