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

/** BR §7.1.2.10.6: a CA for servers does not serve other purposes. */
export const brCaEkuForbidden: Rule<'br-ca-eku-forbidden'> = {
  code: 'br-ca-eku-forbidden',
  extensions: ['extKeyUsage'],
  applies: ({ extKeyUsage }, { place }) => place === 'ca' && extKeyUsage?.includes(SERVER_AUTH) === true,
  check: ({ extKeyUsage }) => FORBIDDEN.filter((oid) => extKeyUsage?.includes(oid)).map((oid) => ({ oid })),
}
