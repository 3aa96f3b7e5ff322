/** After what belongs to a CA is stored, its certificates here are as its database, its lists and its record say. */
import { onCurrentRecords, type Write } from '../../vault/commit.ts'
import { recordsOf, requireRecord, type Read } from '../../vault/reading.ts'
import { changed } from '../../vault/records.ts'
import type { JournalDraft, StoreMark } from '../../vault/shapes.ts'
import { parseCertificate } from '../../x509/certificate.ts'
import { callingName } from '../../x509/calling-name.ts'
import { serialOf } from '../../x509/serial-number.ts'
import { graverThan, gravest, knownRevocations } from '../records/known-revocations.ts'
import { serialContent } from '../records/serials.ts'
import { rewritten } from '../files/rewritten.ts'
import type { Session } from '../session/session.ts'
import type { Actor } from '../../border/views.ts'
import type { PlannedAuthority } from './plan.ts'

/** A certificate of the CA, as the catalogue has it. */
interface Listed {
  readonly id: string
  readonly serialNumber: Uint8Array
}

/**
 * Revokes what is here and revoked by what was imported, or by what is stored with the CA; its record keeps only the
 * revocations whose certificates are not here. A revocation is never taken back, and never becomes a lesser one.
 */
export async function settleRevocations(
  session: Session,
  { revocations }: PlannedAuthority,
  authorityId: string | null,
  actor: Actor,
): Promise<void> {
  if (authorityId === null) return
  await onCurrentRecords(async () => {
    const authority = await requireRecord(session.vault, 'authorities', authorityId)
    const elsewhere = authority.value.revokedElsewhere ?? []
    const { known, lists } = await knownRevocations(session, authorityId)
    const said = (listed: Pick<Listed, 'serialNumber'>) =>
      gravest([revocations.revocationOf(listed), known.of(listed)].filter((each) => each !== null))
    const { issued, mark } = await issuedBy(session, authorityId)
    const suspects = issued.filter((each) => said(each) !== null)
    const reads = await recordsOf(
      session.vault,
      'certificates',
      suspects.map(({ id }) => id),
      ({ id }) => changed('certificates', id),
    )
    const writes: Write[] = []
    const entries: JournalDraft[] = []
    const basedOn: Read<'authorities' | 'certificates'>[] = [authority]
    for (const read of reads) {
      const certificate = parseCertificate(read.value.der)
      const found = graverThan(read.value, said(certificate))
      if (!found) continue
      const { since, reason, invalidityDate } = found
      const status = reason === 'certificateHold' ? ('held' as const) : ('revoked' as const)
      const value = { ...read.value, status, revocation: { since, reason, invalidityDate } }
      writes.push(rewritten(read, value, certificate))
      const act = status === 'held' ? 'certificate-held' : 'certificate-revoked'
      const subject = `${callingName(certificate)} · ${serialOf(certificate)}`
      entries.push(session.draft(act, subject, actor, read.id))
      basedOn.push(read)
    }
    const here = new Set(issued.map((each) => serialOf(each)))
    const left = elsewhere.filter(({ serialNumber }) => !here.has(serialNumber))
    if (left.length < elsewhere.length)
      writes.push({
        store: 'authorities',
        id: authorityId,
        value: { ...authority.value, revokedElsewhere: left },
        mode: 'put',
      })
    if (writes.length === 0) return
    const seen = { lists, certificates: mark }
    await session.commit({ writes, entries, basedOn, ...seen, durability: 'strict' })
  })
}

/** Returns what a CA has issued, and the mark of the state that was looked at. */
function issuedBy(session: Session, authorityId: string): Promise<{ issued: Listed[]; mark: StoreMark }> {
  return session.inventory.askWhole(({ segments }, mark) => {
    const issued = segments.flatMap((segment) =>
      segment.ids.flatMap((id, at) =>
        segment.authorityId[at] === authorityId && segment.ownAuthorityId[at] !== authorityId
          ? [{ id, serialNumber: serialContent(segment.serialNumbers[at]!) }]
          : [],
      ),
    )
    return { issued, mark }
  })
}
