import { isServer } from '../facts.ts'
import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** A server's names are in subjectAltName; clients no longer look at the common name (RFC 9525 §6.3). */
export const serverWithoutSan: Rule<'server-without-san'> = {
  code: 'server-without-san',
  applies: isServer,
  check: ({ subjectAltName }) =>
    breach(
      !subjectAltName?.some(
        ({ kind }) => kind === 'dNSName' || kind === 'iPAddress' || kind === 'uniformResourceIdentifier',
      ),
    ),
}
