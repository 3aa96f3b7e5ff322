import type { Rule } from '../rule.ts'

/** BR §7.1.2.7.12: dNSName and iPAddress, no other form of name. */
export const brSanKind: Rule<'br-san-kind'> = {
  code: 'br-san-kind',
  extensions: ['subjectAltName'],
  applies: ({ subjectAltName }, { place }) => place === 'target' && subjectAltName !== null,
  check: ({ subjectAltName }) =>
    (subjectAltName ?? [])
      .filter(({ kind }) => kind !== 'dNSName' && kind !== 'iPAddress')
      .map(({ kind }) => ({ kind })),
}
