import type { DifferenceCode, Opinion } from '../../../validate/survey/others.ts'
import type { Program } from '../../../validate/survey/programs.ts'

/** What other programs decide in the same case. */
export const others: {
  readonly title: string
  readonly lead: string
  readonly columns: Readonly<Record<'program' | 'verdict' | 'why', string>>
  readonly source: string
  /** What the program itself says. */
  readonly said: (words: string) => string
  readonly programs: Readonly<Record<Program, string>>
  readonly verdicts: Readonly<Record<Opinion['verdict'], string>>
  /** The version that tests ran. */
  readonly seen: (version: string) => string
  readonly reasons: Readonly<Record<DifferenceCode, string>>
} = {
  title: 'Would others accept it?',
  lead: 'How other programs decide the same question. Our tests run the first five; the others are as their makers publish.',
  columns: { program: 'Program', verdict: 'Verdict', why: 'Why' },
  source: 'Source:',
  said: (words) => `Its own words: “${words}”`,
  programs: {
    openssl: 'OpenSSL 3',
    go: 'Go',
    java: 'Java',
    gnutls: 'GnuTLS',
    nss: 'NSS',
    chrome: 'Chrome, Android',
    apple: 'Apple',
    windows: 'Windows',
  },
  verdicts: {
    accepts: 'accepts it',
    refuses: 'refuses it',
    unknown: 'not known',
  },
  seen: (version) => `seen with ${version}`,
  reasons: {
    'servers-only':
      'Differences are known only for certificates of TLS servers, and another purpose is asked for.',
    'not-judged-here': 'It could not be checked here, so there is nothing to compare with.',
    'not-known': 'How it treats this was not tested.',
    'form-not-tried': 'How it treats a chain of this form was not tested.',
    'critical-not-known': 'It does not know an extension that is critical here, and refuses it.',
    'critical-not-tried': 'How it treats an extension that is critical here was not tested.',
    'relative-point-name': 'It cannot read a distribution point whose name is relative to its issuer’s.',
    'string-type-unknown': 'It cannot read a string in one of the names.',
    'names-not-ascii': 'It cannot read a name in subjectAltName that is not in ASCII.',
    'names-not-tried': 'How it treats names of a form that is used here was not tested.',
    'names-unread-together':
      'If it cannot read one name, it may ignore the other names in subjectAltName, and one of them is asked for.',
    'key-usage-of-none': 'It treats a keyUsage without any bit as absent.',
    'key-not-tried': 'How it treats a key like one of these was not tested.',
    'self-issued-counts': 'It counts certificates that a CA issued to itself in the length of the path.',
    'anchor-not-its-own-issuer': 'The anchor does not look self-signed; it needs -partial_chain for that.',
    'same-serial':
      'Two certificates of one issuer have the same serial number, by which it tells them apart.',
    'many-comparisons': 'It may give up on so many names under so many constraints.',
    'usage-of-purpose': 'The keyUsage of the last certificate does not fit the purpose.',
    'purpose-not-asked': 'It cannot be asked this question; it has purposes of its own.',
    'host-constraints-differ': 'It interprets constraints on mailboxes and addresses in its own way.',
    'leading-dot-is-below': 'It reads a constraint with a leading dot as excluding the domain itself.',
    'subject-mailbox-constrained': 'It may apply the constraints to the mailbox in the subject too.',
    'name-asked-in-letters': 'It rewrites a name like the one asked for before it compares it.',
    'several-paths': 'More than one path was found; which it takes depends on what it is given.',
    'refuses-too': 'It refuses this too.',
    'wildcard-not-within':
      'It refuses a wildcard for a constraint on a whole domain, not for one on a single name that it covers.',
    'mailbox-in-any-case': 'It ignores case in a mailbox.',
    'address-families-apart':
      'It reads a constraint on IP addresses of one version as saying nothing about the other.',
    'empty-constraint-unread': 'It cannot read an empty constraint on host names, and stops.',
    'day-of-grace': 'It accepts a certificate up to a day before it begins.',
    'policies-not-judged': 'It does not check certificate policies.',
    'authority-serial':
      'The authority key identifier names another certificate of the issuer by its serial number; it looks for that one.',
    'wildcard-of-one-label': 'It does not accept a wildcard directly below a top-level domain.',
    'common-name-is-constrained':
      'It may apply the constraints on host names to the common name, as there is no name in subjectAltName.',
    'pss-key-unknown': 'It cannot verify with a key that is only for RSASSA-PSS.',
    'other-names-critical': 'It knows no name in the critical subjectAltName, and refuses it.',
    'time-stamping-alone':
      'It requires extendedKeyUsage to be critical, with time stamping and nothing else.',
    'lists-required':
      'Proof that nothing is revoked is required here; whether it finds any depends on its settings.',
    'anchor-is-name-and-key':
      'It uses only the name and the key of an anchor, not the rest of its certificate.',
    'expired-anchor-near': 'It does not check an anchor’s dates if the anchor itself issued the certificate.',
    'critical-in-anchor': 'It ignores an unknown critical extension in an anchor.',
    'usage-of-anchor': 'It does not check which purposes an anchor names.',
    'usage-not-nested': 'It checks the purposes of the last certificate, not of the CAs above it.',
    'usage-of-tls-is-one': 'It accepts a CA for TLS clients for TLS servers too.',
    'key-identifier-is-hint':
      'It uses the authority key identifier to search, and does not refuse one that differs.',
    'common-name-counts': 'It falls back on the common name if there are no names in subjectAltName.',
    'name-asked-elsewhere':
      'It validates the chain; the program that uses it checks the name and refuses only for that.',
    'name-kind-not-asked': 'It cannot be asked for a name of this kind.',
    'policies-only-when-asked': 'It checks certificate policies only if asked to.',
    'directory-constraints-not-judged': 'It ignores which directory names a CA permits.',
    'key-usage-of-target-not-asked': 'It does not check the last certificate’s keyUsage against its purpose.',
    'sha1-taken': 'It still accepts SHA-1 from a CA of your own.',
    'sha1-of-private-roots':
      'It refuses SHA-1 below the roots of its own program, and accepts it below yours.',
    'negative-serial': 'Up to 1.22 it accepts a negative serial number; from 1.23 on it refuses one.',
    'binds-the-issuer': 'The rule is for the issuer; it does not check it.',
    'no-revocation': 'It does not check whether a certificate is revoked.',
    'revocation-apart': 'Whether it checks revocation depends on its settings, and on the lists it has.',
    'responses-not-taken':
      'Its command that checks a chain takes no OCSP response; it would learn of this from a revocation list.',
    'form-differs': 'Programs and their settings differ in this; how it treats this case was not tested.',
    'pin-is-ours': 'It does not check the fingerprint that is expected here.',
    'names-by-octets':
      'It compares names octet by octet; issuer and subject here are equal only by RFC 5280 §7.1.',
    'names-by-letter': 'It compares names case-sensitively.',
    'partial-chain': 'The anchor is not self-signed; it needs -partial_chain for that.',
    'anchor-not-a-ca': 'The anchor does not say in basicConstraints that it is a CA.',
    'target-is-ca': 'It does not accept a CA certificate for a server.',
    'any-usage-not-enough': 'anyExtendedKeyUsage is not enough; it requires the purpose itself.',
    'usage-nested': 'It lets the purposes of a CA narrow what is below; that is not asked for here.',
    'key-encipherment-for-rsa': 'It requires keyEncipherment in the keyUsage of a server with an RSA key.',
    'sha1-refused': 'It refuses signatures with SHA-1.',
    'small-rsa': 'It refuses RSA keys below 1,024 bits.',
    'small-rsa-by-version': 'From 1.24 on it refuses RSA keys below 1,024 bits.',
    'apple-rsa-2048': 'It requires RSA keys of at least 2,048 bits.',
    'apple-825-days':
      'It refuses a server certificate that is valid for more than 825 days, from any issuer.',
    'apple-server-usage':
      'It requires the purpose of a TLS server named in extendedKeyUsage of what was issued since July 2019.',
    'apple-san': 'It requires the name in subjectAltName.',
    'days-for-public-roots':
      'Below a root that came with it, it may refuse a validity this long: over 398 days, and by the CA/B Forum’s rules over 200 from March 2026 on. Below a root of your own it does not check.',
    'ed25519-in-browsers': 'It accepts no server certificates with Ed25519.',
    'ed25519-not-tried':
      'Browsers are said to refuse server certificates with Ed25519; that was not tested for this one.',
    'ed25519-unknown': 'It does not know Ed25519 in certificates.',
    'p521-in-chrome': 'It does not offer P-521 signatures in the handshake.',
    'ml-dsa-by-version': 'Only its newest versions know ML-DSA; older ones refuse it.',
    'ml-dsa-unknown': 'It is not known to accept ML-DSA in certificates; the versions tried refuse it.',
    'policy-extensions-by-version':
      'Before 1.24 it knows no policy constraints or mappings, and refuses them as critical.',
    'policy-extensions-unknown': 'It knows no policy constraints or mappings, and refuses them as critical.',
    'constraint-form-unknown': 'It does not know name constraints of this form, and refuses them.',
  },
}
