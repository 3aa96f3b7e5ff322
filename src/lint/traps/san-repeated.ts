import { isTextName } from '../general-names.ts'
import { repeated } from '../facts.ts'
import type { Rule } from '../rule.ts'

/** The same name twice says nothing more, and is mostly a slip. */
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
