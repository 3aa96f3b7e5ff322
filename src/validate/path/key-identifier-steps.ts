import type { Finding } from '../../findings.ts'
import { hexOf, sameOctets } from '../../octets.ts'
import { decided, notApplicable } from '../outcome.ts'
import { step } from './step.ts'
import type { Step } from './step.ts'

/**
 * §4.2.1.1, §4.2.1.2: the authority key identifier is the subject key identifier of the issuer; issuer and serial
 * number, if present, are the issuer certificate's own. §6 does not check this, so the profile `path` does not refuse.
 */
export const requireKeyIdentifier: Step = step(
  'require-key-identifier',
  '§4.2.1.2',
  'authorityKeyIdentifier must name the key and serial number of the certificate above.',
  (state, certificate) => {
    const aki = certificate.authorityKeyIdentifier
    const issuer = state.workingIssuer.certificate
    if (aki === null) return notApplicable()
    const findings: Finding[] = []
    const { keyIdentifier, authorityCertSerialNumber } = aki
    const issuerKeyIdentifier = issuer.subjectKeyIdentifier
    if (
      keyIdentifier !== null &&
      issuerKeyIdentifier !== null &&
      !sameOctets(keyIdentifier, issuerKeyIdentifier)
    )
      findings.push({
        code: 'key-identifier-mismatch',
        detail: { keyIdentifier: hexOf(keyIdentifier), issuerKeyIdentifier: hexOf(issuerKeyIdentifier) },
      })
    if (authorityCertSerialNumber !== null && !sameOctets(authorityCertSerialNumber, issuer.serialNumber))
      findings.push({
        code: 'authority-serial-mismatch',
        detail: {
          serialNumber: hexOf(authorityCertSerialNumber),
          issuerSerialNumber: hexOf(issuer.serialNumber),
        },
      })
    return decided(keyIdentifier && hexOf(keyIdentifier), findings)
  },
)
