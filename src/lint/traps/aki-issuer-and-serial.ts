import { breach, readable } from '../rule.ts'
import type { Rule } from '../rule.ts'

/**
 * An authorityKeyIdentifier with issuer and serial binds the certificate to one certificate of its CA: renewal and
 * cross-signing break it.
 */
export const akiIssuerAndSerial: Rule<'aki-issuer-and-serial'> = {
  code: 'aki-issuer-and-serial',
  applies: readable('authorityKeyIdentifier'),
  check: ({ authorityKeyIdentifier }) => breach(authorityKeyIdentifier?.authorityCertSerialNumber != null),
}
