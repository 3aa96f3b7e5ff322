import { breaches } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** RFC 7633 §4.2.2: what a CA's own certificate demands of TLS, each certificate that it issues demands too. */
export const tlsFeatureNotInherited: Rule<'tls-feature-not-inherited'> = {
  code: 'tls-feature-not-inherited',
  applies: (_certificate, { issuer }) => (issuer?.tlsFeature ?? null) !== null,
  check: ({ tlsFeature }, { issuer }) =>
    breaches(issuer?.tlsFeature ?? [], (feature) =>
      tlsFeature?.includes(feature) === true ? null : { feature },
    ),
}
