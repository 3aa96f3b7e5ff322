import { stopping, warnings } from '../../ca/issue.ts'
import { nameToText } from '../../x509/name.ts'
import type { RenewalPart } from '../protocol/renewal.ts'
import type { PreparedPart } from './renewing.ts'

/** A part as the page shows it. */
export function partView({ role, preparation }: PreparedPart): RenewalPart {
  const { certificate, fields, findings } = preparation
  return {
    role,
    fields,
    findings,
    errors: stopping(findings),
    warnings: warnings(findings),
    subject: nameToText(certificate.subject),
    issuerName: nameToText(certificate.issuer),
    notBefore: certificate.notBefore,
    notAfter: certificate.notAfter,
  }
}
