import { breach, readable } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** BR §7.1.2.1.3, §7.1.2.11.1: authorityCertIssuer and authorityCertSerialNumber are not present. */
export const brAkiIssuerAndSerial: Rule<'br-aki-issuer-and-serial'> = {
  code: 'br-aki-issuer-and-serial',
  extensions: ['authorityKeyIdentifier'],
  applies: readable('authorityKeyIdentifier'),
  check: ({ authorityKeyIdentifier: aki }) =>
    breach(aki?.authorityCertIssuer != null || aki?.authorityCertSerialNumber != null),
}
