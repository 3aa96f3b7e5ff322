import { breaches } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** RFC 7633 §4.2.2: the TLS features that a CA's own certificate requires, each certificate it issues requires too. */
export const tlsFeatureNotInherited: Rule<'tls-feature-not-inherited'> = {
  code: 'tls-feature-not-inherited',
  applies: (_certificate, { issuer }) => (issuer?.tlsFeature ?? null) !== null,
  check: ({ tlsFeature }, { issuer }) =>
    breaches(issuer?.tlsFeature ?? [], (feature) =>
      tlsFeature?.includes(feature) === true ? null : { feature },
    ),
}
