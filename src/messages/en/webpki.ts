import type { WebpkiFindingDetails } from '../../findings/webpki.ts'
import { number } from './format.ts'

const DNS_NAME_FAULTS = {
  address: 'an IP address belongs in an iPAddress entry',
  wildcard: 'a star may only stand alone, as the whole first label',
  label: 'each label holds letters, digits and inner hyphens, at most 63 of them',
  'a-label': 'a label with hyphens in the third and fourth place must be an A-label',
} as const

/** What breaks the CA/B Forum's Baseline Requirements, as findings.ts says it of all else. */
export const webpkiSentences: {
  [C in keyof WebpkiFindingDetails]: (detail: WebpkiFindingDetails[C], certificate: string) => string
} = {
  'br-key-algorithm': ({ oid }, certificate) =>
    `${certificate}: its public key is of a kind that public CAs may not certify (${oid}). They may: RSA, and the curves P-256, P-384 and P-521, written exactly as the Baseline Requirements show.`,
  'br-rsa-size': ({ bits }, certificate) =>
    `${certificate}: its RSA key has ${number(bits)} bits; at least 2,048, and a multiple of 8, are needed.`,
  'br-rsa-exponent': ({ exponent }, certificate) =>
    `${certificate}: its RSA exponent is ${exponent}; it must be odd and at least 3.`,
  'br-signature-algorithm': ({ oid }, certificate) =>
    `${certificate}: it is signed with an algorithm that public CAs may not use, or one that is not written exactly as required (${oid}).`,
  'br-signature-hash-for-curve': ({ expected }, certificate) =>
    `${certificate}: the curve of the key that signed it asks for ${expected}.`,
  'br-version': ({ version }, certificate) => `${certificate} is of version ${version}; version 3 is needed.`,
  'br-unique-id': (_detail, certificate) =>
    `${certificate} has an issuerUniqueID or subjectUniqueID, which are forbidden.`,
  'br-serial-short': ({ octets }, certificate) =>
    `${certificate}: its serial number has ${octets} octets, too few for 64 random bits.`,
  'br-validity-too-long': ({ days, limit }, certificate) =>
    `${certificate} is valid for ${number(days)} days; a certificate issued on that day may be valid for ${number(limit)}.`,
  'br-issuer-name-bytes': (_detail, certificate) =>
    `${certificate}: its issuer name is not the same octets as the subject name of its issuer.`,
  'br-san-missing': (_detail, certificate) =>
    `${certificate} has no subjectAltName; clients look for names nowhere else.`,
  'br-san-critical': (_detail, certificate) =>
    `${certificate}: subjectAltName is critical although the subject is not empty.`,
  'br-san-kind': ({ kind }, certificate) =>
    `${certificate}: subjectAltName holds a name of type ${kind}; only dNSName and iPAddress are allowed.`,
  'br-dns-name': ({ name, fault }, certificate) =>
    `${certificate}: “${name}” is no domain name for a server: ${DNS_NAME_FAULTS[fault]}.`,
  'br-internal-name': ({ name }, certificate) =>
    `${certificate}: “${name}” is an internal name; a public CA may not certify it.`,
  'br-wildcard-of-top-level': ({ name }, certificate) =>
    `${certificate}: “${name}” would stand for every name below a top-level domain.`,
  'br-reserved-address': ({ address }, certificate) =>
    `${certificate}: ${address} is a reserved address; a public CA may not certify it.`,
  'br-common-name-repeated': ({ count }, certificate) =>
    `${certificate} has ${count} common names; one at most is allowed.`,
  'br-common-name-below-wildcard': ({ commonName }, certificate) =>
    `${certificate}: the common name “${commonName}” repeats no name in subjectAltName; there is only “*.${commonName}”.`,
  'br-common-name-not-in-san': ({ commonName }, certificate) =>
    `${certificate}: the common name “${commonName}” does not repeat, character for character, a name in subjectAltName.`,
  'br-eku-missing': (_detail, certificate) =>
    `${certificate} has no extendedKeyUsage; a server certificate needs serverAuth.`,
  'br-eku-server-auth-missing': (_detail, certificate) =>
    `${certificate}: extendedKeyUsage does not hold serverAuth.`,
  'br-eku-any': (_detail, certificate) =>
    `${certificate}: extendedKeyUsage holds anyExtendedKeyUsage, which is forbidden.`,
  'br-eku-forbidden': ({ oid }, certificate) =>
    `${certificate}: extendedKeyUsage holds ${oid}, which must not stand beside serverAuth.`,
  'br-eku-critical': (_detail, certificate) =>
    `${certificate}: extendedKeyUsage is critical; it must not be.`,
  'br-eku-in-root': (_detail, certificate) =>
    `${certificate} is a root and has extendedKeyUsage, which roots must not have.`,
  'br-ca-eku-forbidden': ({ oid }, certificate) =>
    `${certificate}: a CA for servers must not have ${oid} in extendedKeyUsage.`,
  'br-target-is-ca': (_detail, certificate) =>
    `${certificate} is a CA certificate and cannot stand for a server.`,
  'br-target-key-usage': ({ bit }, certificate) =>
    `${certificate}: keyUsage must not hold ${bit} with a key of this kind.`,
  'br-key-usage-not-critical': (_detail, certificate) => `${certificate}: keyUsage is not critical.`,
  'br-ca-key-usage': ({ missing }, certificate) => `${certificate}: keyUsage of a CA must hold ${missing}.`,
  'br-aki-missing': (_detail, certificate) =>
    `${certificate} does not name the key of its issuer (authorityKeyIdentifier).`,
  'br-aki-key-identifier-missing': (_detail, certificate) =>
    `${certificate}: authorityKeyIdentifier has no keyIdentifier.`,
  'br-aki-issuer-and-serial': (_detail, certificate) =>
    `${certificate}: authorityKeyIdentifier names its issuer by name and serial number, which is forbidden.`,
  'br-aki-mismatch': (_detail, certificate) =>
    `${certificate}: authorityKeyIdentifier is not the subjectKeyIdentifier of its issuer.`,
  'br-name-constraints-empty': (_detail, certificate) =>
    `${certificate}: nameConstraints neither permits nor excludes anything.`,
  'br-name-constraints-kind': ({ kind }, certificate) =>
    `${certificate}: nameConstraints speaks of ${kind}; only dNSName, iPAddress, directoryName and rfc822Name are allowed.`,
  'br-policy-missing': (_detail, certificate) =>
    `${certificate} holds none of the CA/B Forum\u2019s policy identifiers.`,
  'br-policy-any': (_detail, certificate) =>
    `${certificate}: certificatePolicies of a server holds anyPolicy.`,
  'br-policy-qualifier': ({ oid }, certificate) =>
    `${certificate}: certificatePolicies holds a qualifier other than a CPS address (${oid}).`,
  'br-address-not-http': ({ extension, address }, certificate) =>
    `${certificate}: ${extension} holds an address that is not plain http: ${address}.`,
}
