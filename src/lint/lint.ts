import type { Finding } from '../findings.ts'
import type { Certificate } from '../x509/certificate.ts'
import { bitsIn } from './rule.ts'
import type { LintContext, ListedRule } from './rule.ts'

/** Runs `rules` in order on one certificate; findings made while reading it are not repeated here. */
export function lint(
  certificate: Certificate,
  rules: readonly ListedRule[],
  context: LintContext,
): Finding[] {
  const findings: Finding[] = []
  const present = bitsIn(certificate)
  for (const rule of rules) {
    if ((rule.bits & present) === 0 || !rule.applies(certificate, context)) continue
    // A rule's details belong to its own code; TypeScript cannot follow that through the union.
    for (const detail of rule.check(certificate, context))
      findings.push({ code: rule.code, detail } as Finding)
  }
  return findings
}
