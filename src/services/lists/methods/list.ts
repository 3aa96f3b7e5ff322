import { SUGGESTED_DAYS, suggestedDays } from '../../../ca/list-schedule.ts'
import { CodedError } from '../../../errors.ts'
import { isBehind } from '../../../vault/clock.ts'
import { onCurrentRecords } from '../../../vault/commit.ts'
import { allRecords, requireRecord } from '../../../vault/reading.ts'
import type { RecordProblem } from '../../../vault/shapes.ts'
import { sha256Hex } from '../../../webcrypto/signature.ts'
import { parseCertificate } from '../../../x509/certificate.ts'
import type { Call, Handlers } from '../../../border/dispatch.ts'
import type { In, Out } from '../../../border/protocol.ts'
import { callingName } from '../../../x509/calling-name.ts'
import {
  carriedOn,
  highestNumber,
  keptList,
  keptLists,
  newestOfSeries,
  nextNumber,
  requireKeptLists,
  restoredSince,
  type KeptList,
} from '../../records/list-records.ts'
import type { ListsDue, ListsStanding } from '../../../border/protocol/list.ts'
import { listFileName } from '../../../containers/file-name.ts'
import {
  authoritiesNaming,
  certificatesHere,
  countRevoked,
  newestSay,
  recordBatchesOf,
  revokedOfAll,
  revokedSerials,
  storedAuthority,
} from '../revoked.ts'
import { addressesOf, listSignersOf } from '../../records/list-places.ts'
import { fileStem, signLists } from '../signing.ts'
import type { Session } from '../../session/session.ts'

type ListMethods = Pick<Handlers, Extract<keyof Handlers, `list.${string}`>>

async function allOf(session: Session, { authorityId }: In<'list.all'>): Promise<Out<'list.all'>> {
  const kept = await keptLists(session, authorityId)
  const lists = await Promise.all(
    kept.map(async ({ list, view }) => ({ ...view, sha256: await sha256Hex(list.der) })),
  )
  return { authorityId, lists, ...listedOf(kept, await revokedSerials(session, authorityId), session) }
}

async function overview(session: Session): Promise<Out<'list.overview'>> {
  const standings: ListsStanding[] = []
  const revoked = await revokedOfAll(session)
  for (const { id } of await allRecords(session.vault, 'authorities')) {
    const kept = await keptLists(session, id)
    const now = new Date(session.now)
    const ahead = kept.filter(({ list, view }) => list.thisUpdate > now && !view.superseded)
    const ends = ahead.map(({ list }) => list.nextUpdate?.getTime() ?? 0)
    standings.push({
      authorityId: id,
      newest: kept.find(({ view, list }) => view.base === null && list.thisUpdate <= now)?.view ?? null,
      ahead: ahead.length,
      lastEnd: ends.length > 0 ? new Date(Math.max(...ends)) : null,
      unlisted: listedOf(kept, revoked.get(id) ?? [], session).unlisted,
    })
  }
  return standings
}

async function plan(session: Session, { authorityId }: In<'list.plan'>): Promise<Out<'list.plan'>> {
  await session.vault.requireOpen()
  const { read, certificate } = await storedAuthority(session, authorityId)
  const kept = await requireKeptLists(session, authorityId)
  const elsewhere = read.value.revokedElsewhere ?? []
  const now = new Date(session.now)
  const { lastJournalAt } = await session.vault.state()
  const highest = highestNumber(read.value, kept)
  const signedAt = Math.max(read.value.createdAt, ...kept.map(({ view }) => view.createdAt.getTime()))
  return {
    revoked: await countRevoked(session, authorityId),
    carried: carriedOn(kept, elsewhere, null, await certificatesHere(session, authorityId), now).length,
    days: suggestedDays(certificate, await issuedLast(session, authorityId)),
    deltaDays: SUGGESTED_DAYS.delta,
    number: String(nextNumber(highest, null, now.getTime())),
    previous: highest === null ? null : String(highest),
    restoredAt: await restoredSince(session, signedAt),
    speaksFor: await authoritiesNaming(session, authorityId, certificate),
    signedBy: await newestSay(session, authorityId, listSignersOf),
    signerNotAfter: certificate.notAfter,
    clock: {
      now,
      lastJournalAt: lastJournalAt === null ? null : new Date(lastJournalAt),
      behind: isBehind(now.getTime(), lastJournalAt),
    },
  }
}

async function points(
  session: Session,
  { authorityId }: In<'list.points'>,
  call: Call,
): Promise<Out<'list.points'>> {
  const counts = new Map<string, number>()
  let [done, without] = [0, 0]
  const ids = await session.inventory.ids({ authorityId }, session.now)
  for await (const batch of recordBatchesOf(session, ids)) {
    for (const { value } of batch) {
      const addresses = addressesOf(parseCertificate(value.der))
      for (const address of addresses) counts.set(address, (counts.get(address) ?? 0) + 1)
      if (addresses.length === 0) without += 1
    }
    call.signal.throwIfAborted()
    call.progress({ kind: 'step', step: 'list.points', done: (done += batch.length), total: ids.length })
  }
  return { points: [...counts].map(([address, certificates]) => ({ address, certificates })), without }
}

async function sign(session: Session, input: In<'list.sign'>, call: Call): Promise<Out<'list.sign'>> {
  await session.begin(input.actor)
  // The number is read inside: if another tab commits first, the retry continues from the number it wrote.
  return session.idle.during(() => onCurrentRecords(() => signLists(session, input, call)))
}

async function file(session: Session, { listId }: In<'list.file'>): Promise<Out<'list.file'>> {
  await session.vault.requireOpen()
  const { value } = await requireRecord(session.vault, 'lists', listId)
  const { certificate } = await storedAuthority(session, value.authorityId)
  const kept = keptList(listId, value)
  const name = kept ? listFileName(callingName(certificate), kept.view) : `${fileStem(certificate)}.crl`
  return { name, type: 'application/pkix-crl', bytes: value.der }
}

/** A calendar that lacks a CA would be taken for a whole one. Throws 'record-changed'. */
const leaveNoneOut = ({ store, id }: RecordProblem): never => {
  throw new CodedError('record-changed', { store, id })
}

async function calendar(
  session: Session,
  { authorityId }: In<'list.calendar'>,
): Promise<Out<'list.calendar'>> {
  await session.vault.requireOpen()
  const ids =
    authorityId === null
      ? (await allRecords(session.vault, 'authorities', leaveNoneOut)).map(({ id }) => id)
      : [authorityId]
  const authorities: ListsDue['authorities'][number][] = []
  for (const id of ids) {
    const { certificate } = await storedAuthority(session, id)
    const lists = (await requireKeptLists(session, id)).map(({ view }) => view)
    authorities.push({ authorityId: id, name: callingName(certificate), lists })
  }
  return { authorities, at: new Date(session.now) }
}

/** Returns how many certificates are revoked or on hold, and how many of these no newest list names yet. */
function listedOf(
  kept: readonly KeptList[],
  revoked: readonly Uint8Array[],
  { now }: Session,
): { revoked: number; unlisted: number } {
  const newest = newestOfSeries(kept, new Date(now))
  const unlisted = revoked.filter(
    (serial) => !newest.some(({ list }) => list.revokedCertificates.find(serial).length > 0),
  )
  return { revoked: revoked.length, unlisted: unlisted.length }
}

/** Returns whether a CA has lately issued only to CAs, which decides how often its lists are due; null if nothing. */
async function issuedLast(session: Session, authorityId: string): Promise<'cas' | 'others' | null> {
  const newest = { authorityId, sort: 'createdAt', descending: true, offset: 0, limit: 20 } as const
  const { rows } = await session.inventory.page(newest, session.now)
  if (rows.length === 0) return null
  return rows.every(({ isCa }) => isCa) ? 'cas' : 'others'
}

/** Revocation lists: the signed ones, the ones due, and signing more. */
export function listMethods(session: Session): ListMethods {
  return {
    'list.all': (input) => allOf(session, input),
    'list.overview': () => overview(session),
    'list.plan': (input) => plan(session, input),
    'list.points': (input, call) => points(session, input, call),
    'list.sign': (input, call) => sign(session, input, call),
    'list.file': (input) => file(session, input),
    'list.calendar': (input) => calendar(session, input),
  }
}
