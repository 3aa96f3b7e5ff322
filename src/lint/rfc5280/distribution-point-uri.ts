import { hasDistributionPoints, distributionPoints } from '../distribution-points.ts'
import { isFaultyLocation, uris } from '../general-names.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.13: addresses of lists are absolute URIs; an LDAP URI has a dn and a single attribute. */
export const distributionPointUri: Rule<'distribution-point-uri'> = {
  code: 'distribution-point-uri',
  extensions: ['cRLDistributionPoints', 'freshestCRL'],
  applies: hasDistributionPoints,
  check: (certificate) =>
    distributionPoints(certificate)
      .flatMap(({ fullName }) => uris(fullName))
      .filter(isFaultyLocation)
      .map((uri) => ({ uri })),
}
