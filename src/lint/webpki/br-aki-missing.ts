import { hasExtension } from '../facts.ts'
import { isSelfIssued } from '../../x509/roles.ts'
import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'
import { EXTENSION_OIDS } from '../../x509/oids.ts'

/** BR §7.1.2.11.1: every certificate but a root names the key of its issuer. */
export const brAkiMissing: Rule<'br-aki-missing'> = {
  code: 'br-aki-missing',
  applies: (certificate) => !isSelfIssued(certificate),
  check: (certificate) => breach(!hasExtension(certificate, EXTENSION_OIDS.authorityKeyIdentifier)),
}
