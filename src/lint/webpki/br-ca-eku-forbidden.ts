import {
  ANY_EXTENDED_KEY_USAGE,
  CODE_SIGNING,
  EMAIL_PROTECTION,
  OCSP_SIGNING,
  SERVER_AUTH,
  TIME_STAMPING,
} from './eku.ts'
import type { Rule } from '../rule.ts'

const FORBIDDEN = [CODE_SIGNING, EMAIL_PROTECTION, TIME_STAMPING, OCSP_SIGNING, ANY_EXTENDED_KEY_USAGE]

/**
 * BR §7.1.2.10.6: a CA for servers does not serve other purposes; anyExtendedKeyUsage (§7.1.2.2.4) is the only purpose
 * if present.
 */
export const brCaEkuForbidden: Rule<'br-ca-eku-forbidden'> = {
  code: 'br-ca-eku-forbidden',
  extensions: ['extKeyUsage'],
  applies: ({ extKeyUsage }, { place }) => place === 'ca' && extKeyUsage !== null && extKeyUsage.length > 1,
  check: ({ extKeyUsage }) => {
    const forbidden = extKeyUsage?.includes(SERVER_AUTH) === true ? FORBIDDEN : [ANY_EXTENDED_KEY_USAGE]
    return forbidden.filter((oid) => extKeyUsage?.includes(oid)).map((oid) => ({ oid }))
  },
}
