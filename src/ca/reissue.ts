import { encodeValue } from './extensions.ts'
import type { ValidityInput } from './input.ts'
import { chooseSignature, identifiers, keyIdentifier, prepareFields } from './prepare.ts'
import type { Issuer, Preparation, Surroundings } from './prepare.ts'
import type { FieldOrigin } from './prepared-fields.ts'
import { readValidity } from './validity.ts'
import { missingAddresses } from './wanted-extensions.ts'
import type { ExtensionFields } from '../x509/encode.ts'
import { extensionNameOf } from '../x509/extensions/table.ts'
import type { Extension } from '../x509/extensions/values.ts'
import type { Certificate } from '../x509/certificate.ts'
import { forbiddenBits } from '../lint/key-facts.ts'
import { EKU_OIDS, EXTENSION_OIDS } from '../x509/oids.ts'
import { parseSpkiDer } from '../x509/spki.ts'
import type { Spki } from '../x509/spki.ts'

/** The fields a new certificate inherits from an earlier one: a certificate has all of them. */
export type Model = Pick<
  Certificate,
  'subject' | 'spki' | 'subjectKeyIdentifier' | 'extensions' | 'keyUsage' | 'extKeyUsage' | 'basicConstraints'
>

export interface ReissueChoices {
  /** DER of another SubjectPublicKeyInfo; null keeps the model's key. */
  readonly key: Uint8Array | null
  readonly validity: ValidityInput
  /** Null: the first algorithm that the issuer's key supports. */
  readonly signature: string | null
  /** The origin of `validity`. */
  readonly datesFrom: FieldOrigin
  /** Another key signs than before: where its issuer keeps addresses, the model's lead to lists that do not count. */
  readonly isMoved?: boolean
}

/**
 * Builds a TBSCertificate that takes subject and extensions from the signed octets of another, with a validity of its
 * own. Key identifiers are those of the key and of the issuer (RFC 5280 §4.2.1.1, §4.2.1.2). `issuer` null makes a
 * root. Throws as prepare() does.
 */
export async function prepareReissue(
  model: Model,
  { key, validity: asked, signature, datesFrom, isMoved = false }: ReissueChoices,
  issuer: Issuer | null,
  surroundings: Surroundings,
): Promise<Preparation> {
  const spki = key === null ? model.spki : parseSpkiDer(key)
  const algorithm = chooseSignature(signature, issuer?.certificate.spki ?? spki)
  const validity = readValidity(asked, surroundings.at, issuer?.certificate.notAfter ?? null)
  // Certificates issued below refer to the existing key identifier, so it is kept however it was derived.
  const ski = (key === null ? model.subjectKeyIdentifier : null) ?? (await keyIdentifier(spki))
  const former = model.extensions.filter(({ oid }) => !NOT_TAKEN.has(oid))
  const present = former.map(({ oid }) => oid)
  const isNoCheck = present.includes(EXTENSION_OIDS.ocspNoCheck)
  const added = missingAddresses(issuer?.addresses, isMoved ? [] : present, isNoCheck)
  const taken = former.filter(({ oid }) => added.every((each) => each.oid !== oid))
  const extensions = [
    ...(await identifiers(ski, issuer)),
    ...taken.map((extension) => fitted(extension, model, spki)),
    ...added,
  ]
  const origins = new Map<string, FieldOrigin>([
    ['subject', 'former'],
    ['signature', signature === null ? 'computed' : 'operator'],
    ['issuer', issuer ? 'issuer' : 'former'],
    ['notAfter', validity.cutToIssuer ? 'issuer' : datesFrom],
    ['subjectPublicKeyInfo', key === null ? 'former' : 'computed'],
    ['subjectKeyIdentifier', key === null ? 'former' : 'computed'],
    ['authorityKeyIdentifier', issuer ? 'issuer' : 'computed'],
    ...taken.map(({ oid }) => [extensionNameOf(oid) ?? `custom.${oid}`, 'former'] as const),
    ...added.map(({ oid }) => [extensionNameOf(oid) ?? oid, 'setting'] as const),
  ])
  return prepareFields(
    { subject: model.subject.der, spki, validity, extensions, signature: algorithm, origins },
    issuer,
    surroundings,
  )
}

/** Recomputed for each certificate, or valid for one certificate only (SCTs). */
const NOT_TAKEN: ReadonlySet<string> = new Set([
  EXTENSION_OIDS.subjectKeyIdentifier,
  EXTENSION_OIDS.authorityKeyIdentifier,
  EXTENSION_OIDS.signedCertificateTimestamps,
  EXTENSION_OIDS.precertificatePoison,
])

/**
 * Drops the bits that this type of key cannot have. If mail was encrypted to the old key, the new key gets a bit that
 * allows that too.
 */
function fitted(
  { oid, critical, value }: Extension,
  { keyUsage, extKeyUsage }: Model,
  spki: Spki,
): ExtensionFields {
  const forbidden = forbiddenBits(spki)
  const bits = [...(keyUsage ?? [])].filter((bit) => !forbidden.includes(bit))
  if (oid !== EXTENSION_OIDS.keyUsage || keyUsage === null || bits.length === keyUsage.size)
    return { oid, critical, value }
  const wasWrittenTo = keyUsage.has('keyEncipherment') || keyUsage.has('keyAgreement')
  if (wasWrittenTo && extKeyUsage?.includes(EKU_OIDS.emailProtection)) {
    const another = spki.keyType === 'rsa' ? 'keyEncipherment' : 'keyAgreement'
    if (!forbidden.includes(another)) bits.push(another)
  }
  return encodeValue('keyUsage', new Set(bits), critical)
}
