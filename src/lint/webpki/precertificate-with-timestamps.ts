import { breach, readable } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** RFC 6962 §3.1: a precertificate is submitted to logs, which return a timestamp; it cannot contain theirs. */
export const precertificateWithTimestamps: Rule<'precertificate-with-timestamps'> = {
  code: 'precertificate-with-timestamps',
  extensions: ['precertificatePoison'],
  applies: readable('precertificatePoison'),
  check: ({ signedCertificateTimestamps }) => breach(signedCertificateTimestamps !== null),
}
