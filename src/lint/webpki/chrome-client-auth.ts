import { EKU_OIDS } from '../../x509/oids.ts'
import { isServer } from '../facts.ts'
import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** From this date on, hierarchies in Chrome's root store serve only TLS servers. */
const FROM = new Date('2026-06-15T00:00:00Z')

/** Chrome Root Program Policy §1.3.2. */
export const chromeClientAuth: Rule<'chrome-client-auth'> = {
  code: 'chrome-client-auth',
  extensions: ['extKeyUsage'],
  applies: (certificate, { place }) =>
    place === 'target' && certificate.notBefore >= FROM && isServer(certificate),
  check: ({ extKeyUsage }) => breach(extKeyUsage?.includes(EKU_OIDS.clientAuth) === true),
}
