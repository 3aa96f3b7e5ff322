import { ATTRIBUTE_OIDS } from '../../x509/oids.ts'
import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'
import { subjectAttributes } from './kinds.ts'

/** Ballot SC47: for certificates issued from this date on. */
const FROM = new Date('2022-09-01T00:00:00Z')

/** BR §7.1.2.10.2: no organizationalUnitName in a CA for servers. */
export const brOrganizationalUnitInCa: Rule<'br-organizational-unit-in-ca'> = {
  code: 'br-organizational-unit-in-ca',
  applies: ({ notBefore }, { place }) => place === 'ca' && notBefore >= FROM,
  check: (certificate) => breach(subjectAttributes(certificate).includes(ATTRIBUTE_OIDS.OU)),
}
