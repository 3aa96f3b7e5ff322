import type { Finding, FindingCode } from '../../findings.ts'
import { findingSentence } from '../../messages/messages.ts'
import type { RuleRow } from '../../validate/report.ts'

/**
 * Returns the rows that failed or could not be checked, with the findings to show: each sentence once, although two
 * steps may find the same fault, and none of the code that is `drawn` beside them.
 */
export function loudRows(
  rows: readonly RuleRow[],
  certificate: string,
  drawn: FindingCode | null,
): readonly RuleRow[] {
  const told = new Set<string>()
  const isNew = (finding: Finding): boolean => {
    const sentence = findingSentence(finding, certificate)
    return !told.has(sentence) && told.add(sentence).has(sentence)
  }
  return rows
    .filter(({ outcome }) => outcome === 'failed' || outcome === 'unchecked')
    .map((row) => ({
      ...row,
      findings: row.findings.filter((finding) => finding.code !== drawn && isNew(finding)),
    }))
    .filter(({ findings }) => findings.length > 0)
}
