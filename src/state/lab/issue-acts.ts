import type { LabView, RefusalView } from '../../border/protocol/lab.ts'
import type { FindingCode } from '../../findings.ts'
import type { LabSide } from './lab.svelte.ts'

/** A certificate that would not be refused so: its profile, and the names of the one that is. */
export interface IssueAct {
  readonly profile: 'tlsServer' | 'tlsClient'
  readonly commonName: string
  /** One on a line, as the form of issuing has them. */
  readonly names: string
}

/** Faults of a certificate itself that another one would not have. */
const MENDED: readonly FindingCode[] = [
  'purpose-not-allowed',
  'expired',
  'peer-name-mismatch',
  'common-name-ignored',
]

/** Returns the certificate to issue instead of the one that is refused; null if that would not help, or more is wrong. */
export function issueActFor(
  refusal: RefusalView,
  by: LabSide,
  { certificates, ends }: LabView,
): IssueAct | null {
  const other = by === 'client' ? 'server' : 'client'
  const profile = other === 'client' ? 'tlsClient' : 'tlsServer'
  if (refusal.why === 'no-certificate')
    return refusal.withheld === 'none' ? { profile, commonName: '', names: '' } : null
  if (refusal.why === 'key-usage') return issued(certificates[ends[other].sends[0] ?? -1])
  if (refusal.why !== 'chain') return null
  const isMended = refusal.findings.every(
    ({ finding, isTarget }) => isTarget && MENDED.includes(finding.code),
  )
  return isMended ? issued(certificates[ends[other].sends[0] ?? -1]) : null

  function issued(own: LabView['certificates'][number] | undefined): IssueAct | null {
    if (!own) return null
    const { commonName, subjectAltNames } = own.card
    // What it should be called is what the client asks for.
    const host = other === 'server' ? ends.client.host : null
    const names = subjectAltNames.flatMap((name) => /^(?:DNS|IP|email|URI):(.*)$/i.exec(name)?.[1] ?? [])
    return {
      ...{ profile, commonName: host ?? commonName ?? names[0] ?? '' },
      names: [...new Set([...(host === null ? [] : [host]), ...names])].join('\n'),
    }
  }
}
