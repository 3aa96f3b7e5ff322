import { breach, readable } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** BR §7.1.2.5.2: directoryName is NOT RECOMMENDED in excludedSubtrees. */
export const brNameConstraintsDirectoryExcluded: Rule<'br-name-constraints-directory-excluded'> = {
  code: 'br-name-constraints-directory-excluded',
  extensions: ['nameConstraints'],
  applies: readable('nameConstraints'),
  check: ({ nameConstraints }) =>
    breach(nameConstraints?.excluded?.some(({ base }) => base.kind === 'directoryName') === true),
}
