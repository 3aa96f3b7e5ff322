import type { FindingCode, FindingDetails } from '../../findings.ts'
import { named } from '../oid-names.ts'
import { constrained } from './constraint-forms.ts'

/** What to do about findings whose sentence does not say it, or that there is nothing to do, and why. */

type Fix<C extends FindingCode> = (detail: FindingDetails[C], certificate: string) => string

const NOTHING = 'There is nothing to fix'
/** For what a public CA must not issue. */
const AGAIN = 'Have it issued again'

export const fixes: { [C in FindingCode]?: Fix<C> } = {
  'version-not-3': () => 'Write the certificate as version 3.',
  'unique-id-in-v1': () => 'Leave the unique identifiers out, and write version 3.',
  'signature-algorithm-mismatch': () =>
    'Sign it again with the same algorithm in both places. If it was not issued like this, it was changed afterwards.',
  'issuer-empty': () => 'Give the issuer a name: at least a common name or an organization.',
  'ca-subject-empty': () => 'Give the CA a name: at least a common name or an organization.',
  'name-attribute-type': ({ oid, expected }) => `Write ${named(oid)} as ${expected}.`,
  'name-attribute-length': ({ oid, length }) =>
    length === 0 ? `Leave ${named(oid)} out, or say something in it.` : `Shorten ${named(oid)}.`,
  'validity-time-type': () => 'Write dates through 2049 as UTCTime and later ones as GeneralizedTime.',
  'signature-algorithm-parameters': ({ expected }) => `Sign it again with parameters that are ${expected}.`,
  'key-algorithm-parameters': ({ expected }) => `Write the parameters of the key as ${expected}.`,
  'ec-parameters-not-named': () =>
    'Write the curve by its name (with OpenSSL: openssl ec -param_enc named_curve), and certify that key.',
  'aki-missing': () => 'Add authorityKeyIdentifier with the key identifier of the issuer.',
  'aki-issuer-serial-unpaired': () => 'Leave issuer and serial number out; the key identifier is enough.',
  'ski-missing-in-ca': () => 'Add subjectKeyIdentifier when the CA is renewed.',
  'ski-missing': () => 'Add subjectKeyIdentifier when it is issued next.',
  'aki-ski-differ': () => 'Write the same key identifier in both, or leave authorityKeyIdentifier out.',
  'aki-not-issuer-ski': () =>
    'Issue it again with the issuer’s subjectKeyIdentifier, or use the issuer’s certificate that has the one it names.',
  'key-usage-missing-in-ca': () => 'Add keyUsage with keyCertSign, and cRLSign where it signs lists.',
  'key-usage-empty': () => 'Set the bits that the key is used for, or leave keyUsage out.',
  'encipher-only-without-key-agreement': () => 'Add keyAgreement, or leave the bit out.',
  'policy-repeated': () => 'Name each policy once.',
  'policies-empty': () => 'Name a policy, or leave certificatePolicies out.',
  'any-policy-qualifier': () => 'Leave the qualifier out.',
  'policy-notice-reference': () => 'Leave noticeRef out; the notice can say it in words.',
  'explicit-text-type': () => 'Write the notice as UTF8String.',
  'explicit-text-not-utf8': () => 'Write the notice as UTF8String.',
  'explicit-text-length': () =>
    'Shorten the notice to 200 characters, and give the address of the whole text.',
  'explicit-text-control-characters': () => 'Leave the control characters out of the notice.',
  'policy-mapping-any-policy': () => 'Map one specific policy to another, and leave anyPolicy out.',
  'policy-mappings-empty': () => 'Leave policyMappings out.',
  'policy-mappings-not-critical': () => 'Mark policyMappings critical.',
  'san-empty': () => 'Put a name into subjectAltName, or leave it out.',
  'san-entry-empty': () => 'Leave the empty name out.',
  'san-dns-space': () => 'Leave that name out.',
  'san-email-malformed': () => 'Write the mailbox alone: name@example.com.',
  'san-ip-length': () => 'Write an IPv4 address in 4 octets, an IPv6 address in 16.',
  'san-uri-malformed': () => 'Percent-encode what RFC 3986 does not allow, such as spaces.',
  'san-uri-host': () => 'Name a host by its domain name or its address.',
  'ian-critical': () => 'Do not mark issuerAltName critical.',
  'ian-malformed': () => 'Write the name as its kind asks, or leave issuerAltName out: few programs read it.',
  'subject-directory-attributes-critical': () => 'Do not mark subjectDirectoryAttributes critical.',
  'subject-directory-attributes-empty': () => 'Leave subjectDirectoryAttributes out.',
  'name-constraints-empty': () => 'Permit or exclude names, or leave nameConstraints out.',
  'name-constraints-distance': () => 'Leave minimum and maximum out.',
  'name-constraints-form': () =>
    'Leave constraints of this kind out: programs refuse what they cannot compare.',
  'name-constraints-ip-malformed': () => 'Write address and mask: 8 octets for IPv4, 32 for IPv6.',
  'name-constraints-name-malformed': ({ kind }) => constrained(kind),
  'policy-constraints-empty': () => 'Leave policyConstraints out.',
  'ext-key-usage-empty': () => 'Name the purposes, or leave extKeyUsage out.',
  'distribution-points-empty': ({ extension }) => `Add the address of the lists, or leave ${extension} out.`,
  'distribution-point-reasons-only': () => 'Give the distribution point an address.',
  'distribution-points-not-all-reasons': () => 'Add a distribution point whose list covers all reasons.',
  'distribution-point-crl-issuer': ({ fault }) =>
    fault === 'is-issuer' ? 'Leave cRLIssuer out.' : 'Write cRLIssuer as a distinguished name.',
  'distribution-point-relative-name': () => 'Write the name in full, or give an address.',
  'distribution-point-relative-name-ambiguous': () => 'Write the name in full, or give an address.',
  'distribution-points-no-uri': () => 'Add an http address.',
  'info-access-empty': ({ extension }) => `Leave ${extension} out.`,
  'ca-issuers-no-uri': () => 'Give an http address for the issuer’s certificate.',
  'subject-info-access-method': () => 'Leave the entry out.',
  'san-repeated': () => 'Name it once.',
  'aki-issuer-and-serial': () =>
    'Name the issuer’s key by its key identifier alone (with OpenSSL: authorityKeyIdentifier = keyid).',
  'root-without-common-name': () => 'Give the root a common name if people have to find it there.',
  'self-issued-without-ca': () =>
    `${NOTHING} if this is intended. To issue others with it, make it a CA: basicConstraints with cA.`,
  'validity-never-ends': () =>
    'Choose a date in this century, unless it is the certificate of a device for its whole life.',
  'name-constraints-both-addresses': () =>
    'If Java 17 programs connect, constrain IPv4 and IPv6 in two CAs, or update Java.',
  'subject-very-long': () => 'Shorten the subject to below 1,024 octets.',
  'name-outer-space': () => 'Leave the space out.',
  'name-hidden-characters': () =>
    'Leave the invisible character out, and check what the name was copied from.',
  'name-garbled': ({ fault }) =>
    fault === 'filler'
      ? 'Leave the attribute out, or give it a real value.'
      : 'Write the name as it is read, and save the table or form it comes from as UTF-8.',
  'name-attribute-repeated': () => 'Name it once.',
  'country-not-iso': ({ meant }) =>
    meant === null ? 'Write the two-letter code of ISO 3166, such as DE or US.' : `Write ${meant}.`,
  'access-location-repeated': () => 'Name it once.',
  'cps-address': () => 'Give the whole web address, beginning with https:// or http://.',
  'san-dns-reserved-label': () =>
    'Check the name: such a label is usually a typing mistake, or an A-label that lost its xn.',
  'address-https': () => 'Use plain http instead: what is fetched is itself signed.',
  'issuer-name-not-copied': () =>
    'Copy the issuer’s name octet for octet from the subject of its certificate.',
  'begins-before-issuer': () =>
    'Let it begin no earlier than its issuer; this one becomes valid when its issuer does.',
  'ocsp-signer-without-no-check': () => 'Add id-pkix-ocsp-nocheck, and let it live for weeks, not years.',
  'outlives-tier': ({ tier }) => `Let it end with ${tier}, or renew that CA before then.`,
  'tier-breaks-form': ({ tier }) => `Renew ${tier}.`,
  'tier-revoked': ({ tier }) => `Issue from another CA, or have ${tier} certified again first.`,
  'tier-on-hold': ({ tier }) => `Wait until the hold on ${tier} ends, or issue from another CA.`,
  'possession-unchecked': () =>
    'Have possession proved in another way, or ask for a request with a kind of key that can be checked.',
  'br-key-algorithm': () => `${AGAIN} for an RSA key, or one on P-256, P-384 or P-521.`,
  'br-rsa-size': () => `${AGAIN} for an RSA key of 2,048 bits or more, divisible by 8.`,
  'br-rsa-exponent': () => `${AGAIN} for an RSA key with the exponent 65,537.`,
  'br-signature-algorithm': () => `${AGAIN}, signed with RSA or ECDSA and SHA-256, SHA-384 or SHA-512.`,
  'br-signature-hash-for-curve': ({ expected }) => `Sign it with ${expected}.`,
  'br-version': () => 'Write version 3.',
  'br-unique-id': () => 'Leave the unique identifiers out.',
  'br-serial-short': () => 'Use at least 64 random bits for the serial number.',
  'br-validity-too-long': ({ limit }) => `Let it be valid for at most ${String(limit)} days.`,
  'br-issuer-name-bytes': () => 'Copy the issuer’s name octet for octet from the subject of its certificate.',
  'br-san-missing': () => 'Put the names into subjectAltName.',
  'br-san-critical': () => 'Do not mark subjectAltName critical.',
  'br-san-kind': () => 'Leave names of other kinds out; they belong in a certificate of their own.',
  'br-dns-name': () => 'Write a host name such as www.example.com.',
  'br-internal-name': () => 'Use a public name, or a CA of your own for this one.',
  'br-wildcard-of-top-level': () => 'Name a domain of your own: *.example.com.',
  'br-reserved-address': () => 'Use a public address or a name, or a CA of your own for this one.',
  'br-common-name-repeated': () => 'Keep one common name, or none.',
  'br-common-name-below-wildcard': ({ commonName }) =>
    `Write *.${commonName} as the common name, add ${commonName} to subjectAltName, or leave the common name out.`,
  'br-common-name-not-in-san': () => 'Copy one of the names of subjectAltName, or leave the common name out.',
  'br-eku-missing': () => 'Add extendedKeyUsage with serverAuth.',
  'br-eku-server-auth-missing': () => 'Add serverAuth.',
  'br-eku-any': () => 'Name serverAuth instead of anyExtendedKeyUsage.',
  'br-eku-forbidden': () => 'Leave that purpose out; it belongs in a certificate of its own.',
  'br-eku-critical': () => 'Do not mark extendedKeyUsage critical.',
  'br-eku-in-root': () => 'Leave extendedKeyUsage out of the root; its intermediates have it.',
  'br-ca-eku-forbidden': () => 'Leave that purpose out; it belongs to a CA of its own.',
  'br-target-is-ca': () => 'Issue a certificate for the server below this CA.',
  'br-target-key-usage': ({ bit }) => `Leave ${bit} out.`,
  'br-key-usage-not-critical': () => 'Mark keyUsage critical.',
  'br-ca-key-usage': ({ missing }) => `Add ${missing}.`,
  'br-aki-missing': () => 'Add authorityKeyIdentifier with the key identifier of the issuer.',
  'br-aki-key-identifier-missing': () => 'Add the key identifier of the issuer.',
  'br-aki-issuer-and-serial': () => 'Name the issuer’s key by its key identifier alone.',
  'br-aki-mismatch': () => 'Copy the issuer’s subjectKeyIdentifier.',
  'br-name-constraints-empty': () => 'Permit or exclude names, or leave nameConstraints out.',
  'br-name-constraints-kind': () => 'Leave constraints of that kind out.',
  'br-policy-missing': () =>
    'Name the policy by which the applicant was validated: domain, organization, individual or extended.',
  'br-policy-any': () => 'Name the CA/B Forum’s policy instead of anyPolicy.',
  'br-policy-qualifier': () => 'Leave the qualifier out.',
  'br-address-not-http': () => 'Use plain http instead: what is fetched is itself signed.',
  'crl-issuer-untrusted': () => 'Add the certificates above the signer of that list, or trust its root.',
  'crl-signature-algorithm-mismatch': () => 'Ask the CA for a new list. This one may have been changed.',
  'crl-signature-sha1': () => 'Ask the CA to sign its lists with SHA-256.',
  'crl-critical-extension-unknown': () => 'Ask the CA for a list without it, or for OCSP responses.',
  'crl-entry-critical-extension-unknown': () => 'Ask the CA for a list without it, or for OCSP responses.',
  'crl-version-1': () =>
    'Ask the CA to sign lists of version 2 (with OpenSSL: crl_extensions in the section of the CA). What it names is revoked anyway.',
  'crl-next-update-missing': () =>
    'Ask the CA to add nextUpdate, the time until which its lists are in force.',
  'crl-number-missing': () => 'Ask the CA to number its lists (with OpenSSL: crlnumber).',
  'crl-authority-key-identifier-missing': () =>
    'Ask the CA to name its key in its lists (with OpenSSL: authorityKeyIdentifier = keyid in crl_extensions).',
  'crl-extension-critical': () => 'Ask the CA for a list in which it is not marked critical.',
  'crl-extension-not-critical': () => 'Ask the CA for a list in which it is marked critical.',
  'ocsp-not-yet-valid': () => 'Validate it as of a later date, or check the clock.',
  'ocsp-signature-invalid': () => 'Get the response again: this one was changed, or signed by someone else.',
  'ocsp-signature-sha1': () => 'Ask the CA to sign its responses with SHA-256.',
  'ocsp-responder-not-authorized': () =>
    'Have the responder’s certificate issued by the same CA with the purpose OCSPSigning, or ask the CA itself.',
  'ocsp-critical-extension-unknown': () => 'Ask for a response without it, or for the CA’s list.',
  'signature-unchecked': () => 'Check it with a program that knows the algorithm.',
  'issuer-name-mismatch': () => 'Add the certificate whose subject is that issuer.',
  'name-constraint-unsupported': () =>
    'Have it issued without that name, or the CA certified again without that constraint.',
  'name-constraint-malformed': ({ form }) => constrained(form),
  'constrained-name-malformed': () => 'Have it issued again with the name written as its kind asks.',
  'policy-mapping-any': () => 'Have the CA certified again without the mapping to or from anyPolicy.',
  'extension-unprocessable': () =>
    'Have the certificate issued again by software that writes this extension as its standard says.',
  'key-usage-inconsistent': () =>
    'Have it issued again with a keyUsage that fits the purpose, or ask for another purpose.',
  'key-usage-unusual': () =>
    `${NOTHING} if your programs accept it; otherwise have it issued with the usual bits.`,
  'peer-name-unusable': ({ kind }) =>
    `Ask for a name that is written as a ${kind} name, or for another kind.`,
  'common-name-ignored': () => 'Have it issued again with the name in subjectAltName.',
  'pin-mismatch': () =>
    'Compare the fingerprint with its owner: this is another certificate, or the pin is out of date.',
  'key-identifier-mismatch': () =>
    'Add the issuer’s certificate that has this key. It is often the one before, or after, the CA’s renewal.',
  'authority-serial-mismatch': () =>
    'Have it issued again with the key identifier alone: issuer and serial number break when a CA is renewed.',
  'depth-exceeded': () =>
    `${NOTHING} in the certificate: remove the CAs that it does not need from what you added.`,
  'budget-exhausted': () =>
    `${NOTHING} in the certificate: leave out what does not belong to its chain, and validate it again.`,
}
