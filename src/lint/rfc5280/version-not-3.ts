import type { Rule } from '../rule.ts'

/** §4.1.2.1, §4.1.2.9: extensions occur only in version 3. */
export const versionNot3: Rule<'version-not-3'> = {
  code: 'version-not-3',
  applies: ({ extensions }) => extensions.length > 0,
  check: ({ version }) => (version === 3 ? [] : [{ version }]),
}
