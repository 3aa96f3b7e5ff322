import type { Finding } from '../../findings.ts'
import type { Certificate } from '../../x509/certificate.ts'
import { EXTENSION_OIDS, POLICY_OIDS } from '../../x509/oids.ts'
import type { ExtensionName } from '../../x509/extensions/values.ts'
import { decided, notApplicable } from '../outcome.ts'
import { step } from './step.ts'
import type { Step } from './step.ts'

/** Extensions that the steps process, or that may be critical without changing a path (RFC 5280 §4.2). */
const PROCESSED: readonly ExtensionName[] = [
  'keyUsage',
  'certificatePolicies',
  'policyMappings',
  'subjectAltName',
  'issuerAltName',
  'basicConstraints',
  'nameConstraints',
  'policyConstraints',
  'extKeyUsage',
  'inhibitAnyPolicy',
  'cRLDistributionPoints',
  'freshestCRL',
  'authorityKeyIdentifier',
  'subjectKeyIdentifier',
  'authorityInfoAccess',
  'subjectInfoAccess',
  'ocspNoCheck',
  'noRevAvail',
]

const processed = new Map(PROCESSED.map((name) => [EXTENSION_OIDS[name] as string, name]))

/** Extensions of these that would widen what a path may do if they were lost, critical or not. */
const CONSTRAINING: ReadonlySet<ExtensionName> = new Set<ExtensionName>([
  'keyUsage',
  'certificatePolicies',
  'policyMappings',
  'subjectAltName',
  'basicConstraints',
  'nameConstraints',
  'policyConstraints',
  'extKeyUsage',
  'inhibitAnyPolicy',
])

const { certificatePolicies: POLICIES } = EXTENSION_OIDS
const KNOWN_QUALIFIERS: ReadonlySet<string> = new Set([POLICY_OIDS.cps, POLICY_OIDS.userNotice])

/** §4.2.1.4: if the extension is critical, its qualifiers are interpreted, or the certificate is refused. */
function unknownQualifiers({ extensions, certificatePolicies }: Certificate): Finding[] {
  if (certificatePolicies === null) return []
  if (!extensions.some(({ oid, critical }) => oid === POLICIES && critical)) return []
  const oids = certificatePolicies.flatMap(({ qualifiers }) => qualifiers.map(({ oid }) => oid))
  return [...new Set(oids)]
    .filter((oid) => !KNOWN_QUALIFIERS.has(oid))
    .map((oid) => ({ code: 'policy-qualifier-unknown', detail: { oid } }))
}

/** §6.1.4 (o), §6.1.5 (f): every critical extension is processed, and every processed extension can be parsed. */
export const rejectUnknownCriticalExtensions = (section: string): Step =>
  step(
    'reject-unknown-critical-extensions',
    section,
    'Every critical extension must be known and processed.',
    (_state, certificate) => {
      const findings: Finding[] = []
      const critical: string[] = []
      for (const { oid, critical: isCritical } of certificate.extensions) {
        if (isCritical) critical.push(oid)
        const name = processed.get(oid)
        if (name === undefined) {
          if (isCritical) findings.push({ code: 'critical-extension-unknown', detail: { oid } })
        } else if (certificate[name] === null && (isCritical || CONSTRAINING.has(name)))
          findings.push({ code: 'extension-unprocessable', detail: { oid } })
      }
      findings.push(...unknownQualifiers(certificate))
      return critical.length === 0 && findings.length === 0 ? notApplicable() : decided(critical, findings)
    },
  )
