import type { Certificate } from '../x509/certificate.ts'
import { extensionNameOf } from '../x509/extensions/table.ts'
import type { Extension } from '../x509/extensions/values.ts'
import { generalNameAsWritten } from '../x509/general-name-text.ts'
import { namesMatch } from '../x509/name-matching.ts'
import { nameToText } from '../x509/name.ts'
import { sameOctets } from '../octets.ts'
import { EXTENSION_OIDS, oidName } from '../x509/oids.ts'
import type { CertificationRequest } from '../x509/request.ts'
import type { Spki } from '../x509/spki.ts'
import { faultyNames } from './faulty-names.ts'
import { describeExtension } from './describe-extension.ts'

/** One field of a request beside the same field of the certificate issued for it. */
export interface ComparedField {
  /** Its name in the RFC, or an OID. */
  readonly field: string
  /** Null: not requested. */
  readonly asked: string | null
  /** Null: not in the certificate. */
  readonly given: string | null
  readonly verdict: 'same' | 'changed' | 'added' | 'left-out'
}

/**
 * Compares what was requested with what was issued (nothing, while there is no certificate): subject, key, every
 * extension of either, and request fields that no certificate has. In the order of the certificate, omitted fields
 * last.
 */
export function compareRequest(
  request: CertificationRequest,
  certificate: Certificate | null,
): ComparedField[] {
  const wished = new Map(request.extensions.map((extension) => [extension.oid, extension]))
  const given = new Set(certificate?.extensions.map(({ oid }) => oid))
  const named = (oid: string): string => extensionNameOf(oid) ?? oidName(oid) ?? oid
  return [
    compared(
      'subject',
      nameToText(request.subject),
      certificate && nameToText(certificate.subject),
      certificate !== null && namesMatch(request.subject, certificate.subject),
    ),
    compared(
      'subjectPublicKeyInfo',
      keyText(request.spki),
      certificate && keyText(certificate.spki),
      certificate !== null && sameOctets(request.spki.publicKey, certificate.spki.publicKey),
    ),
    ...(certificate?.extensions ?? []).map((extension) => {
      const asked = wished.get(extension.oid)
      return compared(
        named(extension.oid),
        asked ? describeExtension(request, asked) : null,
        describeGiven(request, certificate!, extension),
        asked !== undefined && sameExtension(asked, extension),
      )
    }),
    ...request.extensions
      .filter(({ oid }) => !given.has(oid))
      .map((extension) => compared(named(extension.oid), describeExtension(request, extension), null, false)),
    ...(request.challengePassword === null
      ? []
      : [compared('challengePassword', request.challengePassword, null, false)]),
  ]
}

/** If the request has names beyond ASCII, the issued names are shown next to them as encoded: their A-labels. */
function describeGiven(
  request: CertificationRequest,
  certificate: Certificate,
  extension: Extension,
): string {
  const { subjectAltName } = certificate
  const isBeside =
    extension.oid === EXTENSION_OIDS.subjectAltName && faultyNames(request.subjectAltName).length > 0
  return isBeside && subjectAltName
    ? subjectAltName.map(generalNameAsWritten).join(', ')
    : describeExtension(certificate, extension)
}

function compared(field: string, asked: string | null, given: string | null, isSame: boolean): ComparedField {
  const wished = asked === '' ? null : asked
  const verdict = isSame ? 'same' : wished === null ? 'added' : given === null ? 'left-out' : 'changed'
  return { field, asked: wished, given, verdict }
}

const sameExtension = (one: Extension, other: Extension): boolean =>
  one.critical === other.critical && sameOctets(one.value, other.value)

const keyText = ({ keyType, rsa, algorithm }: Spki): string =>
  rsa ? `rsa-${String(rsa.modulusBits)}` : (keyType ?? algorithm.oid)
