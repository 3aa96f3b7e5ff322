import { zipSync } from 'fflate'
import { issueSchedule, schedulePeriods, suggestedDays } from '../../ca/list-schedule.ts'
import type { ScheduledList } from '../../ca/list-schedule.ts'
import type { RevokedCertificate } from '../../ca/list-entries.ts'
import { putOnHold, revoke, takeOffHold } from '../../ca/revoke.ts'
import type { Revocation } from '../../ca/revoke.ts'
import { exportFileName, sanitize } from '../../containers/file-name.ts'
import { CodedError } from '../../errors.ts'
import { allRecords, requireRecord } from '../../vault/reading.ts'
import type { AuthorityRecord, CertificateRecord, JournalAct } from '../../vault/shapes.ts'
import { parseCertificate } from '../../x509/certificate.ts'
import type { Certificate } from '../../x509/certificate.ts'
import { signatureAlgorithmsFor } from '../../x509/signature-algorithms.ts'
import type { Handlers } from '../dispatch.ts'
import { callingName, revocationOf, serialOf } from '../facts.ts'
import type { Session } from '../session.ts'
import type { Actor, CertificateRow, ExportFile, SignedLists } from '../views.ts'

type RevocationMethods = Pick<Handlers, Extract<keyof Handlers, `revocation.${string}`>>

/** Revoking what was issued, and signing the lists that say so. */
export function revocationMethods(session: Session): RevocationMethods {
  return {
    'revocation.revoke': ({ certificateId, reason, invalidityDate, actor }) =>
      change(session, certificateId, actor, (before, at) =>
        reason === 'certificateHold'
          ? { act: 'certificate-held', after: putOnHold(before, at) }
          : { act: 'certificate-revoked', after: revoke(before, { reason, invalidityDate, at }) },
      ),
    'revocation.release': ({ certificateId, actor }) =>
      change(session, certificateId, actor, (before) => ({
        act: 'certificate-released',
        after: takeOffHold(before),
      })),

    async 'revocation.plan'({ authorityId }) {
      await session.vault.requireOpen()
      const { record, certificate } = await authorityOf(session, authorityId)
      const revoked = await revokedBy(session, authorityId)
      const now = new Date(session.now)
      const { lastJournalAt } = await session.vault.state()
      return {
        revoked: revoked.length,
        days: suggestedDays(certificate, null),
        number: String(nextNumber(record, now)),
        clock: {
          now,
          lastJournalAt: lastJournalAt === null ? null : new Date(lastJournalAt),
          behind: lastJournalAt !== null && now.getTime() < lastJournalAt,
        },
      }
    },

    async 'revocation.sign'({ authorityId, days, overlapDays, count, actor }, call) {
      await session.begin(actor)
      const { record, certificate } = await authorityOf(session, authorityId)
      const from = new Date(Math.floor(session.now / 1000) * 1000)
      const firstNumber = nextNumber(record, from)
      const periods = schedulePeriods({
        from,
        days,
        overlapDays,
        count,
        firstNumber,
        until: certificate.notAfter,
      })
      const signature = signatureAlgorithmsFor(certificate.spki)[0]
      if (!signature)
        throw new CodedError('issue-field-invalid', {
          field: 'signature',
          value: '',
          reason: 'unsupported-by-key',
        })
      const lists = await issueSchedule(
        {
          signer: certificate,
          signature,
          previousNumber: record.listNumber === undefined ? null : BigInt(record.listNumber),
          revoked: await revokedBy(session, authorityId),
        },
        periods,
        await session.signingKey(authorityId),
        {
          name: sanitize(callingName(certificate)) || 'list',
          onProgress: (done) => {
            call.signal.throwIfAborted()
            call.progress({ kind: 'step', step: 'revocation.sign', done, total: periods.length })
          },
        },
      )
      const last = lists.at(-1)
      if (!last)
        throw new CodedError('list-outlives-signer', {
          nextUpdate: from,
          notAfter: certificate.notAfter,
          signer: callingName(certificate),
        })
      // The number is remembered before the list leaves this hand.
      const numbers =
        lists.length === 1 ? String(firstNumber) : `${String(firstNumber)}–${String(last.number)}`
      await session.commit({
        writes: [
          {
            store: 'authorities',
            id: authorityId,
            value: { ...record, listNumber: String(last.number) },
            mode: 'put',
          },
        ],
        entries: [
          session.draft('list-signed', `${callingName(certificate)} · ${numbers}`, actor, authorityId),
        ],
        durability: 'strict',
      })
      return signedLists(certificate, lists)
    },
  }
}

type Turn = (before: Revocation | null, at: Date) => { act: JournalAct; after: Revocation | null }

async function change(
  session: Session,
  certificateId: string,
  actor: Actor,
  turn: Turn,
): Promise<CertificateRow> {
  await session.begin(actor)
  const { value } = await requireRecord(session.vault, 'certificates', certificateId)
  const certificate = parseCertificate(value.der)
  const name = `${callingName(certificate)} · ${serialOf(certificate)}`
  if (value.authorityId === null || value.authorityId === value.ownAuthorityId)
    throw new CodedError('revocation-of-root', { name })
  const { act, after } = turn(revocationOf(value), new Date(session.now))
  await session.commit({
    writes: [
      {
        store: 'certificates',
        id: certificateId,
        value: revokedRecord(value, after),
        mode: 'put',
        serialNumber: serialOf(certificate),
        parent: value.authorityId,
      },
    ],
    entries: [session.draft(act, after?.reason ? `${name} · ${after.reason}` : name, actor, certificateId)],
    durability: 'strict',
  })
  return session.inventory.row(certificateId)
}

/** The record of a certificate that is revoked, on hold, or no longer on hold. */
export function revokedRecord(record: CertificateRecord, after: Revocation | null): CertificateRecord {
  if (!after) return { ...record, status: 'good', revocation: null }
  const { since, reason, invalidityDate } = after
  return {
    ...record,
    status: reason === 'certificateHold' ? 'held' : 'revoked',
    revocation: { since: since.getTime(), reason, invalidityDate: invalidityDate?.getTime() ?? null },
  }
}

async function authorityOf(
  session: Session,
  authorityId: string,
): Promise<{ record: AuthorityRecord; certificate: Certificate }> {
  const { value: record } = await requireRecord(session.vault, 'authorities', authorityId)
  const { value } = await requireRecord(session.vault, 'certificates', record.certificateId)
  return { record, certificate: parseCertificate(value.der) }
}

/**
 * Rises with the clock, and by one within a second: a vault that was put back from an old backup has forgotten its last
 * numbers, and steps over them all the same.
 */
function nextNumber({ listNumber }: AuthorityRecord, now: Date): bigint {
  const byClock = BigInt(Math.floor(now.getTime() / 1000))
  const byMemory = listNumber === undefined ? 0n : BigInt(listNumber) + 1n
  return byClock > byMemory ? byClock : byMemory
}

async function revokedBy(session: Session, authorityId: string): Promise<RevokedCertificate[]> {
  const unreadable: string[] = []
  const records = await allRecords(session.vault, 'certificates', ({ id }) => unreadable.push(id))
  // A list that leaves out what cannot be read would take a revocation back.
  const [first] = unreadable
  if (first !== undefined) throw new CodedError('record-changed', { store: 'certificates', id: first })
  return records
    .filter(({ value }) => value.authorityId === authorityId && value.status !== 'good')
    .map(({ value }) => revokedEntry(value))
}

function revokedEntry(record: CertificateRecord): RevokedCertificate {
  const certificate = parseCertificate(record.der)
  const names = certificate.cRLDistributionPoints?.flatMap(({ fullName }) => fullName ?? []) ?? []
  return {
    serialNumber: certificate.serialNumber,
    isCa: certificate.basicConstraints?.ca === true,
    distributionPoints: names.flatMap((name) =>
      name.kind === 'uniformResourceIdentifier' ? [name.value] : [],
    ),
    ...(revocationOf(record) ?? { since: new Date(record.createdAt), reason: null, invalidityDate: null }),
  }
}

function signedLists(certificate: Certificate, lists: readonly ScheduledList[]): SignedLists {
  const times = lists.map(({ number, thisUpdate, nextUpdate }) => ({
    number: String(number),
    thisUpdate,
    nextUpdate,
  }))
  const [only, ...more] = lists
  if (only && more.length === 0) {
    const file: ExportFile = {
      name: exportFileName(certificate, 'list', 'crl'),
      type: 'application/pkix-crl',
      bytes: only.list.der,
    }
    return { file, lists: times }
  }
  const contents: Record<string, Uint8Array> = Object.fromEntries(
    lists.map(({ fileName, list }) => [fileName, list.der]),
  )
  contents['publish.txt'] = new TextEncoder().encode(plan(lists))
  const bytes = zipSync(contents, { level: 0, mtime: lists[0]?.thisUpdate ?? new Date(0) })
  return {
    file: { name: exportFileName(certificate, 'lists', 'zip'), type: 'application/zip', bytes },
    lists: times,
  }
}

/** Dates and file names alone: the words around them are the page's. */
const plan = (lists: readonly ScheduledList[]): string =>
  lists
    .map(({ fileName, thisUpdate, publishUntil, nextUpdate }) =>
      [thisUpdate, publishUntil, nextUpdate]
        .map((at) => at.toISOString())
        .concat(fileName)
        .join('\t'),
    )
    .join('\r\n') + '\r\n'
