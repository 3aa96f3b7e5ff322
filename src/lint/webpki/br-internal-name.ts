import type { Rule } from '../rule.ts'

/** BR §4.2.2: no internal names. A single label is certainly one; others need the list of top-level domains. */
export const brInternalName: Rule<'br-internal-name'> = {
  code: 'br-internal-name',
  extensions: ['subjectAltName'],
  applies: ({ subjectAltName }, { place }) => place === 'target' && subjectAltName !== null,
  check: ({ subjectAltName }) =>
    (subjectAltName ?? []).flatMap((name) =>
      name.kind === 'dNSName' && /^[^.*]+$/.test(name.value) ? [{ name: name.value }] : [],
    ),
}
