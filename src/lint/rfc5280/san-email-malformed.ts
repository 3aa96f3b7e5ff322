import { readableIa5 } from '../../x509/general-name-text.ts'
import { isMailbox } from '../name-syntax.ts'
import { breaches, readable } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.6: an rfc822Name is a Mailbox of RFC 5321 §4.1.2, without phrase, comment or angle brackets. */
export const sanEmailMalformed: Rule<'san-email-malformed'> = {
  code: 'san-email-malformed',
  extensions: ['subjectAltName'],
  applies: readable('subjectAltName'),
  check: ({ subjectAltName }) =>
    breaches(subjectAltName ?? [], (name) =>
      name.kind === 'rfc822Name' && name.value !== '' && !isMailbox(name.value)
        ? { name: readableIa5(name.value) }
        : null,
    ),
}
