import { EKU_OIDS } from '../../x509/oids.ts'
import { isCa } from '../../x509/roles.ts'
import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/**
 * RFC 6960 §4.2.2.2.1: a CA specifies how a delegated signer's own revocation is checked: not at all (nocheck), or by
 * list or access location.
 */
export const ocspSignerWithoutNoCheck: Rule<'ocsp-signer-without-no-check'> = {
  code: 'ocsp-signer-without-no-check',
  applies: (certificate) =>
    !isCa(certificate) && certificate.extKeyUsage?.includes(EKU_OIDS.OCSPSigning) === true,
  check: ({ ocspNoCheck, cRLDistributionPoints, authorityInfoAccess }) =>
    breach(ocspNoCheck === null && cRLDistributionPoints === null && authorityInfoAccess === null),
}
