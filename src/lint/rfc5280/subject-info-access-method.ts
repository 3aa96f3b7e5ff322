import { EKU_OIDS, ACCESS_METHOD_OIDS } from '../../x509/oids.ts'
import { isCa } from '../../x509/roles.ts'
import { readable } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.2.2: id-ad-caRepository is for a CA, id-ad-timeStamping for a time-stamping service. */
export const subjectInfoAccessMethod: Rule<'subject-info-access-method'> = {
  code: 'subject-info-access-method',
  extensions: ['subjectInfoAccess'],
  applies: readable('subjectInfoAccess'),
  check: (certificate) =>
    (certificate.subjectInfoAccess ?? []).flatMap<{ method: 'caRepository' | 'timeStamping' }>(
      ({ method }) =>
        method === ACCESS_METHOD_OIDS.caRepository && !isCa(certificate)
          ? [{ method: 'caRepository' as const }]
          : method === ACCESS_METHOD_OIDS.timeStamping &&
              certificate.extKeyUsage?.includes(EKU_OIDS.timeStamping) === false
            ? [{ method: 'timeStamping' as const }]
            : [],
    ),
}
