/** What the lists show of a certificate, read back from its bytes. */
import type { CatalogueEntry, CertificateRecord } from '../vault/shapes.ts'
import {
  KEY_ALGORITHMS,
  SIGNATURE_ALGORITHMS,
  type KeyAlgorithmId,
  type SignatureScheme,
} from '../webcrypto/algorithms.ts'
import { digest } from '../webcrypto/signature.ts'
import type { AlgorithmIdentifier } from '../x509/algorithm-identifier.ts'
import { parseCertificate, type Certificate } from '../x509/certificate.ts'
import type { GeneralName } from '../x509/general-name.ts'
import { generalNameToText } from '../x509/general-name-text.ts'
import { nameToText, type Name } from '../x509/name.ts'
import { ATTRIBUTE_OIDS } from '../x509/oids.ts'
import { signatureMeaning } from '../x509/signature-algorithms.ts'
import type { Spki } from '../x509/spki.ts'
import type { CertificateRow } from './views.ts'
import { hexOf } from '../x509/octets.ts'

/** Prefixes as OpenSSL prints them. */
const KIND_PREFIX: Record<GeneralName['kind'], string> = {
  dNSName: 'DNS',
  iPAddress: 'IP',
  rfc822Name: 'email',
  uniformResourceIdentifier: 'URI',
  directoryName: 'dirName',
  otherName: 'othername',
  registeredID: 'RID',
  x400Address: 'X400',
  ediPartyName: 'EDI',
}

/** A line of the inventory. */
export async function rowOf(
  id: string,
  record: CertificateRecord,
  verified: boolean,
): Promise<CertificateRow> {
  const certificate = parseCertificate(record.der)
  const [fingerprint, spkiHash] = await Promise.all([
    digest('SHA-256', record.der),
    digest('SHA-256', certificate.spki.der),
  ])
  const { authorityId, ownAuthorityId, profileId, key, status, createdBy, tags, notes } = record
  return {
    id,
    authorityId,
    ownAuthorityId,
    subject: nameToText(certificate.subject),
    commonName: commonNameOf(certificate),
    subjectAltNames: (certificate.subjectAltName ?? []).map(generalNameText),
    issuer: nameToText(certificate.issuer),
    serialNumber: serialOf(certificate),
    notBefore: certificate.notBefore,
    notAfter: certificate.notAfter,
    profileId,
    isCa: certificate.basicConstraints?.ca ?? false,
    keyAlgorithm: keyAlgorithmOf(certificate.spki),
    signatureAlgorithm: signatureAlgorithmOf(certificate.signatureAlgorithm),
    fingerprint: hexOf(fingerprint),
    spkiHash,
    key,
    status,
    revocation: revocationOf(record),
    createdAt: new Date(record.createdAt),
    createdBy,
    tags,
    notes,
    verified,
  }
}

/** What the catalogue keeps of it. */
export async function entryOf(
  id: string,
  record: CertificateRecord,
  certificate: Certificate = parseCertificate(record.der),
): Promise<CatalogueEntry> {
  const { createdAt, status, authorityId, ownAuthorityId, profileId, tags, notes } = record
  const subject = nameToText(certificate.subject)
  const serialNumber = serialOf(certificate)
  const name = (commonNameOf(certificate) ?? subject).replaceAll('\n', ' ')
  const names = (certificate.subjectAltName ?? []).map(generalNameText)
  const fingerprint = hexOf(await digest('SHA-256', record.der))
  const searched = [name, subject, ...names, serialNumber, fingerprint, profileId, status, ...tags, notes]
  return {
    id,
    text: searched.join('\n').toLowerCase(),
    serialNumber,
    createdAt,
    notBefore: certificate.notBefore.getTime(),
    notAfter: certificate.notAfter.getTime(),
    status,
    authorityId,
    ownAuthorityId,
    profileId,
    tags,
  }
}

export function revocationOf({ revocation }: CertificateRecord): CertificateRow['revocation'] {
  if (!revocation) return null
  const { since, reason, invalidityDate } = revocation
  return {
    since: new Date(since),
    reason,
    invalidityDate: invalidityDate === null ? null : new Date(invalidityDate),
  }
}

/** A serial number as hex, without the octet that only keeps it positive. */
export function serialOf({ serialNumber }: Pick<Certificate, 'serialNumber'>): string {
  const isPadded = serialNumber.length > 1 && serialNumber[0] === 0
  return hexOf(isPadded ? serialNumber.subarray(1) : serialNumber)
}

/** What a person calls the subject: its last common name, else its first alternative name, else the whole name. */
export function callingName(certificate: Certificate): string {
  return (
    commonNameOf(certificate) ||
    firstNameOf(certificate) ||
    nameToText(certificate.subject) ||
    serialOf(certificate)
  )
}

/** The first alternative name that says something; a name of a host or a mailbox as it stands, others with their kind. */
function firstNameOf({ subjectAltName }: Certificate): string | null {
  for (const name of subjectAltName ?? []) {
    const text = generalNameToText(name)
    if (text) return isPlainName(name) ? text : generalNameText(name)
  }
  return null
}

const isPlainName = ({ kind }: GeneralName): boolean =>
  kind === 'dNSName' || kind === 'rfc822Name' || kind === 'iPAddress' || kind === 'uniformResourceIdentifier'

export function commonNameOf({ subject }: Certificate): string | null {
  return lastText(subject, ATTRIBUTE_OIDS.CN)
}

export function generalNameText(name: GeneralName): string {
  const prefix = KIND_PREFIX[name.kind]
  return `${prefix}:${generalNameToText(name) ?? ''}`
}

/** The id it would be generated by, or the algorithm's OID. */
export function keyAlgorithmOf({ keyType, rsa, algorithm }: Spki): string {
  if (keyType === 'rsa') return `rsa-${String(rsa?.modulusBits ?? 0)}`
  return keyType ?? algorithm.oid
}

/** That id where such a key could have been generated here; null for others. */
export function generatedAs(spki: Spki): KeyAlgorithmId | null {
  const id = keyAlgorithmOf(spki)
  return id in KEY_ALGORITHMS ? (id as KeyAlgorithmId) : null
}

export function signatureAlgorithmOf(algorithm: AlgorithmIdentifier): string {
  const meaning = signatureMeaning(algorithm)
  if ('unsupported' in meaning) return meaning.unsupported
  const found = Object.entries(SIGNATURE_ALGORITHMS).find(([, scheme]) =>
    isSameScheme(scheme, meaning.scheme),
  )
  return found ? found[0] : meaning.scheme.kind
}

function isSameScheme(one: SignatureScheme, other: SignatureScheme): boolean {
  return JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(other).sort())
}

function lastText(name: Name, oid: string): string | null {
  const found = name.rdns.flat().findLast((attribute) => attribute.oid === oid && attribute.text !== null)
  return found?.text ?? null
}
