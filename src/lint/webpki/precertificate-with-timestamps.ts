import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** RFC 6962 §3.1: a precertificate is what logs answer with a timestamp; it cannot hold theirs. */
export const precertificateWithTimestamps: Rule<'precertificate-with-timestamps'> = {
  code: 'precertificate-with-timestamps',
  extensions: ['precertificatePoison'],
  applies: ({ precertificatePoison }) => precertificatePoison !== null,
  check: ({ signedCertificateTimestamps }) => breach(signedCertificateTimestamps !== null),
}
