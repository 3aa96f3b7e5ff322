import type { PeerName } from '../../support/peers/peers.ts'

/** Where a program validates otherwise than we do, and by which rule. `breaks` names the chains; each must be met. */
export interface Disagreement {
  readonly peers: readonly PeerName[]
  readonly breaks: readonly string[]
  /** Whether we accept where the program refuses, or the other way. */
  readonly ours: 'accepted' | 'refused'
  readonly reason: string
}

export const DISAGREEMENTS: readonly Disagreement[] = [
  {
    peers: ['openssl', 'certtool', 'nss', 'node'],
    breaks: ['target-other-authority-key-identifier'],
    ours: 'accepted',
    reason:
      'RFC 5280 §6 asks no key identifier, so it is a fault of form (§4.2.1.1) and no refusal; that these programs find no issuer then is told beside the verdict. Java and Go accept',
  },
  {
    peers: ['openssl', 'certtool', 'java', 'node', 'nss'],
    breaks: ['host-in-common-name-only'],
    ours: 'refused',
    reason:
      'RFC 9525 §2 has names in subjectAltName alone; these still fall back to the common name, or ask no name',
  },
  {
    peers: ['nss'],
    breaks: ['host-other', 'host-below', 'host-wildcard-two-deep'],
    ours: 'refused',
    reason: 'vfychain validates the chain and asks for no host name; the program that links NSS does',
  },
  {
    peers: ['openssl'],
    breaks: ['policy-required'],
    ours: 'refused',
    reason: 'OpenSSL validates certificate policies (RFC 5280 §6.1.5(g)) only when asked to by -policy_check',
  },
  {
    peers: ['certtool', 'go'],
    breaks: ['policy-required-and-met'],
    ours: 'accepted',
    reason:
      'GnuTLS and Go know no policyConstraints: critical as RFC 5280 §4.2.1.11 demands it, they refuse the extension itself',
  },
  {
    peers: ['openssl', 'nss'],
    breaks: ['target-any-usage'],
    ours: 'accepted',
    reason:
      'RFC 5280 §4.2.1.12 leaves it to the application whether anyExtendedKeyUsage will do for TLS; OpenSSL and NSS want the purpose itself',
  },
  {
    peers: ['nss'],
    breaks: ['target-is-ca'],
    ours: 'accepted',
    reason: 'NSS takes a certificate with cA for an authority and no TLS server; RFC 5280 has no such rule',
  },
  {
    peers: ['nss', 'java'],
    breaks: ['ca-other-usage'],
    ours: 'refused',
    reason:
      'extendedKeyUsage of an authority narrows what is below for OpenSSL, GnuTLS, Go and us; libpkix and Java look at the target alone, as RFC 5280 §6.1 does',
  },
  {
    peers: ['java'],
    breaks: ['root-path-len', 'root-name-not-permitted'],
    ours: 'refused',
    reason:
      'To Java an anchor is a name and a key (RFC 5280 §6.1.1(d)); what its certificate says (RFC 5937) is not asked',
  },
  {
    peers: ['java'],
    breaks: ['root-expired'],
    ours: 'refused',
    reason:
      'Java does not ask an anchor for its validity, but leaves an expired one out where it looks for the issuer of an intermediate',
  },
  {
    peers: ['node'],
    breaks: [
      ...['target-expired', 'target-not-yet-valid', 'ca-expired', 'ca-not-yet-valid', 'root-expired'],
      ...['ca-false', 'ca-without-basic-constraints', 'ca-version-1', 'path-len', 'root-path-len'],
      ...['target-other-usage', 'ca-other-usage', 'target-unknown-critical', 'ca-unknown-critical'],
      ...['name-not-permitted', 'name-excluded', 'root-name-not-permitted', 'policy-required'],
    ],
    ours: 'refused',
    reason:
      'X509Certificate of Node tells issuer, signature and host of one certificate; it walks no path by RFC 5280 §6',
  },
]
