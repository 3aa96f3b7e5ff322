/** Where a run differs from what the lab says that this program did, and why that is known. */
export interface Disagreement {
  readonly scenarios: readonly string[]
  readonly programs: readonly string[]
  readonly why: string
}

export const DISAGREEMENTS: readonly Disagreement[] = [
  {
    scenarios: ['client-certificate-trusted', 'server-certificate-trusted'],
    programs: ['gnutls'],
    why: 'when it was measured, the trusted certificate was sent alone. Here its CA is sent too, and GnuTLS looks for that CA in the bundle.',
  },
  {
    scenarios: ['server-intermediate-missing'],
    programs: ['nss'],
    why: 'when it was measured, the issuing CA was in its database, because its own certificate came with it. Here its own is of another CA.',
  },
  {
    scenarios: ['server-valid-in-an-hour'],
    programs: ['nss'],
    why: 'it takes a certificate a day before it is valid. The measurement was of one that was further away.',
  },
  {
    scenarios: ['server-key-usage-without-signature'],
    programs: ['openssl', 'go', 'java', 'gnutls', 'nss', 'node20', 'node26', 'python', 'curl'],
    why: 'the probe’s own library does not present such a certificate in TLS 1.2. In TLS 1.3 they agree.',
  },
]
