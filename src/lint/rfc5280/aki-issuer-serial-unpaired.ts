import { readable } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.1 (with X.509): authorityCertIssuer and authorityCertSerialNumber occur together. */
export const akiIssuerSerialUnpaired: Rule<'aki-issuer-serial-unpaired'> = {
  code: 'aki-issuer-serial-unpaired',
  extensions: ['authorityKeyIdentifier'],
  applies: readable('authorityKeyIdentifier'),
  check: ({ authorityKeyIdentifier: aki }) =>
    aki === null || (aki.authorityCertIssuer === null) === (aki.authorityCertSerialNumber === null)
      ? []
      : [{ present: aki.authorityCertIssuer ? 'authorityCertIssuer' : 'authorityCertSerialNumber' }],
}
