import { EKU_OIDS } from '../../x509/oids.ts'
import type { Rule } from '../rule.ts'

const FORBIDDEN = [
  EKU_OIDS.codeSigning,
  EKU_OIDS.emailProtection,
  EKU_OIDS.timeStamping,
  EKU_OIDS.OCSPSigning,
  EKU_OIDS.anyExtendedKeyUsage,
]

/**
 * BR §7.1.2.10.6: a CA for servers does not serve other purposes; anyExtendedKeyUsage (§7.1.2.2.4) is the only purpose
 * if present.
 */
export const brCaEkuForbidden: Rule<'br-ca-eku-forbidden'> = {
  code: 'br-ca-eku-forbidden',
  extensions: ['extKeyUsage'],
  applies: ({ extKeyUsage }, { place }) => place === 'ca' && extKeyUsage !== null && extKeyUsage.length > 1,
  check: ({ extKeyUsage }) => {
    const forbidden =
      extKeyUsage?.includes(EKU_OIDS.serverAuth) === true ? FORBIDDEN : [EKU_OIDS.anyExtendedKeyUsage]
    return forbidden.filter((oid) => extKeyUsage?.includes(oid)).map((oid) => ({ oid }))
  },
}
