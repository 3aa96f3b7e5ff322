import { isFaultyLocation, uris } from '../general-names.ts'
import type { Rule } from '../rule.ts'

/** §4.2.2.1, §4.2.2.2: access locations are absolute URIs; an LDAP URI has a dn and names attributes. */
export const accessLocationUri: Rule<'access-location-uri'> = {
  code: 'access-location-uri',
  extensions: ['authorityInfoAccess', 'subjectInfoAccess'],
  applies: ({ authorityInfoAccess, subjectInfoAccess }) =>
    authorityInfoAccess !== null || subjectInfoAccess !== null,
  check: ({ authorityInfoAccess, subjectInfoAccess }) =>
    [...(authorityInfoAccess ?? []), ...(subjectInfoAccess ?? [])]
      .flatMap(({ location }) => uris([location]))
      .filter(isFaultyLocation)
      .map((uri) => ({ uri })),
}
