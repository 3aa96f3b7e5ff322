import { breach, readable } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** BR §7.1.2.1.3, §7.1.2.11.1: keyIdentifier is present. */
export const brAkiKeyIdentifierMissing: Rule<'br-aki-key-identifier-missing'> = {
  code: 'br-aki-key-identifier-missing',
  extensions: ['authorityKeyIdentifier'],
  applies: readable('authorityKeyIdentifier'),
  check: ({ authorityKeyIdentifier }) => breach(!authorityKeyIdentifier?.keyIdentifier),
}
