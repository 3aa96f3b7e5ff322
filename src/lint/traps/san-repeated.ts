import { isTextName } from '../general-names.ts'
import { repeated } from '../facts.ts'
import type { Rule } from '../rule.ts'

/** A repeated name adds nothing, and is usually a mistake. */
export const sanRepeated: Rule<'san-repeated'> = {
  code: 'san-repeated',
  applies: ({ subjectAltName }) => subjectAltName !== null && subjectAltName.length > 1,
  check: ({ subjectAltName }) =>
    repeated(
      (subjectAltName ?? []).flatMap((name) =>
        isTextName(name) ? [`${name.kind} ${name.value.toLowerCase()}`] : [],
      ),
    ).map((key) => {
      const [kind = '', name = ''] = key.split(' ')
      return { kind, name }
    }),
}
