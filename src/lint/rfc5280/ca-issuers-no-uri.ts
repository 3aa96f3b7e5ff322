import { ACCESS_METHOD_OIDS } from '../../x509/oids.ts'
import { uris } from '../general-names.ts'
import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.2.1: one id-ad-caIssuers location should be an HTTP or LDAP URI. */
export const caIssuersNoUri: Rule<'ca-issuers-no-uri'> = {
  code: 'ca-issuers-no-uri',
  extensions: ['authorityInfoAccess'],
  applies: ({ authorityInfoAccess }) =>
    authorityInfoAccess?.some(({ method }) => method === ACCESS_METHOD_OIDS.caIssuers) === true,
  check: ({ authorityInfoAccess }) =>
    breach(
      !(authorityInfoAccess ?? []).some(
        ({ method, location }) =>
          method === ACCESS_METHOD_OIDS.caIssuers &&
          uris([location]).some((uri) => /^(https?|ldaps?):/i.test(uri)),
      ),
    ),
}
