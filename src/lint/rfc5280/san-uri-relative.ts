import { faultyUris } from '../general-names.ts'
import { readable } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.6: a URI is not relative: it has a scheme and a scheme-specific part. */
export const sanUriRelative: Rule<'san-uri-relative'> = {
  code: 'san-uri-relative',
  extensions: ['subjectAltName'],
  applies: readable('subjectAltName'),
  check: ({ subjectAltName }) => faultyUris(subjectAltName, 'relative').map((name) => ({ name })),
}
