import { EKU_OIDS } from '../../x509/oids.ts'
import { isCa } from '../../x509/roles.ts'
import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/**
 * Many verifiers restrict everything below a CA to the CA's own extKeyUsage: with serverAuth alone, its client
 * certificates fail.
 */
export const intermediateEkuWithoutClient: Rule<'intermediate-eku-without-client'> = {
  code: 'intermediate-eku-without-client',
  applies: (certificate) => isCa(certificate) && certificate.extKeyUsage !== null,
  check: ({ extKeyUsage }) =>
    breach(
      extKeyUsage?.includes(EKU_OIDS.serverAuth) === true &&
        !extKeyUsage.includes(EKU_OIDS.clientAuth) &&
        !extKeyUsage.includes(EKU_OIDS.anyExtendedKeyUsage),
    ),
}
