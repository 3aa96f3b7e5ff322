import { putOnHold, revoke, takeOffHold } from '../../../ca/revoke.ts'
import type { Revocation } from '../../../ca/revoke.ts'
import { CodedError } from '../../../errors.ts'
import { onCurrentRecords } from '../../../vault/commit.ts'
import { requireRecord } from '../../../vault/reading.ts'
import type { CertificateRecord, JournalAct } from '../../../vault/shapes.ts'
import { parseCertificate } from '../../../x509/certificate.ts'
import type { Handlers } from '../../../border/dispatch.ts'
import type { In } from '../../../border/protocol.ts'
import { callingName } from '../../../x509/calling-name.ts'
import { certificateWrite } from '../../records/certificate-records.ts'
import { revocationOf } from '../../shared/facts.ts'
import { serialOf } from '../../../x509/serial-number.ts'
import type { Session } from '../../session/session.ts'
import type { Actor, CertificateRow } from '../../../border/views.ts'

type RevocationMethods = Pick<Handlers, Extract<keyof Handlers, `revocation.${string}`>>

function revokeOrHold(
  session: Session,
  { certificateId, reason, invalidityDate, actor }: In<'revocation.revoke'>,
): Promise<CertificateRow> {
  return change(session, certificateId, actor, (before, at) =>
    reason === 'certificateHold'
      ? { act: 'certificate-held', after: putOnHold(before, at) }
      : { act: 'certificate-revoked', after: revoke(before, { reason, invalidityDate, at }) },
  )
}

function release(
  session: Session,
  { certificateId, actor }: In<'revocation.release'>,
): Promise<CertificateRow> {
  return change(session, certificateId, actor, (before) => ({
    act: 'certificate-released',
    after: takeOffHold(before),
  }))
}

type Turn = (before: Revocation | null, at: Date) => { act: JournalAct; after: Revocation | null }

async function change(
  session: Session,
  certificateId: string,
  actor: Actor,
  turn: Turn,
): Promise<CertificateRow> {
  await session.begin(actor)
  await onCurrentRecords(() => changeOnce(session, certificateId, actor, turn))
  return session.inventory.row(certificateId)
}

async function changeOnce(session: Session, certificateId: string, actor: Actor, turn: Turn): Promise<void> {
  const read = await requireRecord(session.vault, 'certificates', certificateId)
  const { value } = read
  const certificate = parseCertificate(value.der)
  const name = `${callingName(certificate)} · ${serialOf(certificate)}`
  if (value.authorityId === null || value.authorityId === value.ownAuthorityId)
    throw new CodedError('revocation-of-root', { name })
  const { act, after } = turn(revocationOf(value), new Date(session.now))
  await session.commit({
    writes: [certificateWrite(certificateId, revokedRecord(value, after), certificate, 'put')],
    entries: [session.draft(act, after?.reason ? `${name} · ${after.reason}` : name, actor, certificateId)],
    basedOn: [read],
    durability: 'strict',
  })
}

/** Returns the record of a certificate that is revoked, on hold, or no longer on hold. */
export function revokedRecord(record: CertificateRecord, after: Revocation | null): CertificateRecord {
  if (!after) return { ...record, status: 'good', revocation: null }
  const { since, reason, invalidityDate } = after
  return {
    ...record,
    status: reason === 'certificateHold' ? 'held' : 'revoked',
    revocation: { since: since.getTime(), reason, invalidityDate: invalidityDate?.getTime() ?? null },
  }
}

/** Revokes what was issued; the lists that publish it are signed in methods/list.ts. */
export function revocationMethods(session: Session): RevocationMethods {
  return {
    'revocation.revoke': (input) => revokeOrHold(session, input),
    'revocation.release': (input) => release(session, input),
  }
}
