import type { issueList } from '../../ca/certificate-list.ts'
import { scopeOf } from '../../ca/certificate-list.ts'
import type { Signer } from '../../ca/issue.ts'
import type { RevokedCertificate } from '../../ca/list-entries.ts'
import { issueSchedule, schedulePeriods, SUGGESTED_DAYS, suggestedDays } from '../../ca/list-schedule.ts'
import type { ScheduledList } from '../../ca/list-schedule.ts'
import { sanitize } from '../../containers/file-name.ts'
import { CodedError } from '../../errors.ts'
import { onCurrentRecords } from '../../vault/commit.ts'
import { allRecords, requireRecord } from '../../vault/reading.ts'
import type { Write } from '../../vault/commit.ts'
import type { CertificateRecord, ListRecord } from '../../vault/shapes.ts'
import { parseCertificate } from '../../x509/certificate.ts'
import type { IssuingDistributionPoint } from '../../x509/extensions/issuing-distribution-point.ts'
import { hexOf } from '../../x509/octets.ts'
import type { Call, Handlers } from '../dispatch.ts'
import { callingName, serialOf } from '../facts.ts'
import { certificateWith } from '../importing/here.ts'
import {
  baseOf,
  carriedOn,
  entriesIn,
  highestNumber,
  keptList,
  keptLists,
  nextNumber,
  restoredSince,
  serialContent,
  type KeptList,
} from '../lists/records.ts'
import type { ListParts, ListsStanding, ListView } from '../protocol/list.ts'
import type { In, Out } from '../protocol.ts'
import { listCalendar, listFileName, publication, type CalendarLists } from '../lists/publish.ts'
import {
  addressesNamed,
  addressesOf,
  issuedBy,
  revokedBy,
  revokedEntry,
  revokedForSigning,
  revokedIds,
  storedAuthority,
  usualSignature,
} from '../lists/revoked.ts'
import type { StoredAuthority } from '../lists/revoked.ts'
import type { Session } from '../session.ts'

type ListMethods = Pick<Handlers, Extract<keyof Handlers, `list.${string}`>>

/** How many lists one act signs at most: thirty years of quarters, or a hundred parts. */
const MOST = 120

/** Revocation lists: what was signed, what is due, and signing more. */
export function listMethods(session: Session): ListMethods {
  return {
    async 'list.all'({ authorityId }) {
      const kept = await keptLists(session, authorityId)
      const lists = kept.map(({ view }) => view)
      return { authorityId, lists, ...(await revokedNow(session, authorityId, kept)) }
    },

    async 'list.overview'() {
      const standings: ListsStanding[] = []
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
          unlisted: (await revokedNow(session, id, kept)).unlisted,
        })
      }
      return standings
    },

    async 'list.plan'({ authorityId }) {
      await session.vault.requireOpen()
      const { read, certificate } = await storedAuthority(session, authorityId)
      const [revoked, kept] = [await revokedBy(session, authorityId), await keptLists(session, authorityId)]
      const elsewhere = read.value.revokedElsewhere ?? []
      const now = new Date(session.now)
      const { lastJournalAt } = await session.vault.state()
      const highest = highestNumber(read.value, kept)
      const signedAt = Math.max(read.value.createdAt, ...kept.map(({ view }) => view.createdAt.getTime()))
      return {
        revoked: revoked.length,
        carried: (await carriedOn(kept, elsewhere, null, isHere(session, authorityId, revoked), now)).length,
        days: suggestedDays(certificate, await issuedLast(session, authorityId)),
        deltaDays: SUGGESTED_DAYS.delta,
        number: String(nextNumber(highest, null, now.getTime())),
        previous: highest === null ? null : String(highest),
        restoredAt: await restoredSince(session, signedAt),
        signerNotAfter: certificate.notAfter,
        clock: {
          now,
          lastJournalAt: lastJournalAt === null ? null : new Date(lastJournalAt),
          behind: lastJournalAt !== null && now.getTime() < lastJournalAt,
        },
      }
    },

    async 'list.points'({ authorityId }) {
      const issued = await issuedBy(session, authorityId)
      const addresses = issued.map(({ der }) => addressesOf(parseCertificate(der)))
      const counts = new Map<string, number>()
      for (const address of addresses.flat()) counts.set(address, (counts.get(address) ?? 0) + 1)
      const points = [...counts].map(([address, certificates]) => ({ address, certificates }))
      return { points, without: addresses.filter((each) => each.length === 0).length }
    },

    async 'list.sign'(input, call) {
      await session.begin(input.actor)
      // The number is read inside: an act that lost to another tab counts on from what that one wrote.
      return onCurrentRecords(() => signLists(session, input, call))
    },

    async 'list.file'({ listId }) {
      const { value } = await requireRecord(session.vault, 'lists', listId)
      const { certificate } = await storedAuthority(session, value.authorityId)
      const kept = keptList(listId, value)
      const name = kept ? listFileName(callingName(certificate), kept.view) : `${fileStem(certificate)}.crl`
      return { name, type: 'application/pkix-crl', bytes: value.der }
    },

    async 'list.calendar'({ authorityId, words }) {
      const ids =
        authorityId === null
          ? (await allRecords(session.vault, 'authorities')).map(({ id }) => id)
          : [authorityId]
      const all: CalendarLists[] = []
      for (const id of ids) {
        const { certificate } = await storedAuthority(session, id)
        const lists = (await keptLists(session, id)).map(({ view }) => view)
        all.push({ authorityId: id, name: callingName(certificate), lists })
      }
      return listCalendar(all, words, new Date(session.now))
    },
  }
}

/** Certificates that are revoked or on hold, and how many of them no newest list names yet. */
async function revokedNow(
  session: Session,
  authorityId: string,
  kept: readonly KeptList[],
): Promise<{ revoked: number; unlisted: number }> {
  const revoked = await session.inventory.rows(await revokedIds(session, authorityId))
  const newest = newestOfSeries(kept, new Date(session.now))
  const unlisted = revoked.filter(({ serialNumber }) => {
    const serial = serialContent(serialNumber)
    return !newest.some(({ list }) => list.revokedCertificates.find(serial).length > 0)
  })
  return { revoked: revoked.length, unlisted: unlisted.length }
}

/** Of each series the list in force at this time. */
function newestOfSeries(kept: readonly KeptList[], at: Date): KeptList[] {
  const newest = new Map<string, KeptList>()
  for (const each of kept)
    if (each.list.thisUpdate <= at && !newest.has(each.view.series)) newest.set(each.view.series, each)
  return [...newest.values()]
}

async function signLists(session: Session, input: In<'list.sign'>, call: Call): Promise<Out<'list.sign'>> {
  const { authorityId, actor, words } = input
  const authority = await storedAuthority(session, authorityId)
  const { read, certificate } = authority
  const kept = await keptLists(session, authorityId)
  const key = await session.signingKey(authorityId)
  const signed = await signAll(session, { ...input, authority, kept, key }, call)
  const records = signed.map(({ list, number }) => {
    const value: ListRecord = {
      der: list.der.slice(),
      authorityId,
      createdAt: session.now,
      createdBy: actor.who,
    }
    // The id has the number in it: the database itself refuses a second list with the same.
    return { id: `${authorityId}-${String(number)}`, value }
  })
  const numbers = [signed[0], signed.at(-1)].map((each) => String(each?.number))
  const subject = `${callingName(certificate)} · ${[...new Set(numbers)].join('–')}`
  await session.commit({
    writes: [
      {
        store: 'authorities',
        id: authorityId,
        value: { ...read.value, listNumber: numbers[1]! },
        mode: 'put',
      },
      ...records.map(({ id, value }): Write => ({
        store: 'lists',
        id,
        value,
        mode: 'add',
        parent: authorityId,
      })),
    ],
    entries: [session.draft('list-signed', subject, actor, authorityId)],
    basedOn: [read],
    durability: 'strict',
  })
  const lists = records.flatMap(({ id, value }): ListView[] => {
    const view = keptList(id, value)?.view
    return view ? [view] : []
  })
  const addresses = await addressesNamed(session, authorityId, addressesOf)
  const file = publication({
    certificate,
    authorityId,
    signed,
    lists,
    addresses,
    words,
    at: new Date(session.now),
    who: actor.who,
  })
  return { file, lists }
}

interface Signing extends In<'list.sign'> {
  readonly authority: StoredAuthority
  readonly kept: readonly KeptList[]
  readonly key: Signer
}

/** The lists of every part and period, numbered in one row. */
async function signAll(session: Session, signing: Signing, call: Call): Promise<ScheduledList[]> {
  const { authority, kept, key, parts, kind, indirectFor, days, overlapDays } = signing
  const { certificate, read } = authority
  const scopes = scopesOf(parts, indirectFor.length > 0)
  const count = kind === 'delta' ? 1 : Math.max(1, Math.min(signing.count, Math.floor(MOST / scopes.length)))
  const from = new Date(Math.floor(session.now / 1000) * 1000)
  const highest = highestNumber(read.value, kept)
  const above = numberTyped(signing.above)
  const revokedHere = await revokedForSigning(session, signing.authorityId)
  const elsewhere = read.value.revokedElsewhere ?? []
  const known = isHere(session, signing.authorityId, revokedHere)
  const others = await revokedOfOthers(session, indirectFor)
  const signed: ScheduledList[] = []
  let number = nextNumber(highest, above, session.now)
  for (const scope of scopes) {
    const until = certificate.notAfter
    const periods = schedulePeriods({ from, days, overlapDays, count, firstNumber: number, until })
    const revoked = [
      ...revokedHere.map(revokedEntry),
      ...(await carriedOn(kept, elsewhere, scope, known, from)),
      ...others,
    ]
    const request = {
      signer: certificate,
      signature: usualSignature(certificate),
      previousNumber: signed.at(-1)?.number ?? highest,
      revoked,
      scope,
      freshestCRL: kind === 'complete' ? signing.freshestAddress : null,
      base: kind === 'delta' ? deltaBase(kept, scope, from) : null,
    }
    const onProgress = (done: number): void => {
      call.signal.throwIfAborted()
      const total = periods.length * scopes.length
      call.progress({ kind: 'step', step: 'list.sign', done: signed.length + done, total })
    }
    const name = fileStem(certificate)
    const lists = await issueSchedule(request, periods, key, { name, onProgress })
    signed.push(...lists)
    number += BigInt(lists.length)
  }
  if (signed.length > 0) return signed
  const detail = { nextUpdate: from, notAfter: certificate.notAfter, signer: callingName(certificate) }
  throw new CodedError('list-outlives-signer', detail)
}

/** A number that was published elsewhere, as typed. §5.2.3: at most 20 octets. */
function numberTyped(text: string | null): bigint | null {
  if (text === null || text.trim() === '') return null
  if (!/^\d{1,48}$/.test(text.trim())) {
    const detail = { field: 'above', value: text, reason: 'syntax' } as const
    throw new CodedError('issue-field-invalid', detail)
  }
  return BigInt(text.trim())
}

/** Each part as a list says it (§5.2.5); null: one list for everything. */
function scopesOf(parts: ListParts, indirect: boolean): (IssuingDistributionPoint | null)[] {
  switch (parts.kind) {
    case 'all':
      return [scopeOf({ indirect })]
    case 'users':
    case 'cas':
      return [scopeOf({ only: parts.kind, indirect })]
    case 'reasons':
      if (parts.reasons.length === 0) throw new CodedError('list-part-empty', null)
      return [scopeOf({ reasons: new Set(parts.reasons), indirect })]
    case 'points': {
      const addresses = parts.addresses.map((address) => address.trim()).filter(Boolean)
      if (addresses.length === 0) throw new CodedError('list-part-empty', null)
      return [...new Set(addresses)].slice(0, MOST).map((address) => scopeOf({ address, indirect }))
    }
  }
}

function deltaBase(
  kept: readonly KeptList[],
  scope: IssuingDistributionPoint | null,
  at: Date,
): NonNullable<Parameters<typeof issueList>[0]['base']> {
  const base = baseOf(kept, scope, at)
  if (!base) throw new CodedError('list-without-base', null)
  return { number: BigInt(base.view.number ?? '0'), revoked: entriesIn(base) }
}

/** §5.3.3: entries for certificates of other authorities say whose they are. */
async function revokedOfOthers(
  session: Session,
  authorityIds: readonly string[],
): Promise<RevokedCertificate[]> {
  const found: RevokedCertificate[] = []
  for (const id of authorityIds) {
    const { certificate } = await storedAuthority(session, id)
    for (const record of await revokedForSigning(session, id))
      found.push({ ...revokedEntry(record), issuer: certificate.subject })
  }
  return found
}

/** Whether the certificate with this serial number is in the vault; those that are revoked are known already. */
function isHere(
  session: Session,
  authorityId: string,
  revoked: readonly CertificateRecord[],
): (serialNumber: Uint8Array) => Promise<boolean> {
  let serials: Set<string> | null = null
  return async (serialNumber) => {
    // Read only where a list has entries to look for.
    serials ??= new Set(revoked.map(({ der }) => hexOf(parseCertificate(der).serialNumber)))
    if (serials.has(hexOf(serialNumber))) return true
    return (await certificateWith(session, authorityId, serialOf({ serialNumber }))) !== null
  }
}

/** What a CA issued last, other CAs or not: it decides how often its lists are due. */
async function issuedLast(session: Session, authorityId: string): Promise<'cas' | 'others' | null> {
  const newest = { authorityId, sort: 'createdAt', descending: true, offset: 0, limit: 20 } as const
  const { rows } = await session.inventory.page(newest, session.now)
  if (rows.length === 0) return null
  return rows.every(({ isCa }) => isCa) ? 'cas' : 'others'
}

const fileStem = (certificate: Parameters<typeof callingName>[0]): string =>
  sanitize(callingName(certificate)) || 'list'
