import { faultyUris } from '../general-names.ts'
import { readable } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.6: a URI with an authority has a fully qualified domain name or an IP address as its host. */
export const sanUriHost: Rule<'san-uri-host'> = {
  code: 'san-uri-host',
  extensions: ['subjectAltName'],
  applies: readable('subjectAltName'),
  check: ({ subjectAltName }) => faultyUris(subjectAltName, 'host').map((name) => ({ name })),
}
