import { encodeValue, readExtensions, readPathLen } from './extensions.ts'
import type { ExtensionInputs, ValidityInput } from './input.ts'
import { chooseSignature, identifiers, prepareFields } from './prepare.ts'
import type { Issuer, Preparation, Surroundings } from './prepare.ts'
import type { FieldOrigin } from './prepared-fields.ts'
import { CRITICALITY } from './profiles.ts'
import { readValidity } from './validity.ts'
import { missingAddresses } from './wanted-extensions.ts'
import { CodedError } from '../errors.ts'
import type { Certificate } from '../x509/certificate.ts'
import { digest } from '../webcrypto/signature.ts'
import { extensionNameOf } from '../x509/extensions/table.ts'
import { nameToText } from '../x509/name.ts'
import { EXTENSION_OIDS } from '../x509/oids.ts'
import type { Spki } from '../x509/spki.ts'

/** Another CA, as described by its own certificate or its request: name and key are taken unchanged. */
export type CrossSubject = Pick<Certificate, 'subject' | 'spki' | 'subjectKeyIdentifier' | 'basicConstraints'>

/** Constraints on the other CA below ours (RFC 5280 §4.2.1.9, §4.2.1.10, §4.2.1.4). */
export type CrossConstraints = Pick<
  ExtensionInputs,
  'pathLen' | 'nameConstraints' | 'certificatePolicies' | 'cRLDistributionPoints'
>

export interface CrossChoices {
  readonly validity: ValidityInput
  readonly constraints: CrossConstraints
}

/**
 * Certificates the CA issued before refer to an identifier that a request need not contain. Nearly all were derived
 * this way (RFC 5280 §4.2.1.2, method 1); with any other, those certificates would not find this one.
 */
const likelyIdentifier = ({ publicKey }: Spki): Promise<Uint8Array> => digest('SHA-1', publicKey)

/**
 * Builds the certificate of an outside CA below ours: a cross-certificate (RFC 5280 §3.2). Its key identifier is the
 * one that CA has already put into the certificates it issued. Throws 'cross-not-a-ca', and as prepare() does.
 */
export async function prepareCross(
  outside: CrossSubject,
  { validity: asked, constraints }: CrossChoices,
  issuer: Issuer,
  surroundings: Surroundings,
): Promise<Preparation> {
  const { subject, spki, subjectKeyIdentifier, basicConstraints } = outside
  if (basicConstraints?.ca === false) throw new CodedError('cross-not-a-ca', { name: nameToText(subject) })
  const { certificate } = issuer
  const validity = readValidity(asked, surroundings.at, certificate.notAfter)
  const { pathLen, ...named } = constraints
  const values = readExtensions({ keyUsage: ['keyCertSign', 'cRLSign'], ...named })
  const added = missingAddresses(
    issuer.addresses,
    Object.keys(values).map((name) => EXTENSION_OIDS[name as keyof typeof EXTENSION_OIDS]),
    false,
  )
  const extensions = [
    ...(await identifiers(subjectKeyIdentifier ?? (await likelyIdentifier(spki)), issuer)),
    encodeValue(
      'basicConstraints',
      { ca: true, pathLen: typeof pathLen === 'number' ? readPathLen(pathLen) : null },
      true,
    ),
    ...(Object.keys(values) as (keyof typeof values)[]).map((name) =>
      encodeValue(name, values[name]!, CRITICALITY[name]?.critical ?? false),
    ),
    ...added,
  ]
  const origins = new Map<string, FieldOrigin>([
    ['subject', 'outside'],
    ['subjectPublicKeyInfo', 'outside'],
    ['subjectKeyIdentifier', subjectKeyIdentifier ? 'outside' : 'computed'],
    ['issuer', 'issuer'],
    ['authorityKeyIdentifier', 'issuer'],
    ['notAfter', validity.cutToIssuer ? 'issuer' : 'operator'],
    ['keyUsage', 'profile'],
    ['basicConstraints', 'operator'],
    ...Object.keys(named).map((name) => [name, 'operator'] as const),
    ...added.map(({ oid }) => [extensionNameOf(oid) ?? oid, 'setting'] as const),
  ])
  const signature = chooseSignature(null, certificate.spki)
  return prepareFields(
    { subject: subject.der, spki, validity, extensions, signature, origins },
    issuer,
    surroundings,
  )
}
