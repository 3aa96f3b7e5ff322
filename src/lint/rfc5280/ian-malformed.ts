import { isMalformedName } from '../general-names.ts'
import { readable } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.7: names in issuerAltName are written as in subjectAltName, and there is at least one. */
export const ianMalformed: Rule<'ian-malformed'> = {
  code: 'ian-malformed',
  extensions: ['issuerAltName'],
  applies: readable('issuerAltName'),
  check: ({ issuerAltName }) =>
    issuerAltName?.length === 0
      ? [{ kind: '', name: '' }]
      : (issuerAltName ?? []).filter(isMalformedName).map((name) => ({
          kind: name.kind,
          name: 'value' in name && typeof name.value === 'string' ? name.value : '',
        })),
}
