/** Signs the lists of one run: every part, every period, stored together or not at all. */
import type { issueList } from '../../ca/certificate-list.ts'
import { scopeOf } from '../../ca/certificate-list.ts'
import type { Signer } from '../../ca/issue.ts'
import type { RevokedCertificate } from '../../ca/list-entries.ts'
import { issueSchedule, schedulePeriods } from '../../ca/list-schedule.ts'
import type { ScheduledList } from '../../ca/list-schedule.ts'
import { exportStem, sanitize } from '../../containers/file-name.ts'
import { CodedError } from '../../errors.ts'
import { hexOf } from '../../octets.ts'
import type { Write } from '../../vault/commit.ts'
import type { ListRecord } from '../../vault/shapes.ts'
import type { IssuingDistributionPoint } from '../../x509/extensions/issuing-distribution-point.ts'
import { breathe } from '../shared/breathe.ts'
import type { Call } from '../../border/dispatch.ts'
import { callingName } from '../../x509/calling-name.ts'
import type { ListParts, ListScope, ListView, SignedList } from '../../border/protocol/list.ts'
import type { In, Out } from '../../border/protocol.ts'
import {
  allLists,
  baseOf,
  carriedOn,
  entriesIn,
  highestNumber,
  keptList,
  nextNumber,
  requireKeptLists,
  signedListId,
  type KeptList,
} from '../records/list-records.ts'
import {
  certificatesHere,
  isRevokedByAny,
  newestSay,
  revokedForSigning,
  saidOf,
  stillSaid,
  storedAuthority,
  usualSignature,
} from './revoked.ts'
import { addressesOf } from '../records/list-places.ts'
import type { StoredAuthority } from './revoked.ts'
import type { Spki } from '../../x509/spki.ts'
import type { Session } from '../session/session.ts'
import { rightOfAuthority } from '../signing/rights.ts'
import type { Storing } from '../signing/signed.ts'
import type { Actor } from '../../border/views.ts'

/** Most lists per run: thirty years of quarters, or a hundred parts. */
const MOST = 120

/** Signs and stores the requested lists; the caller runs it again if another tab signed meanwhile. */
export async function signLists(
  session: Session,
  input: In<'list.sign'>,
  call: Call,
): Promise<Out<'list.sign'>> {
  const { authorityId, actor } = input
  const { sum } = await allLists(session.vault)
  const signing = await signingOf(session, input)
  const { authority, others } = signing
  const { certificate } = authority
  const right = await rightOfAuthority(session, { authorityId, certificateId: null, purpose: 'list', actor })
  const reads = [authority, ...others].map(({ read }) => read)
  const basis = { basedOn: reads, current: reads }
  const isAbout = isRevokedByAny([authorityId, ...input.indirectFor])
  const said = await saidOf(session, isAbout)
  // Nothing is asked of the vault once they are stored: a lock then would make it look as if they were not.
  const addresses = await newestSay(session, authorityId, addressesOf)
  const made = await right.sign((key) => signAll(session, { ...signing, key }, call))
  const { signed, records } = await made.store(
    session,
    async (signed) => ({
      ...recordsOf(session, authority, signed, actor),
      ...basis,
      // What was revoked or brought meanwhile would not be on them.
      lists: sum ? [sum] : [],
      certificates: await stillSaid(session, isAbout, said),
    }),
    call.signal,
  )
  const lists = records.flatMap(({ id, value }): ListView[] => {
    const view = keptList(id, value)?.view
    return view ? [view] : []
  })
  return {
    authorityId,
    name: callingName(certificate),
    stem: exportStem(certificate),
    signed: signed.map((each, i) => signedView(each, lists[i]?.scope ?? null)),
    lists,
    addresses,
    at: new Date(session.now),
    by: actor.who,
  }
}

/** What the lists are made from. */
async function signingOf(session: Session, input: In<'list.sign'>): Promise<Omit<Signing, 'key'>> {
  const authority = await storedAuthority(session, input.authorityId)
  const kept = await requireKeptLists(session, input.authorityId)
  const others = await Promise.all(input.indirectFor.map((id) => storedAuthority(session, id)))
  return { ...input, authority, kept, others }
}

/**
 * Returns the lists as they would be signed, but signed with another key, of the same kind as the CA's, that verifies
 * with `spki`. Nothing is stored.
 */
export async function draftLists(
  session: Session,
  input: In<'list.sign'>,
  { key, spki }: { readonly key: Signer; readonly spki: Spki },
  call: Call,
): Promise<ScheduledList[]> {
  const signing = await signingOf(session, input)
  const { authority } = signing
  const certificate = { ...authority.certificate, spki }
  return signAll(session, { ...signing, authority: { ...authority, certificate }, key }, call)
}

const signedView = (
  { list, fileName, thisUpdate, publishUntil, nextUpdate, number }: ScheduledList,
  scope: ListScope | null,
): SignedList => ({
  der: list.der,
  fileName,
  thisUpdate,
  publishUntil,
  nextUpdate,
  number: String(number),
  scope,
})

interface StoredLists {
  readonly signed: readonly ScheduledList[]
  readonly records: readonly { id: string; value: ListRecord }[]
}

/** Returns the records for signed lists, with the number that the next one follows. */
function recordsOf(
  session: Session,
  { read, certificate }: StoredAuthority,
  signed: readonly ScheduledList[],
  actor: Actor,
): Storing<StoredLists> {
  const authorityId = read.id
  const records = signed.map(({ list, number }) => {
    const value: ListRecord = {
      der: list.der.slice(),
      authorityId,
      createdAt: session.now,
      createdBy: actor.who,
    }
    return { id: signedListId(authorityId, number), value }
  })
  const numbers = [signed[0], signed.at(-1)].map((each) => String(each?.number))
  const subject = `${callingName(certificate)} · ${[...new Set(numbers)].join('–')}`
  return {
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
    durability: 'strict',
    result: { signed, records },
  }
}

interface Signing extends In<'list.sign'> {
  readonly authority: StoredAuthority
  readonly kept: readonly KeptList[]
  /** Those whose certificates are on it too. */
  readonly others: readonly StoredAuthority[]
  readonly key: Signer
}

/** Returns the lists of every part and period, numbered consecutively. */
async function signAll(session: Session, signing: Signing, call: Call): Promise<ScheduledList[]> {
  const { authority, kept, key, parts, kind, indirectFor, days, overlapDays } = signing
  const { certificate, read } = authority
  const scopes = scopesOf(parts, indirectFor.length > 0)
  const count = kind === 'delta' ? 1 : Math.max(1, Math.min(signing.count, Math.floor(MOST / scopes.length)))
  const from = signing.planned?.thisUpdate ?? new Date(Math.floor(session.now / 1000) * 1000)
  const highest = highestNumber(read.value, kept)
  const above = numberTyped(signing.above)
  const revokedHere = await revokedForSigning(session, signing.authorityId, call)
  const elsewhere = read.value.revokedElsewhere ?? []
  const here = await certificatesHere(session, signing.authorityId, revokedHere)
  const others = await revokedOfOthers(session, signing.others, from, call)
  const signed: ScheduledList[] = []
  const hearing = async (): Promise<void> => {
    await breathe()
    call.signal.throwIfAborted()
  }
  // One that does not rise is refused below.
  let number = numberTyped(signing.planned?.number ?? null) ?? nextNumber(highest, above, session.now)
  for (const scope of scopes) {
    await hearing()
    const until = certificate.notAfter
    const periods = schedulePeriods({ from, days, overlapDays, count, firstNumber: number, until })
    // concat, not spread: there may be more than the engine's limit on arguments.
    const listed = revokedHere.concat(carriedOn(kept, elsewhere, scope, here, from), others)
    const revoked = signing.planned ? bySerialNumber(listed) : listed
    const request = {
      signer: certificate,
      signature: usualSignature(certificate),
      previousNumber: signed.at(-1)?.number ?? highest,
      revoked,
      scope,
      freshestCRL: kind === 'complete' ? signing.freshestAddress : null,
      base: kind === 'delta' ? deltaBase(kept, scope, from) : null,
    }
    const onProgress = async (done: number): Promise<void> => {
      const total = periods.length * scopes.length
      call.progress({ kind: 'step', step: 'list.sign', done: signed.length + done, total })
      await hearing()
    }
    const name = fileStem(certificate)
    const lists = await issueSchedule(request, periods, key, { name, onProgress, onEntries: hearing })
    signed.push(...lists)
    number += BigInt(lists.length)
  }
  if (signed.length > 0) return signed
  const detail = { nextUpdate: from, notAfter: certificate.notAfter, signer: callingName(certificate) }
  throw new CodedError('list-outlives-signer', detail)
}

/** What was planned has one order, whether entries come from records or from earlier lists. */
const bySerialNumber = (revoked: readonly RevokedCertificate[]): RevokedCertificate[] =>
  revoked
    .map((entry) => ({ entry, serial: hexOf(entry.serialNumber) }))
    .sort((a, b) => (a.serial < b.serial ? -1 : 1))
    .map(({ entry }) => entry)

/** Returns a number published elsewhere, as typed. §5.2.3: at most 20 octets. */
function numberTyped(text: string | null): bigint | null {
  if (text === null || text.trim() === '') return null
  if (!/^\d{1,48}$/.test(text.trim())) {
    const detail = { field: 'above', value: text, reason: 'syntax' } as const
    throw new CodedError('issue-field-invalid', detail)
  }
  return BigInt(text.trim())
}

/** Returns each part as a list encodes it (§5.2.5); null: one list for everything. */
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

/** §5.3.3: entries for certificates of other authorities name the issuer. */
async function revokedOfOthers(
  session: Session,
  authorities: readonly StoredAuthority[],
  at: Date,
  call: Call,
): Promise<RevokedCertificate[]> {
  const found: RevokedCertificate[] = []
  for (const { certificate, read } of authorities) {
    const { id } = read
    const revoked = await revokedForSigning(session, id, call)
    const kept = await requireKeptLists(session, id)
    const here = await certificatesHere(session, id, revoked)
    const carried = carriedOn(kept, read.value.revokedElsewhere ?? [], null, here, at)
    for (const each of revoked.concat(carried)) found.push({ ...each, issuer: certificate.subject })
  }
  return found
}

export const fileStem = (certificate: Parameters<typeof callingName>[0]): string =>
  sanitize(callingName(certificate)) || 'list'
