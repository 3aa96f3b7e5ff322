import type { ValidateOptions } from '../../validate/options.ts'
import type { PathCertificate, PathReport, RuleRow } from '../../validate/report.ts'
import type { Unusual } from './unusual.ts'

type Status = 'good' | 'revoked' | 'stale' | 'missing' | 'other'

/** What is unusual by the revocation lists of the side that judges. */
export function ofStatus(path: PathReport, { revocation = 'none' }: ValidateOptions): readonly Unusual[] {
  if (revocation === 'none' || !path.complete) return []
  const below = path.certificates.filter(({ place }) => place !== 'anchor')
  const rows = below.flatMap(({ rows: all }) => all.filter(({ step }) => step === 'require-not-revoked'))
  const sources = rows.flatMap((row) => row.sources ?? [])
  // Only lists were measured.
  if (sources.some(({ kind }) => kind !== 'list')) return ['unmeasured']
  const own = statusOf(below.at(-1))
  const above = below.slice(0, -1).map(statusOf)
  if (own === 'revoked') return ['revoked']
  if (above.includes('revoked')) return ['int-revoked']
  const isGood = (status: Status): boolean => status === 'good'
  if (own === 'stale' && above.every((status) => isGood(status) || status === 'stale')) return ['crl-expired']
  if (!above.every(isGood)) return ['unmeasured']
  return own === 'good' ? ['crl-ok'] : own === 'missing' ? ['crl-missing'] : ['unmeasured']
}

function statusOf(certificate: PathCertificate | undefined): Status {
  const row: RuleRow | undefined = certificate?.rows.find(({ step }) => step === 'require-not-revoked')
  if (!row) return 'other'
  if (row.outcome === 'held') return 'good'
  const codes = row.findings.map(({ code }) => code)
  if (codes.includes('revoked')) return 'revoked'
  if (codes.some((code) => code !== 'revocation-undetermined')) return 'other'
  const stages = (row.sources ?? [])
    .map(({ stage }) => stage)
    .filter((stage) => stage !== 'scope' && stage !== 'not-needed')
  return stages.length === 0 ? 'missing' : stages.every((stage) => stage === 'stale') ? 'stale' : 'other'
}
