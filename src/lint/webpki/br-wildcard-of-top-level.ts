import type { Rule } from '../rule.ts'

/**
 * BR §3.2.2.6: a name such as *.com would cover everything that a registry controls. Longer public suffixes need a list
 * (see docs/baseline-requirements.md).
 */
export const brWildcardOfTopLevel: Rule<'br-wildcard-of-top-level'> = {
  code: 'br-wildcard-of-top-level',
  extensions: ['subjectAltName'],
  applies: ({ subjectAltName }, { place }) => place === 'target' && subjectAltName !== null,
  check: ({ subjectAltName }) =>
    (subjectAltName ?? []).flatMap((name) =>
      name.kind === 'dNSName' && /^\*\.[^.]*$/.test(name.value) ? [{ name: name.value }] : [],
    ),
}
