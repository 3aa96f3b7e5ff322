import { hasDistributionPoints, distributionPoints } from '../distribution-points.ts'
import { uris, isFaultyLdapUri } from '../general-names.ts'
import { uriFault } from '../name-syntax.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.13: addresses of lists are absolute URIs; an LDAP URI has a dn and a single attribute. */
export const distributionPointUri: Rule<'distribution-point-uri'> = {
  code: 'distribution-point-uri',
  applies: hasDistributionPoints,
  check: (certificate) =>
    distributionPoints(certificate)
      .flatMap(({ fullName }) => uris(fullName))
      .filter((uri) => uriFault(uri) !== null || isFaultyLdapUri(uri))
      .map((uri) => ({ uri })),
}
