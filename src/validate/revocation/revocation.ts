import type { Certificate } from '../../x509/certificate.ts'
import type { Outcome } from '../outcome.ts'
import { notApplicable } from '../outcome.ts'
import type { RevocationContext } from './context.ts'

/** RFC 5280 §6.3 and RFC 6960: whether the certificate is revoked, by what was given. */
export function checkRevocation(_certificate: Certificate, _context: RevocationContext): Promise<Outcome> {
  return Promise.resolve(notApplicable())
}
