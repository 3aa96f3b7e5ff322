/** After a CA's certificates are stored, its record keeps only the revocations whose certificates are not here. */
import { onCurrentRecords, type Write } from '../../vault/commit.ts'
import { requireRecord, type Read } from '../../vault/reading.ts'
import type { JournalDraft } from '../../vault/shapes.ts'
import { parseCertificate } from '../../x509/certificate.ts'
import { callingName } from '../../x509/calling-name.ts'
import { serialOf } from '../../x509/serial-number.ts'
import type { Session } from '../session/session.ts'
import type { Actor } from '../../border/views.ts'
import { certificateWith } from '../hierarchy/issuers.ts'
import type { PlannedAuthority } from './plan.ts'

/**
 * Revokes certificates that were here before and are revoked by what was imported; drops separate revocation entries
 * whose certificates are here. `came`: serial numbers of those just stored.
 */
export async function settleRevocations(
  session: Session,
  { hereId, revocations }: PlannedAuthority,
  authorityId: string | null,
  came: ReadonlySet<string>,
  actor: Actor,
): Promise<void> {
  if (authorityId === null) return
  const revoked = revocations.all()
  if (revoked.length === 0 || (hereId === null && came.size === 0)) return
  await onCurrentRecords(async () => {
    const authority = await requireRecord(session.vault, 'authorities', authorityId)
    const writes: Write[] = []
    const entries: JournalDraft[] = []
    const basedOn: Read<'authorities' | 'certificates'>[] = [authority]
    const stored = new Set(came)
    for (const revocation of hereId === null ? [] : revoked) {
      const found = await certificateWith(session, authorityId, revocation.serialNumber)
      if (!found) continue
      stored.add(revocation.serialNumber)
      if (found.value.status !== 'good') continue
      const { since, reason, invalidityDate } = revocation
      const status = reason === 'certificateHold' ? ('held' as const) : ('revoked' as const)
      const value = { ...found.value, status, revocation: { since, reason, invalidityDate } }
      const certificate = parseCertificate(value.der)
      const serialNumber = serialOf(certificate)
      writes.push({
        store: 'certificates',
        id: found.id,
        value,
        mode: 'put',
        serialNumber,
        parent: authorityId,
      })
      const subject = `${callingName(certificate)} · ${serialNumber}`
      const act = status === 'held' ? 'certificate-held' : 'certificate-revoked'
      entries.push(session.draft(act, subject, actor, found.id))
      basedOn.push(found)
    }
    const kept = authority.value.revokedElsewhere ?? []
    const left = kept.filter(({ serialNumber }) => !stored.has(serialNumber))
    if (left.length < kept.length)
      writes.push({
        store: 'authorities',
        id: authorityId,
        value: { ...authority.value, revokedElsewhere: left },
        mode: 'put',
      })
    if (writes.length > 0) await session.commit({ writes, entries, basedOn, durability: 'strict' })
  })
}
