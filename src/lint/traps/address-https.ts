import type { Certificate } from '../../x509/certificate.ts'
import { uris } from '../general-names.ts'
import type { Rule } from '../rule.ts'

/**
 * RFC 5280 §8: lists, issuers and responders over https: to trust that connection, a program may need what it is about
 * to fetch.
 */
export const addressHttps: Rule<'address-https'> = {
  code: 'address-https',
  extensions: ['cRLDistributionPoints', 'freshestCRL', 'authorityInfoAccess'],
  applies: ({ cRLDistributionPoints, freshestCRL, authorityInfoAccess }) =>
    cRLDistributionPoints !== null || freshestCRL !== null || authorityInfoAccess !== null,
  check: (certificate) =>
    [...new Set(addresses(certificate))]
      .filter((address) => /^https:/i.test(address))
      .map((address) => ({ address })),
}

const addresses = ({ cRLDistributionPoints, freshestCRL, authorityInfoAccess }: Certificate): string[] => [
  ...[...(cRLDistributionPoints ?? []), ...(freshestCRL ?? [])].flatMap(({ fullName }) => uris(fullName)),
  ...uris((authorityInfoAccess ?? []).map(({ location }) => location)),
]
