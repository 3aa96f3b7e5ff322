import { EXTENSION_OIDS } from '../../x509/oids.ts'
import { hasExtension } from '../facts.ts'
import { isCa, isSelfIssued } from '../../x509/roles.ts'
import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** A root should have no extKeyUsage: it could never issue for another purpose. */
export const rootWithEku: Rule<'root-with-eku'> = {
  code: 'root-with-eku',
  applies: (certificate) => isCa(certificate) && isSelfIssued(certificate),
  check: (certificate) => breach(hasExtension(certificate, EXTENSION_OIDS.extKeyUsage)),
}
