import { uris } from '../general-names.ts'
import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.13: at least one distribution point should have an LDAP or HTTP URI. */
export const distributionPointsNoUri: Rule<'distribution-points-no-uri'> = {
  code: 'distribution-points-no-uri',
  extensions: ['cRLDistributionPoints'],
  applies: ({ cRLDistributionPoints }) =>
    cRLDistributionPoints !== null && cRLDistributionPoints.some(({ fullName }) => fullName !== null),
  check: (certificate) =>
    breach(
      !(certificate.cRLDistributionPoints ?? []).some(({ fullName }) =>
        uris(fullName).some((uri) => /^(https?|ldaps?):/i.test(uri)),
      ),
    ),
}
