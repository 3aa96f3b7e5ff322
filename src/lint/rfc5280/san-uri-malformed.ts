import { readableIa5 } from '../../x509/general-name-text.ts'
import { faultyUris } from '../general-names.ts'
import { readable } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.6: a URI follows the syntax and encoding of RFC 3986. */
export const sanUriMalformed: Rule<'san-uri-malformed'> = {
  code: 'san-uri-malformed',
  extensions: ['subjectAltName'],
  applies: readable('subjectAltName'),
  check: ({ subjectAltName }) =>
    faultyUris(subjectAltName, 'syntax').map((name) => ({ name: readableIa5(name) })),
}
