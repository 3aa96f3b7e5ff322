import { readable } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.6: an iPAddress has 4 octets, or 16. */
export const sanIpLength: Rule<'san-ip-length'> = {
  code: 'san-ip-length',
  extensions: ['subjectAltName'],
  applies: readable('subjectAltName'),
  check: ({ subjectAltName }) =>
    (subjectAltName ?? []).flatMap((name) =>
      name.kind === 'iPAddress' && name.octets.length !== 4 && name.octets.length !== 16
        ? [{ octets: name.octets.length }]
        : [],
    ),
}
