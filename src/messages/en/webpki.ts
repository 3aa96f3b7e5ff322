import { algorithmNames } from './algorithms.ts'
import type { WEBPKI_ROWS } from '../../findings/webpki.ts'
import type { SentencesOf } from '../words-of.ts'
import { named } from '../oid-names.ts'
import { number } from './format.ts'

const DNS_NAME_FAULTS = {
  address: 'an IP address belongs in an iPAddress entry',
  wildcard: 'a wildcard (*) must be the whole first label',
  label: 'each label has letters, digits and inner hyphens, at most 63 of them',
  'a-label': 'a label with hyphens in the third and fourth place must be an A-label',
} as const

const CA_POLICY_FAULTS = {
  missing: 'a CA for servers must say by which policies it issues',
  'none-reserved': 'none of its policies is the CA/B Forum’s, nor is anyPolicy its only one',
  'several-reserved': 'its policies include more than one of the CA/B Forum’s identifiers',
  'any-not-alone': 'anyPolicy must be its only policy',
} as const

const VALIDATIONS = {
  DV: 'a certificate with a domain validated',
  IV: 'a certificate with a person validated',
  OV: 'a certificate with an organization validated',
  EV: 'a certificate with extended validation',
} as const

/** Violations of the CA/B Forum's Baseline Requirements; findings.ts has all others. */
export const webpkiSentences: SentencesOf<typeof WEBPKI_ROWS> = {
  'br-key-algorithm': ({ algorithm }, certificate) =>
    `${certificate}: its public key is of a kind that public CAs may not certify (${algorithmNames[algorithm] ?? algorithm}). Allowed are RSA, and the curves P-256, P-384 and P-521, written exactly as the Baseline Requirements show.`,
  'br-rsa-size': ({ bits }, certificate) =>
    `${certificate}: its RSA key has ${number(bits)} bits; at least 2,048, and a multiple of 8, are needed.`,
  'br-rsa-exponent': ({ exponent }, certificate) =>
    `${certificate}: its RSA exponent is ${exponent}; it must be odd and at least 3.`,
  'br-signature-algorithm': ({ oid }, certificate) =>
    `${certificate}: it is signed with an algorithm that public CAs may not use, or one that is not written exactly as required (${named(oid)}).`,
  'br-signature-hash-for-curve': ({ expected }, certificate) =>
    `${certificate}: the curve of the key that signed it requires ${expected}.`,
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
    `${certificate} has no subjectAltName; clients look for names only there.`,
  'br-san-critical': (_detail, certificate) =>
    `${certificate}: subjectAltName is critical although the subject is not empty.`,
  'br-san-kind': ({ kind }, certificate) =>
    `${certificate}: subjectAltName has a name of type ${kind}; only dNSName and iPAddress are allowed.`,
  'br-dns-name': ({ name, fault }, certificate) =>
    `${certificate}: “${name}” is not a domain name for a server: ${DNS_NAME_FAULTS[fault]}.`,
  'br-internal-name': ({ name }, certificate) =>
    `${certificate}: “${name}” is an internal name; a public CA may not certify it.`,
  'br-wildcard-of-top-level': ({ name }, certificate) =>
    `${certificate}: “${name}” would match every name below a top-level domain.`,
  'br-reserved-address': ({ address }, certificate) =>
    `${certificate}: ${address} is a reserved address; a public CA may not certify it.`,
  'br-common-name-repeated': ({ count }, certificate) =>
    `${certificate} has ${count} common names; one at most is allowed.`,
  'br-common-name-below-wildcard': ({ commonName }, certificate) =>
    `${certificate}: the common name “${commonName}” is not in subjectAltName; there is only “*.${commonName}”.`,
  'br-common-name-not-in-san': ({ commonName }, certificate) =>
    `${certificate}: the common name “${commonName}” does not repeat, character for character, a name in subjectAltName.`,
  'br-eku-missing': (_detail, certificate) =>
    `${certificate} has no extendedKeyUsage; a server certificate needs serverAuth.`,
  'br-eku-server-auth-missing': (_detail, certificate) =>
    `${certificate}: extendedKeyUsage does not have serverAuth.`,
  'br-eku-any': (_detail, certificate) =>
    `${certificate}: extendedKeyUsage has anyExtendedKeyUsage, which is forbidden.`,
  'br-eku-forbidden': ({ oid }, certificate) =>
    `${certificate}: extendedKeyUsage has ${named(oid)}, which is not allowed together with serverAuth.`,
  'br-eku-critical': (_detail, certificate) =>
    `${certificate}: extendedKeyUsage is critical; it must not be.`,
  'br-eku-in-root': (_detail, certificate) =>
    `${certificate} is a root and has extendedKeyUsage, which roots must not have.`,
  'br-ca-eku-forbidden': ({ oid }, certificate) =>
    `${certificate}: a CA for servers must not have ${named(oid)} in extendedKeyUsage.`,
  'br-target-is-ca': (_detail, certificate) =>
    `${certificate} is a CA certificate and cannot be used for a server.`,
  'br-target-key-usage': ({ bit }, certificate) =>
    `${certificate}: keyUsage must not have ${bit} with a key of this kind.`,
  'br-key-usage-not-critical': (_detail, certificate) => `${certificate}: keyUsage is not critical.`,
  'br-ca-key-usage': ({ missing }, certificate) =>
    `${certificate}: keyUsage of a CA must include ${missing}.`,
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
    `${certificate}: nameConstraints constrains ${kind}; only dNSName, iPAddress, directoryName and rfc822Name are allowed.`,
  'br-policy-missing': (_detail, certificate) =>
    `${certificate} has none of the CA/B Forum\u2019s policy identifiers.`,
  'br-policy-any': (_detail, certificate) => `${certificate}: certificatePolicies of a server has anyPolicy.`,
  'br-policy-qualifier': ({ oid }, certificate) =>
    `${certificate}: certificatePolicies has a qualifier other than a CPS address (${named(oid)}).`,
  'br-address-not-http': ({ extension, address }, certificate) =>
    `${certificate}: ${extension} has an address that is not plain http: ${address}.`,
  'br-ca-eku-missing': (_detail, certificate) =>
    `${certificate} has no extendedKeyUsage; a CA for servers must say that it is one.`,
  'br-ca-policies': ({ fault }, certificate) => `${certificate}: ${CA_POLICY_FAULTS[fault]}.`,
  'br-distribution-point-field': ({ field }, certificate) =>
    `${certificate}: a distribution point of its revocation lists has ${field}; public CAs publish whole lists of their own, at an address.`,
  'br-crl-address-missing': (_detail, certificate) =>
    `${certificate} names neither a revocation list (CRL DP) nor an OCSP responder (AIA); only a short-lived certificate may do without both.`,
  'br-digital-signature-missing': (_detail, certificate) =>
    `${certificate}: its key usage does not have digitalSignature, which a server with a key on an elliptic curve signs its handshakes with.`,
  'br-basic-constraints-not-critical': (_detail, certificate) =>
    `${certificate} has basicConstraints that are not critical; if present, they must be critical.`,
  'br-responder-extension': ({ extension }, certificate) =>
    `${certificate} is an OCSP responder’s and has ${extension}, which is not allowed there.`,
  'br-responder-key-usage': (_detail, certificate) =>
    `${certificate} is an OCSP responder’s; its key usage must be digitalSignature, and nothing else.`,
  'br-responder-eku': ({ oid }, certificate) =>
    `${certificate} is an OCSP responder’s and is also for ${named(oid)}; it must be for nothing else.`,
  'br-policies-several': ({ count: claimed }, certificate) =>
    `${certificate} claims ${number(claimed)} kinds of validation by its policies; only one is possible.`,
  'br-policy-not-first': (_detail, certificate) =>
    `${certificate}: the CA/B Forum’s policy identifier is not the first of its policies, where some programs look.`,
  'br-subject-attribute': ({ validation, oid }, certificate) =>
    `${certificate}: its subject has ${named(oid)}, which ${VALIDATIONS[validation]} must not hold.`,
  'br-subject-attribute-missing': ({ validation, missing }, certificate) =>
    `${certificate}: its subject lacks ${missing}, which ${VALIDATIONS[validation]} must hold.`,
  'br-ca-subject': ({ missing }, certificate) => `${certificate}: the name of a CA must include ${missing}.`,
  'br-organizational-unit-in-ca': (_detail, certificate) =>
    `${certificate}: the name of a CA for servers must not have an organizational unit.`,
  'br-access-method': ({ oid }, certificate) =>
    `${certificate}: authorityInfoAccess says how to reach something (${named(oid)}) that is neither its issuer’s certificate nor an OCSP responder.`,
  'br-cps-address': ({ address }, certificate) =>
    `${certificate}: the address of its issuer’s practice statement is not an http or https address: “${address}”.`,
  'br-eku-other': ({ oid }, certificate) =>
    `${certificate}: extendedKeyUsage has ${named(oid)} beside serverAuth, which is not recommended.`,
  'br-root-path-len': ({ pathLen }, certificate) =>
    `${certificate} is a root with a path length of ${number(pathLen)}; for roots that is not recommended.`,
  'br-name-constraints-reserved': ({ address }, certificate) =>
    `${certificate}: nameConstraints permit ${address}, a reserved range that nobody can be assigned.`,
  'br-name-constraints-directory-excluded': (_detail, certificate) =>
    `${certificate}: nameConstraints exclude a directory name, which is not recommended.`,
  'sct-list-malformed': ({ fault }, certificate) =>
    `${certificate}: its list of signed certificate timestamps ${fault === 'empty' ? 'is empty' : 'is not written as RFC 6962 says'}.`,
  'precertificate-with-timestamps': (_detail, certificate) =>
    `${certificate} is a precertificate, and has signed certificate timestamps, which only the certificate made from it has.`,
  'chrome-client-auth': (_detail, certificate) =>
    `${certificate} is for servers and for clients; Chrome’s root programme admits only CAs that issue only for servers.`,
}

/** How to fix it. */
export const webpkiFixes: { readonly [C in keyof typeof WEBPKI_ROWS]?: () => string } = {
  'br-ca-eku-missing': () => 'Have the CA certified again with extendedKeyUsage serverAuth.',
  'br-ca-policies': () =>
    'Have the CA certified again with one of the CA/B Forum’s policy identifiers, or with anyPolicy alone.',
  'br-distribution-point-field': () =>
    'Have it issued again with an http address alone in cRLDistributionPoints.',
  'br-crl-address-missing': () => 'Have it issued again with the address of its issuer’s revocation list.',
  'br-digital-signature-missing': () => 'Have it issued again with digitalSignature in the key usage.',
  'br-basic-constraints-not-critical': () =>
    'Have it issued again without basicConstraints, or with critical ones.',
  'br-responder-extension': () => 'Have it issued again without this extension.',
  'br-responder-key-usage': () => 'Have it issued again with digitalSignature alone.',
  'br-responder-eku': () => 'Have it issued again with OCSPSigning alone.',
  'br-policies-several': () =>
    'Have it issued again with the one policy identifier that says how its subject was validated.',
  'br-policy-not-first': () => 'Have the CA write the CA/B Forum’s identifier first.',
  'br-subject-attribute': () =>
    'Have it issued again without this attribute, or with the policy of the validation that was done.',
  'br-subject-attribute-missing': () =>
    'Have it issued again with this attribute, or with the policy of the validation that was done.',
  'br-ca-subject': () => 'Make the CA again with a name that has country, organization and common name.',
  'br-organizational-unit-in-ca': () => 'Make the CA again without an organizational unit in its name.',
  'br-access-method': () => 'Have it issued again with ocsp and caIssuers alone.',
  'br-cps-address': () =>
    'Have it issued again without the address, or with one that begins with http:// or https://.',
  'br-eku-other': () => 'Leave other purposes to certificates of their own.',
  'br-root-path-len': () => 'Leave the path length to the CAs below the root.',
  'br-name-constraints-reserved': () =>
    'Have the CA certified again with the ranges that were assigned to it.',
  'br-name-constraints-directory-excluded': () => 'Say which directory names are permitted instead.',
  'sct-list-malformed': () => 'Have it issued again, with timestamps of at least one log.',
  'precertificate-with-timestamps': () => 'Use the certificate that was made from it.',
  'chrome-client-auth': () =>
    'For a private CA this does not matter. For a public one, have a separate certificate issued for clients.',
}
