import { INFO_ACCESS } from '../distribution-points.ts'
import type { Rule } from '../rule.ts'

/** §4.2.2.1, §4.2.2.2: at least one AccessDescription. */
export const infoAccessEmpty: Rule<'info-access-empty'> = {
  code: 'info-access-empty',
  extensions: ['authorityInfoAccess', 'subjectInfoAccess'],
  applies: ({ authorityInfoAccess, subjectInfoAccess }) =>
    authorityInfoAccess !== null || subjectInfoAccess !== null,
  check: (certificate) =>
    INFO_ACCESS.filter((extension) => certificate[extension]?.length === 0).map((extension) => ({
      extension,
    })),
}
