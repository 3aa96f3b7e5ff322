import { stopping, warnings } from '../../ca/issue.ts'
import { calledIn } from '../../x509/calling-name.ts'
import type { RenewalPart } from '../../border/protocol/renewal-part.ts'
import type { PreparedPart } from './renewing.ts'

/** Returns a part as the page shows it. */
export function partView({ role, preparation }: PreparedPart): RenewalPart {
  const { certificate, fields, findings } = preparation
  return {
    role,
    fields,
    findings,
    errors: stopping(findings),
    warnings: warnings(findings),
    ...calledIn(certificate),
    notBefore: certificate.notBefore,
    notAfter: certificate.notAfter,
  }
}
