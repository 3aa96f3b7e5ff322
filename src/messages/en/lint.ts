import { codePoint as codePointText, withoutEnd } from '../../plain-text.ts'
import { algorithmNames } from './algorithms.ts'
import type { KEY_ROWS } from '../../findings/keys.ts'
import type { RFC5280_ROWS } from '../../findings/rfc5280.ts'
import type { TRAP_ROWS } from '../../findings/traps.ts'
import type { SentencesOf } from '../words-of.ts'
import { nameSlips } from './name-slips.ts'
import { named, namedIn } from '../oid-names.ts'
import { count, number, day, moment } from './format.ts'

type Rows = typeof RFC5280_ROWS & typeof KEY_ROWS & typeof TRAP_ROWS

/** What lint/ reports about one certificate. */
export const lintFindings: SentencesOf<Rows> = {
  'version-not-3': ({ version }, certificate) =>
    `${certificate}: has extensions but is version ${number(version)}; only version 3 has them.`,
  'unique-id-in-v1': (_, certificate) =>
    `${certificate}: has a unique identifier but is version 1, which has none.`,
  'unique-id-present': ({ field }, certificate) =>
    `${certificate}: has ${field}, which no CA of this profile issues. The key identifier tells equal names apart.`,
  'serial-negative': (_, certificate) =>
    `${certificate}: the serial number is negative. Go and others refuse to read it.`,
  'serial-zero': (_, certificate) => `${certificate}: the serial number is 0; it has to be positive.`,
  'serial-too-long': ({ octets }, certificate) =>
    `${certificate}: the serial number takes ${number(octets)} octets; at most 20 are allowed.`,
  'signature-algorithm-mismatch': ({ inner, outer }, certificate) =>
    `${certificate}: the signed part names the signature algorithm ${named(inner)}, the envelope ${named(outer)}${inner === outer ? ' with other parameters' : ''}. The two have to be the same.`,
  'issuer-empty': (_, certificate) => `${certificate}: the issuer's name is empty.`,
  'ca-subject-empty': (_, certificate) =>
    `${certificate}: a CA has to have a name, and the subject is empty.`,
  'subject-and-san-missing': (_, certificate) =>
    `${certificate}: has no name: the subject is empty and there is no subjectAltName.`,
  'san-not-critical-empty-subject': (_, certificate) =>
    `${certificate}: the subject is empty, so subjectAltName has to be critical, and it is not.`,
  'san-critical-with-subject': (_, certificate) =>
    `${certificate}: subjectAltName is critical although the subject has a name; it should not be.`,
  'email-not-in-san': ({ email }, certificate) =>
    `${certificate}: the e-mail address ${email} is in the subject and not in subjectAltName, where it belongs.`,
  'name-string-type': ({ oid, type }, certificate) =>
    `${certificate}: the attribute ${named(oid)} is a ${type}. New names are UTF8String or PrintableString.`,
  'name-attribute-type': ({ oid, expected }, certificate) =>
    `${certificate}: the attribute ${named(oid)} has to be ${expected === 'IA5String' ? 'an' : 'a'} ${expected}.`,
  'name-attribute-length': ({ oid, length, limit }, certificate) =>
    `${certificate}: the attribute ${named(oid)} has ${count(length, 'character')}; ${length === 0 ? 'at least 1 is needed' : `at most ${number(limit)} are allowed`}.`,
  'country-name-malformed': ({ value }, certificate) =>
    `${certificate}: the country is "${value}"; it is written as two letters, as in ISO 3166.`,
  'validity-time-type': ({ field, date, type }, certificate) =>
    `${certificate}: ${field} (${day(date)}) is written as ${type}; dates through 2049 are UTCTime, later ones GeneralizedTime.`,
  'validity-reversed': ({ notBefore, notAfter }, certificate) =>
    `${certificate}: ends (${moment(notAfter)}) before it begins (${moment(notBefore)}).`,
  'signature-algorithm-parameters': ({ oid, expected }, certificate) =>
    `${certificate}: the parameters of the signature algorithm ${named(oid)} have to be ${expected}.`,
  'key-algorithm-parameters': ({ oid, expected }, certificate) =>
    `${certificate}: the parameters of the key algorithm ${named(oid)} have to be ${expected}.`,
  'ec-parameters-not-named': (_, certificate) =>
    `${certificate}: the EC key does not name its curve; explicit and implicit parameters are not allowed.`,
  'aki-critical': (_, certificate) => `${certificate}: authorityKeyIdentifier is critical; it must not be.`,
  'aki-missing': (_, certificate) =>
    `${certificate}: authorityKeyIdentifier with a key identifier is missing; only a self-signed certificate may do without.`,
  'aki-issuer-serial-unpaired': ({ present }, certificate) =>
    `${certificate}: authorityKeyIdentifier has ${present} without its partner; the two come together or not at all.`,
  'ski-critical': (_, certificate) => `${certificate}: subjectKeyIdentifier is critical; it must not be.`,
  'ski-missing-in-ca': (_, certificate) =>
    `${certificate}: a CA has to carry subjectKeyIdentifier, and it is missing.`,
  'ski-missing': (_, certificate) => `${certificate}: has no subjectKeyIdentifier; it should have one.`,
  'aki-ski-differ': (_, certificate) =>
    `${certificate}: issued itself, but the key identifier of the issuer is not its own.`,
  'aki-not-issuer-ski': (_, certificate) =>
    `${certificate}: the authority key identifier is not the subject key identifier of its issuer.`,
  'key-usage-missing-in-ca': (_, certificate) =>
    `${certificate}: a CA has to say with keyUsage that its key signs certificates, and keyUsage is missing.`,
  'key-usage-not-critical': (_, certificate) => `${certificate}: keyUsage is not critical; it should be.`,
  'key-usage-empty': (_, certificate) =>
    `${certificate}: keyUsage allows nothing; at least one bit has to be set.`,
  'key-cert-sign-without-ca': (_, certificate) =>
    `${certificate}: keyUsage allows signing certificates, but basicConstraints does not make it a CA.`,
  'encipher-only-without-key-agreement': ({ bit }, certificate) =>
    `${certificate}: keyUsage has ${bit} without keyAgreement, which means nothing.`,
  'key-usage-key-type': ({ bit, keyType }, certificate) =>
    `${certificate}: keyUsage has ${bit}, which ${algorithmNames[keyType] ?? keyType} keys cannot do.`,
  'key-usage-enciphers-in-ca': ({ bit }, certificate) =>
    `${certificate}: keyUsage has ${bit}, which an RSA key that signs certificates or lists should not have.`,
  'policy-repeated': ({ oid }, certificate) =>
    `${certificate}: the policy ${named(oid)} occurs more than once in certificatePolicies.`,
  'policies-empty': (_, certificate) => `${certificate}: certificatePolicies names no policy.`,
  'any-policy-qualifier': ({ oid }, certificate) =>
    `${certificate}: anyPolicy carries the qualifier ${named(oid)}; only a CPS address or a user notice is allowed there.`,
  'policy-notice-reference': ({ policy }, certificate) =>
    `${certificate}: the user notice of policy ${named(policy)} refers to a text by number (noticeRef); it should not.`,
  'explicit-text-type': ({ policy, type }, certificate) =>
    `${certificate}: the notice of policy ${named(policy)} is a ${type}, which must not be used for it.`,
  'explicit-text-not-utf8': ({ policy, type }, certificate) =>
    `${certificate}: the notice of policy ${named(policy)} is a ${type}; it should be a UTF8String.`,
  'explicit-text-length': ({ policy, length }, certificate) =>
    `${certificate}: the notice of policy ${named(policy)} has ${count(length, 'character')}; 1 to 200 are allowed.`,
  'explicit-text-control-characters': ({ policy }, certificate) =>
    `${certificate}: the notice of policy ${named(policy)} has control characters; it should not.`,
  'explicit-text-not-nfc': ({ policy }, certificate) =>
    `${certificate}: the notice of policy ${named(policy)} is not in Unicode’s normalization form C, as it should be.`,
  'policy-mapping-any-policy': ({ side }, certificate) =>
    `${certificate}: policyMappings has anyPolicy as ${side}; it can be mapped neither to nor from.`,
  'policy-mappings-empty': (_, certificate) => `${certificate}: policyMappings maps nothing.`,
  'policy-mappings-not-critical': (_, certificate) =>
    `${certificate}: policyMappings is not critical; it should be.`,
  'policy-mapping-not-asserted': ({ oid }, certificate) =>
    `${certificate}: maps the policy ${named(oid)} without asserting it in certificatePolicies.`,
  'policy-mappings-not-in-ca': (_, certificate) =>
    `${certificate}: has policyMappings but is not a CA; mappings belong in CA certificates.`,
  'san-empty': (_, certificate) => `${certificate}: subjectAltName has no name.`,
  'san-entry-empty': ({ kind }, certificate) => `${certificate}: subjectAltName has an empty ${kind}.`,
  'san-dns-space': (_, certificate) =>
    `${certificate}: subjectAltName has the dNSName " ", which RFC 5280 forbids explicitly.`,
  'san-dns-malformed': ({ name }, certificate) =>
    `${certificate}: the dNSName "${name}" is not a host name: letters, digits and inner hyphens, labels of at most 63 characters.`,
  'san-dns-not-a-label': ({ name }, certificate) =>
    /^[\p{ASCII}]*$/u.test(name)
      ? `${certificate}: the dNSName "${name}" has a label that begins with xn-- and is not an internationalized name.`
      : `${certificate}: the dNSName "${name}" is not in ASCII; an internationalized name is written with A-labels (xn--…).`,
  'san-email-malformed': ({ name }, certificate) =>
    `${certificate}: the rfc822Name "${name}" is not a mailbox such as name@example.com.`,
  'san-ip-length': ({ octets }, certificate) =>
    `${certificate}: an iPAddress has ${count(octets, 'octet')}; IPv4 has 4, IPv6 has 16.`,
  'san-uri-relative': ({ name }, certificate) =>
    `${certificate}: the URI "${name}" is relative; a scheme and what follows it are both needed.`,
  'san-uri-malformed': ({ name }, certificate) =>
    `${certificate}: the URI "${name}" has characters that RFC 3986 does not allow.`,
  'san-uri-host': ({ name }, certificate) =>
    `${certificate}: the host of the URI "${name}" is neither a domain name nor an IP address.`,
  'ian-critical': (_, certificate) => `${certificate}: issuerAltName is critical; it should not be.`,
  'ian-malformed': ({ kind, name }, certificate) =>
    kind === ''
      ? `${certificate}: issuerAltName has no name.`
      : `${certificate}: the ${kind} "${name}" in issuerAltName is not written as its form asks.`,
  'subject-directory-attributes-critical': (_, certificate) =>
    `${certificate}: subjectDirectoryAttributes is critical; it must not be.`,
  'subject-directory-attributes-empty': (_, certificate) =>
    `${certificate}: subjectDirectoryAttributes has no attribute.`,
  'basic-constraints-not-critical': (_, certificate) =>
    `${certificate}: basicConstraints of a CA has to be critical, and it is not.`,
  'path-len-without-ca': ({ pathLen }, certificate) =>
    `${certificate}: has a pathLen of ${number(pathLen)} but is not a CA.`,
  'path-len-without-key-cert-sign': ({ pathLen }, certificate) =>
    `${certificate}: has a pathLen of ${number(pathLen)}, but keyUsage does not let it sign certificates.`,
  'name-constraints-not-in-ca': (_, certificate) => `${certificate}: has nameConstraints but is not a CA.`,
  'name-constraints-not-critical': (_, certificate) =>
    `${certificate}: nameConstraints is not critical; software that does not know it would ignore it.`,
  'name-constraints-empty': (_, certificate) =>
    `${certificate}: nameConstraints permits nothing and excludes nothing, or has an empty list.`,
  'name-constraints-distance': ({ kind }, certificate) =>
    `${certificate}: a ${kind} constraint sets minimum or maximum; minimum is 0 and maximum absent.`,
  'name-constraints-form': ({ kind }, certificate) =>
    `${certificate}: constrains names of the form ${kind}, for which no rules are defined.`,
  'name-constraints-ip-malformed': ({ octets }, certificate) =>
    `${certificate}: an iPAddress constraint is not an address with a mask (8 or 32 octets, the mask ones and then zeros); it has ${count(octets, 'octet')}.`,
  'name-constraints-name-malformed': ({ kind, name }, certificate) =>
    `${certificate}: "${name}" is not a valid ${kind} constraint.`,
  'policy-constraints-empty': (_, certificate) => `${certificate}: policyConstraints constrains nothing.`,
  'policy-constraints-not-critical': (_, certificate) =>
    `${certificate}: policyConstraints is not critical; it has to be.`,
  'policy-constraints-not-in-ca': (_, certificate) =>
    `${certificate}: has policyConstraints but is not a CA.`,
  'ext-key-usage-empty': (_, certificate) => `${certificate}: extKeyUsage names no purpose.`,
  'any-eku-critical': (_, certificate) =>
    `${certificate}: extKeyUsage has anyExtendedKeyUsage and is critical; it should not be.`,
  'eku-key-usage-inconsistent': ({ purpose, needs }, certificate) =>
    `${certificate}: extKeyUsage has ${purpose}, but keyUsage has none of ${needs} that it needs. No use is left that both allow.`,
  'crl-distribution-points-critical': (_, certificate) =>
    `${certificate}: cRLDistributionPoints is critical; it should not be.`,
  'distribution-points-empty': ({ extension }, certificate) =>
    `${certificate}: ${extension} has no distribution point.`,
  'distribution-point-reasons-only': (_, certificate) =>
    `${certificate}: a distribution point names neither a place nor a CRL issuer.`,
  'distribution-points-not-all-reasons': (_, certificate) =>
    `${certificate}: no distribution point covers all reasons for revocation.`,
  'distribution-point-crl-issuer': ({ fault }, certificate) =>
    fault === 'is-issuer'
      ? `${certificate}: a distribution point names the issuer itself as cRLIssuer; then the field is left out.`
      : `${certificate}: cRLIssuer of a distribution point is not a distinguished name.`,
  'distribution-point-relative-name': (_, certificate) =>
    `${certificate}: a distribution point has a name relative to the CRL issuer; it should be written in full.`,
  'distribution-point-relative-name-ambiguous': (_, certificate) =>
    `${certificate}: a distribution point has a name relative to several CRL issuers.`,
  'distribution-point-uri': ({ uri }, certificate) =>
    `${certificate}: the address "${uri}" of a certificate list is not an absolute URI${uri.startsWith('ldap') ? ' with a distinguished name and one attribute' : ''}.`,
  'distribution-points-no-uri': (_, certificate) =>
    `${certificate}: no distribution point has an http or ldap address, so few programs find the list.`,
  'inhibit-any-policy-not-critical': (_, certificate) =>
    `${certificate}: inhibitAnyPolicy is not critical; it has to be.`,
  'inhibit-any-policy-not-in-ca': (_, certificate) => `${certificate}: has inhibitAnyPolicy but is not a CA.`,
  'freshest-crl-critical': (_, certificate) => `${certificate}: freshestCRL is critical; it must not be.`,
  'authority-info-access-critical': (_, certificate) =>
    `${certificate}: authorityInfoAccess is critical; it must not be.`,
  'subject-info-access-critical': (_, certificate) =>
    `${certificate}: subjectInfoAccess is critical; it must not be.`,
  'info-access-empty': ({ extension }, certificate) => `${certificate}: ${extension} describes no access.`,
  'access-location-uri': ({ uri }, certificate) =>
    `${certificate}: the access location "${uri}" is not an absolute URI${uri.startsWith('ldap') ? ' with a distinguished name and an attribute' : ''}.`,
  'ca-issuers-no-uri': (_, certificate) =>
    `${certificate}: authorityInfoAccess says where the issuer's certificate is, but no entry is an http or ldap address.`,
  'subject-info-access-method': ({ method }, certificate) =>
    `${certificate}: subjectInfoAccess has ${method}, which is for ${method === 'caRepository' ? 'CAs' : 'time-stamping services'}.`,

  'san-dns-trailing-dot': ({ name }, certificate) =>
    `${certificate}: the dNSName "${name}" ends in a dot; no program matches it.`,
  'san-dns-ip-address': ({ name }, certificate) =>
    `${certificate}: the address ${name} is written as a dNSName; it has to be an iPAddress. Some programs refuse the whole certificate for it.`,
  'san-repeated': ({ kind, name }, certificate) =>
    `${certificate}: subjectAltName has the ${kind} "${name}" twice.`,
  'server-without-san': (_, certificate) =>
    `${certificate}: is for TLS servers and has no subjectAltName. Browsers, Go and Apple do not look at the common name.`,
  'server-without-digital-signature': (_, certificate) =>
    `${certificate}: keyUsage lacks digitalSignature. A server signs with its key in TLS 1.3, so such connections fail.`,
  'mail-cannot-encrypt': (_, certificate) =>
    `${certificate}: nobody can encrypt mail to it: keyUsage has neither keyEncipherment nor keyAgreement. It can sign mail.`,
  'key-usage-beyond-purposes': ({ bit, purposes }, certificate) =>
    `${certificate}: keyUsage has ${bit}, which none of its purposes (${purposes}) needs.`,
  'cn-not-in-san': ({ commonName }, certificate) =>
    `${certificate}: the common name "${commonName}" is not among the names in subjectAltName; clients that read both disagree about it.`,
  'aki-issuer-and-serial': (_, certificate) =>
    `${certificate}: authorityKeyIdentifier names issuer and serial number of the issuing certificate. The chain breaks when the CA is renewed or cross-signed.`,
  'intermediate-eku-without-client': (_, certificate) =>
    `${certificate}: extKeyUsage of this CA has serverAuth and not clientAuth. Windows, Go, NSS and OpenSSL will refuse client certificates below it.`,
  'root-with-eku': (_, certificate) =>
    `${certificate}: a root with extKeyUsage. Programs that nest purposes apply it to everything below; leave it out.`,
  'root-without-common-name': (_, certificate) =>
    `${certificate}: a root without a common name may not appear in the list of iOS in which roots are switched on.`,
  'self-issued-without-ca': (_, certificate) =>
    `${certificate}: its subject is its issuer, but it is not a CA. It can only be trusted for itself, by programs that support such trust.`,
  'tls-feature-not-inherited': ({ feature }, certificate) =>
    `${certificate}: the CA above it requires TLS feature ${number(feature)}${feature === 5 ? ' (status_request, “must-staple”)' : ''} in everything it issues, and this certificate does not name it.`,
  'key-malformed': ({ algorithm }, certificate) =>
    `${certificate}: its public key is not a key of its kind (${namedIn(algorithm)}): its octets have another structure.`,
  'key-not-on-curve': (_, certificate) =>
    `${certificate}: its public key is a point that is not on its curve, so it is not a key.`,
  'key-kind-unchecked': ({ algorithm }, certificate) =>
    `${certificate}: what its key signs (${namedIn(algorithm)}) cannot be checked here, nor whether the key is sound.`,
  'rsa-exponent-unusable': ({ exponent }, certificate) =>
    `${certificate}: its RSA exponent is ${exponent}; it must be odd, above 2 and below the modulus.`,
  'rsa-exponent-small': ({ exponent }, certificate) =>
    `${certificate}: its RSA exponent is ${exponent}; careful programs accept none below 65537.`,
  'rsa-exponent-large': ({ exponent }, certificate) =>
    `${certificate}: its RSA exponent is ${exponent}; some programs, Go among them, do not read one of 64 bits or more.`,
  'rsa-modulus-prime': (_, certificate) =>
    `${certificate}: its RSA modulus is a prime, not a product of primes; anyone can compute its private key.`,
  'rsa-small-factor': ({ factor }, certificate) =>
    `${certificate}: its RSA modulus can be divided by ${factor}; anyone can compute its private key.`,
  'rsa-close-primes': (_, certificate) =>
    `${certificate}: the two primes of its RSA key are so close together that anyone can compute its private key (Fermat’s method).`,
  'rsa-weak-generator': (_, certificate) =>
    `${certificate}: its RSA key has the mark of chips that made keys whose private half can be computed (ROCA).`,
  'rsa-bits-odd': ({ bits }, certificate) =>
    `${certificate}: its RSA key has ${number(bits)} bits, which is not a multiple of 8; some programs refuse that.`,
  'rsa-long': ({ bits }, certificate) =>
    `${certificate}: its RSA key has ${number(bits)} bits; cards and small devices are slow with it, or cannot use it.`,
  'rsa-below-1024': ({ bits }, certificate) =>
    `${certificate}: its RSA key has ${number(bits)} bits. Such keys can be factored, and then anyone can sign in its name.`,
  'rsa-below-2048': ({ bits }, certificate) =>
    `${certificate}: its RSA key has ${number(bits)} bits; new certificates have 2,048 or more, and some programs accept no less.`,
  'ca-without-crl-sign': (_, certificate) =>
    `${certificate}: keyUsage of this CA lacks cRLSign, so it cannot sign a list of what it revokes.`,
  'validity-over-825-days': ({ days }, certificate) =>
    `${certificate}: a server certificate valid for ${number(days)} days; Apple's systems refuse more than 825, under private roots too.`,
  'validity-one-second-over': ({ days }, certificate) =>
    `${certificate}: both ends of the validity count, so it is one second longer than ${number(days)} days and is treated as ${number(days + 1)}.`,
  'validity-backdated': ({ notBefore, at }, certificate) =>
    `${certificate}: it would begin on ${moment(notBefore)}, more than 48 hours before it is signed, ${moment(at)}. It would then seem to have been in force when it was not.`,
  'validity-never-ends': (_, certificate) =>
    `${certificate}: ends on 9999-12-31 23:59:59, which means never. Some programs show or compute this date wrongly.`,
  'browser-unsupported-key': ({ keyType }, certificate) =>
    `${certificate}: browsers do not connect to a server with ${keyType === 'p521' ? 'a P-521' : keyType === 'ed25519' ? 'an Ed25519' : 'an ML-DSA'} certificate. P-256 works everywhere.`,
  'name-constraints-leading-dot': ({ name }, certificate) =>
    `${certificate}: the dNSName constraint "${name}" begins with a dot. Without the dot it means the name and everything below; with it, programs differ.`,
  'name-constraints-both-addresses': (_, certificate) =>
    `${certificate}: nameConstraints constrains both IPv4 and IPv6. Java 17 fails on that for every certificate below that has an IPv4 address.`,
  'name-constraints-incomplete': ({ unconstrained }, certificate) =>
    `${certificate}: nameConstraints says nothing about ${unconstrained}, so any may be issued below.`,
  'serial-low-entropy': ({ octets }, certificate) =>
    `${certificate}: the serial number has ${count(octets, 'octet')}; 64 random bits need at least 8.`,
  'subject-very-long': ({ octets }, certificate) =>
    `${certificate}: the subject takes ${number(octets)} octets; programs with fixed buffers cut or refuse names longer than 1,024.`,
  'name-outer-space': ({ oid }, certificate) =>
    `${certificate}: the attribute ${named(oid)} begins or ends with a space. Programs that compare names by octets will not match it with the name without the space.`,
  'name-hidden-characters': ({ oid, codePoint }, certificate) =>
    `${certificate}: the text in ${named(oid)} has the invisible character ${codePointText(String.fromCodePoint(codePoint))}.`,
  ...nameSlips,
  'address-https': ({ address }, certificate) =>
    `${certificate}: ${address} uses https. To trust that connection, a program may need the very thing it is about to fetch.`,
  'issuer-name-not-copied': (_, certificate) =>
    `${certificate}: the issuer's name is not, octet for octet, the subject of the issuing certificate. Go and others will not find the issuer.`,
  'outlives-issuer': ({ notAfter, issuerNotAfter }, certificate) =>
    `${certificate}: ends on ${day(notAfter)}, after its issuer (${day(issuerNotAfter)}). From then on it does not validate.`,
  'begins-before-issuer': ({ notBefore, issuerNotBefore }, certificate) =>
    `${certificate}: begins on ${moment(notBefore)}, before its issuer (${moment(issuerNotBefore)}). Until then it does not validate.`,
  'issuer-key-reused': (_, certificate) =>
    `${certificate}: has its issuer's key under another name. Anyone who has that key can act as the CA.`,
  'hash-weaker-than-curve': ({ keyType, oid }, certificate) =>
    `${certificate}: signed by a ${keyType === 'p384' ? 'P-384' : 'P-521'} key with ${named(oid)}; the hash is weaker than the curve.`,
  'time-stamping-eku-not-alone': (_, certificate) =>
    `${certificate}: extKeyUsage has timeStamping with other purposes; a time-stamping certificate has only that one.`,
  'time-stamping-eku-not-critical': (_, certificate) =>
    `${certificate}: extKeyUsage of a time-stamping certificate has to be critical, and it is not.`,
  'ocsp-signer-without-no-check': (_, certificate) =>
    `${certificate}: an OCSP signer without id-pkix-ocsp-nocheck and without a way to find out about its own revocation.`,
  'ocsp-no-check-critical': (_, certificate) =>
    `${certificate}: id-pkix-ocsp-nocheck is critical; it should not be.`,
}

const AGAIN = 'Have it issued again'
const NOT_CRITICAL = `${AGAIN} with this extension not critical.`
const CRITICAL = `${AGAIN} with this extension critical.`
const LEAVE_OUT = 'Leave the extension out: it is for CAs.'
const HTTP_ADDRESS = 'Write the address in full, with http:// in front.'

/** How its issuer can fix it, if the sentence does not make that clear. */
export const lintFixes: Partial<SentencesOf<Rows>> = {
  'unique-id-present': () => `${AGAIN} without it.`,
  'serial-negative': () => `${AGAIN} with a positive serial number.`,
  'serial-zero': () => `${AGAIN} with a random serial number.`,
  'serial-too-long': () => `${AGAIN} with at most 20 octets, the first below 0x80.`,
  'serial-low-entropy': () => `${AGAIN} with a random serial number of up to 20 octets.`,
  'subject-and-san-missing': () => 'Give it a subject alternative name, or a common name.',
  'san-not-critical-empty-subject': () => `${CRITICAL} Or give it a subject.`,
  'san-critical-with-subject': () => NOT_CRITICAL,
  'email-not-in-san': ({ email }) => `Add ${email} as a subject alternative name.`,
  'name-string-type': () => 'Write it as UTF8String.',
  'country-name-malformed': () => 'Write the two-letter code of ISO 3166, such as DE or US.',
  'validity-reversed': () => 'Set the end after the beginning.',
  'aki-critical': () => NOT_CRITICAL,
  'ski-critical': () => NOT_CRITICAL,
  'key-usage-not-critical': () => CRITICAL,
  'key-cert-sign-without-ca': () => 'Remove keyCertSign, or make it a CA.',
  'key-usage-key-type': ({ bit }) => `Remove ${bit}.`,
  'key-usage-enciphers-in-ca': ({ bit }) => `Remove ${bit}.`,
  'key-usage-beyond-purposes': ({ bit }) => `Remove ${bit}, or add the purpose it is for.`,
  'mail-cannot-encrypt': () =>
    'To encrypt mail to it, use an RSA key with keyEncipherment or an EC key with keyAgreement.',
  'server-without-digital-signature': () => 'Add digitalSignature to keyUsage.',
  'policy-mappings-not-in-ca': () => LEAVE_OUT,
  'policy-mapping-not-asserted': ({ oid }) => `Add ${named(oid)} to the certificate policies.`,
  'san-dns-malformed': () =>
    'Write a host name such as www.example.com; a wildcard (*) is the whole first label.',
  'san-dns-not-a-label': () => 'Write it with A-labels; the form here converts what you type.',
  'san-dns-trailing-dot': ({ name }) => `Write ${withoutEnd(name, '.')}.`,
  'san-dns-ip-address': ({ name }) => `Write ${name} as an IP address instead of a DNS name.`,
  'san-uri-relative': () => 'Write it with its scheme, such as https:// or spiffe://.',
  'server-without-san': () => 'Add the names and addresses under which the server is reached.',
  'cn-not-in-san': ({ commonName, asName }) =>
    asName === null
      ? 'Leave it out of the common name: subjectAltName has no form for such a name.'
      : asName === commonName
        ? `Add ${asName} as a subject alternative name, or leave it out of the common name.`
        : `Write it as its A-label, ${asName}, in subjectAltName and as the common name; or leave the common name out.`,
  'basic-constraints-not-critical': () => CRITICAL,
  'path-len-without-ca': () => 'Leave pathLen out.',
  'path-len-without-key-cert-sign': () => 'Leave pathLen out, or add keyCertSign.',
  'name-constraints-not-in-ca': () => LEAVE_OUT,
  'name-constraints-not-critical': () => CRITICAL,
  'name-constraints-leading-dot': ({ name }) => `Write ${name.replace(/^\.+/, '')}.`,
  'name-constraints-incomplete': () =>
    'Choose "nothing else", or permit or exclude each of these forms separately.',
  'policy-constraints-not-critical': () => CRITICAL,
  'policy-constraints-not-in-ca': () => LEAVE_OUT,
  'eku-key-usage-inconsistent': ({ needs }) => `Add one of ${needs} to keyUsage, or remove the purpose.`,
  'any-eku-critical': () => NOT_CRITICAL,
  'crl-distribution-points-critical': () => NOT_CRITICAL,
  'distribution-point-uri': () => HTTP_ADDRESS,
  'inhibit-any-policy-not-critical': () => CRITICAL,
  'inhibit-any-policy-not-in-ca': () => LEAVE_OUT,
  'freshest-crl-critical': () => NOT_CRITICAL,
  'authority-info-access-critical': () => NOT_CRITICAL,
  'subject-info-access-critical': () => NOT_CRITICAL,
  'access-location-uri': () => HTTP_ADDRESS,
  'intermediate-eku-without-client': () =>
    'Leave extKeyUsage out of the CA, or name all purposes it will issue for.',
  'root-with-eku': () => 'Leave extKeyUsage out.',
  'tls-feature-not-inherited': () => 'Have it issued again with the TLS features of its CA.',
  'key-malformed': () => 'Ask its owner for a request from a program that works correctly.',
  'key-not-on-curve': () => 'Ask its owner to make the key again, with another program.',
  'key-kind-unchecked': () =>
    'Certify it only if you know that its users can check it, and that its owner has the private key.',
  'rsa-exponent-unusable': () => 'Ask its owner to make the key again.',
  'rsa-exponent-small': () =>
    'Ask its owner for a key with the exponent 65537, which all current programs use.',
  'rsa-exponent-large': () =>
    'Ask its owner for a key with the exponent 65537, which all current programs use.',
  'rsa-modulus-prime': () => 'Ask its owner to make the key again, with another program.',
  'rsa-small-factor': () => 'Ask its owner to make the key again, with another program.',
  'rsa-close-primes': () => 'Ask its owner to make the key again, with another program.',
  'rsa-weak-generator': () => 'Ask its owner to make the key again, outside that chip.',
  'rsa-bits-odd': () => 'Ask its owner for a key of 2,048, 3,072 or 4,096 bits.',
  'rsa-long': () => '3,072 bits are strong enough for anyone; an elliptic curve is stronger and faster.',
  'rsa-below-1024': () =>
    'Have a certificate issued for a new key, of at least 2,048 bits or on an elliptic curve.',
  'rsa-below-2048': () => 'Plan for a new key, of at least 2,048 bits or on an elliptic curve.',
  'ca-without-crl-sign': () => 'Add cRLSign to keyUsage.',
  'validity-backdated': () => 'Leave the beginning empty: it is then a few minutes before signing.',
  'explicit-text-not-nfc': () => 'Write the notice with composed characters.',
  'validity-over-825-days': () => 'Choose 825 days or less.',
  'validity-one-second-over': () => 'Let it end one second earlier.',
  'browser-unsupported-key': () => 'Choose P-256 or P-384 if browsers have to connect.',
  'outlives-issuer': ({ issuerNotAfter }) =>
    `Let it end by ${day(issuerNotAfter)}, or renew the issuing CA first.`,
  'issuer-key-reused': () => 'Make a separate key for it.',
  'hash-weaker-than-curve': ({ keyType }) => `Sign with ${keyType === 'p384' ? 'SHA-384' : 'SHA-512'}.`,
  'time-stamping-eku-not-alone': () => 'Remove the other purposes.',
  'time-stamping-eku-not-critical': () => CRITICAL,
  'ocsp-no-check-critical': () => NOT_CRITICAL,
}
