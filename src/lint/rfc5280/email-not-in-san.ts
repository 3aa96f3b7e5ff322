import { ATTRIBUTE_OIDS } from '../../x509/oids.ts'
import type { Rule } from '../rule.ts'

/**
 * §4.1.2.6: a new certificate with an e-mail address carries it as rfc822Name; emailAddress in the subject is only an
 * addition.
 */
export const emailNotInSan: Rule<'email-not-in-san'> = {
  code: 'email-not-in-san',
  applies: ({ subject }) =>
    subject.rdns.some((rdn) => rdn.some(({ oid }) => oid === ATTRIBUTE_OIDS.emailAddress)),
  check: ({ subject, subjectAltName }) =>
    subject.rdns
      .flat()
      .filter(({ oid }) => oid === ATTRIBUTE_OIDS.emailAddress)
      .map(({ text }) => text ?? '')
      .filter(
        (email) =>
          !subjectAltName?.some(
            (name) => name.kind === 'rfc822Name' && name.value.toLowerCase() === email.toLowerCase(),
          ),
      )
      .map((email) => ({ email })),
}
