import type { DifferenceCode, Opinion } from '../../../validate/survey/others.ts'
import type { Program } from '../../../validate/survey/programs.ts'

/** What other programs would say to the same question. */
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
  lead: 'How other programs answer the same question. The first five are run by our tests; of the others, what their makers publish.',
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
      'Differences are known for certificates of TLS servers alone, and another purpose is asked for.',
    'not-judged-here': 'It could not be checked here, so there is nothing to compare with.',
    'not-known': 'Nobody here has seen how it takes this.',
    'form-not-tried': 'Nobody here has seen how it takes a chain of this form.',
    'critical-not-known': 'It does not know an extension that is critical here, and refuses it.',
    'critical-not-tried': 'Nobody here has seen how it takes an extension that is critical here.',
    'relative-point-name': 'It cannot read a distribution point whose name is relative to its issuer’s.',
    'string-type-unknown': 'It cannot read a string in one of the names.',
    'names-not-ascii': 'It cannot read a name in subjectAltName that is not in ASCII.',
    'names-not-tried': 'Nobody here has seen how it takes names of a form that stands here.',
    'names-unread-together':
      'A name that it cannot read may cost it the other names in subjectAltName, and one of them is asked for.',
    'key-usage-of-none': 'To it a keyUsage without any bit is no keyUsage.',
    'key-not-tried': 'Nobody here has seen how it takes a key like one of these.',
    'self-issued-counts':
      'To it certificates that an authority issued to itself count in the length of the path.',
    'anchor-not-its-own-issuer':
      'The anchor does not look as if it had signed itself; it wants -partial_chain for that.',
    'same-serial': 'Two certificates of one issuer have one serial number, and it tells them apart by that.',
    'many-comparisons': 'It may give up on so many names under so many constraints.',
    'usage-of-purpose': 'The keyUsage of the last certificate does not fit the purpose.',
    'purpose-not-asked': 'It cannot be asked this question; it has purposes of its own.',
    'host-constraints-differ': 'It has a view of its own of constraints on mailboxes and addresses.',
    'leading-dot-is-below': 'To it a constraint with a leading dot leaves out the domain itself.',
    'subject-mailbox-constrained': 'It may hold the mailbox in the subject against the constraints too.',
    'name-asked-in-letters': 'It rewrites a name like the one asked for before it compares it.',
    'several-paths': 'More than one path was come across; which it takes depends on what it is given.',
    'refuses-too': 'It refuses this too.',
    'wildcard-not-within':
      'It refuses a wildcard for a constraint on a whole domain, not for one on a single name that it covers.',
    'mailbox-in-any-case': 'It takes upper and lower case in a mailbox for the same.',
    'address-families-apart':
      'To it a constraint on addresses of one version of IP says nothing about those of the other.',
    'empty-constraint-unread': 'It cannot read a constraint on host names that is empty, and breaks off.',
    'day-of-grace': 'It takes a certificate up to a day before its time.',
    'policies-not-judged': 'It does not judge certificate policies.',
    'authority-serial':
      'The authority key identifier names another certificate of the issuer by its serial number; it looks for that one.',
    'wildcard-of-one-label': 'It does not take a wildcard directly below a top-level domain.',
    'common-name-is-constrained':
      'It may hold the common name against the constraints on host names, as there is no name in subjectAltName.',
    'pss-key-unknown': 'It cannot verify with a key that is for RSASSA-PSS alone.',
    'other-names-critical': 'It knows no name in the critical subjectAltName, and refuses it.',
    'time-stamping-alone': 'It wants extendedKeyUsage critical, with time stamping and nothing else.',
    'lists-required':
      'Proof that nothing is revoked is required here; whether it finds any depends on how it is set.',
    'anchor-is-name-and-key':
      'To it an anchor is a name and a key; what else the anchor’s certificate says is not asked.',
    'expired-anchor-near':
      'It does not ask an anchor for its dates, if the anchor itself issued the certificate.',
    'critical-in-anchor': 'It does not mind an unknown critical extension in an anchor.',
    'usage-of-anchor': 'It does not ask what purposes an anchor names.',
    'usage-not-nested': 'It asks the last certificate for its purposes, and not the authorities above.',
    'usage-of-tls-is-one': 'To it an authority for TLS clients is one for TLS servers too.',
    'key-identifier-is-hint':
      'It uses the authority key identifier to search, and does not refuse one that differs.',
    'common-name-counts': 'It falls back on the common name where there are no names in subjectAltName.',
    'name-asked-elsewhere':
      'It judges the chain; the program that uses it asks for the name, and falls by the name alone.',
    'name-kind-not-asked': 'It cannot be asked for a name of this kind.',
    'policies-only-when-asked': 'It judges certificate policies only when told to.',
    'directory-constraints-not-judged': 'It passes over what an authority permits among directory names.',
    'key-usage-of-target-not-asked': 'It does not hold the last certificate’s keyUsage against its purpose.',
    'sha1-taken': 'It still takes SHA-1 from an authority of your own.',
    'sha1-of-private-roots': 'It refuses SHA-1 below the roots of its own program, and takes it below yours.',
    'negative-serial': 'Up to 1.22 it takes a negative serial number; from 1.23 on it refuses one.',
    'binds-the-issuer': 'The rule binds who issues; it does not check it.',
    'no-revocation': 'It does not ask whether a certificate is revoked.',
    'revocation-apart': 'Whether it asks for revocation depends on how it is set, and on the lists it has.',
    'responses-not-taken':
      'Its command that checks a chain takes no OCSP response; it would hear of this by a revocation list.',
    'form-differs': 'Programs and their settings differ in this; how it takes it here was not seen.',
    'pin-is-ours': 'It is not asked for the fingerprint that is expected here.',
    'names-by-octets':
      'It compares names octet by octet; issuer and subject here are equal only by RFC 5280 §7.1.',
    'names-by-letter': 'It takes upper and lower case in a name for different letters.',
    'partial-chain': 'The anchor does not sign itself; it wants -partial_chain for that.',
    'anchor-not-a-ca': 'The anchor does not say in basicConstraints that it is an authority.',
    'target-is-ca': 'It takes an authority’s certificate for no server.',
    'any-usage-not-enough': 'anyExtendedKeyUsage will not do; it wants the purpose itself.',
    'usage-nested':
      'To it the purposes of an authority narrow what is below; that is left out of the question here.',
    'key-encipherment-for-rsa': 'It wants keyEncipherment in the keyUsage of a server with an RSA key.',
    'sha1-refused': 'It refuses signatures with SHA-1.',
    'small-rsa': 'It refuses RSA keys below 1,024 bits.',
    'small-rsa-by-version': 'From 1.24 on it refuses RSA keys below 1,024 bits.',
    'apple-rsa-2048': 'It wants RSA keys of at least 2,048 bits.',
    'apple-825-days':
      'It refuses a server certificate that is valid for more than 825 days, whoever issued it.',
    'apple-server-usage':
      'It wants the purpose of a TLS server named in extendedKeyUsage of what was issued since July 2019.',
    'apple-san': 'It wants the name in subjectAltName.',
    'days-for-public-roots':
      'Below a root that came with it, it may refuse a validity this long: over 398 days, and by the CA/B Forum’s rules over 200 from March 2026 on. Below a root of your own it does not ask.',
    'ed25519-in-browsers': 'It takes no server certificates with Ed25519.',
    'ed25519-not-tried':
      'Browsers take no server certificates with Ed25519, it is said; nobody here has found that out for this one.',
    'ed25519-unknown': 'It does not know Ed25519 in certificates.',
    'p521-in-chrome': 'It does not offer P-521 signatures in the handshake.',
    'ml-dsa-by-version': 'Only its newest versions know ML-DSA; older ones refuse it.',
    'ml-dsa-unknown': 'It is not known to take ML-DSA in certificates; the versions tried refuse it.',
    'policy-extensions-by-version':
      'Before 1.24 it knows no policy constraints or mappings, and refuses them as critical.',
    'policy-extensions-unknown': 'It knows no policy constraints or mappings, and refuses them as critical.',
    'constraint-form-unknown': 'It does not know name constraints of this form, and refuses them.',
  },
}
