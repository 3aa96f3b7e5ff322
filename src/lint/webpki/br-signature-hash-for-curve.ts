import type { Rule } from '../rule.ts'
import { ALGORITHM_OIDS } from '../../x509/oids.ts'

const ECDSA: Readonly<Record<string, string>> = {
  [ALGORITHM_OIDS['ecdsa-with-SHA256']]: 'SHA-256',
  [ALGORITHM_OIDS['ecdsa-with-SHA384']]: 'SHA-384',
  [ALGORITHM_OIDS['ecdsa-with-SHA512']]: 'SHA-512',
}
const EXPECTED: Readonly<Record<string, string>> = { p256: 'SHA-256', p384: 'SHA-384', p521: 'SHA-512' }

/** BR §7.1.3.2.2: a P-256 key signs with SHA-256, P-384 with SHA-384, P-521 with SHA-512. */
export const brSignatureHashForCurve: Rule<'br-signature-hash-for-curve'> = {
  code: 'br-signature-hash-for-curve',
  applies: ({ signature }, { issuer }) => signature.oid in ECDSA && issuer !== null,
  check: ({ signature }, { issuer }) => {
    const expected = EXPECTED[issuer?.spki.keyType ?? '']
    return expected === undefined || ECDSA[signature.oid] === expected ? [] : [{ expected }]
  },
}
