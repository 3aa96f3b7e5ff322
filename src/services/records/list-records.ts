/** Stored lists: read back, grouped into series, and what the next one needs of them. */
import type { RevokedCertificate } from '../../ca/list-entries.ts'
import { CodedError, isCodedError } from '../../errors.ts'
import { openEntry } from '../../vault/journal.ts'
import { again, allCurrent, requireWhole } from '../../vault/current.ts'
import type { ReadableVault } from '../../vault/open-vault.ts'
import { listsOf, recordsOf, type Read } from '../../vault/reading.ts'
import { changed } from '../../vault/records.ts'
import type { AuthorityRecord, ListRecord, RevokedElsewhere, StoreSum } from '../../vault/shapes.ts'
import { parseCertificateList, type CertificateList } from '../../x509/certificate-list.ts'
import {
  encodeIssuingDistributionPoint,
  type IssuingDistributionPoint,
} from '../../x509/extensions/issuing-distribution-point.ts'
import type { GeneralName } from '../../x509/general-name.ts'
import type { Name } from '../../x509/name.ts'
import { namesMatch } from '../../x509/name-matching.ts'
import { hexOf, bigIntOf } from '../../octets.ts'
import type { ListScope, ListView } from '../../border/protocol/list.ts'
import type { HasVault } from './has-vault.ts'
import { serialContent, type HasSerial } from './serials.ts'

/** A list signed here may have a million entries. */
const LIMITS = { size: 1 << 30, depth: 48 }

/** Lists with a longer number are not conforming, and none can follow one with this (RFC 5280 §5.2.3). */
export const MOST_NUMBER = (1n << 159n) - 1n

/** A stored list, parsed. */
export interface KeptList {
  readonly id: string
  readonly list: CertificateList
  readonly view: ListView
}

/** Returns all lists of an authority, highest number first; omits those that can no longer be read. */
export async function keptLists(session: HasVault, authorityId: string): Promise<KeptList[]> {
  const records = await listsOf(session.vault, authorityId)
  return withSuperseded(records.flatMap(({ id, value }) => keptList(id, value) ?? []))
}

/**
 * As keptLists, for what is signed next: it must repeat what they say, under a higher number. Rejects with
 * 'store-changed', 'record-changed' or 'tier-list-unreadable'.
 */
export async function requireKeptLists({ vault }: HasVault, authorityId: string): Promise<KeptList[]> {
  const { ids } = await allLists(vault)
  const records = await requireLists(
    vault,
    ids.filter((id) => signerIn(id) === authorityId),
  )
  return withSuperseded(records.map(({ id, value }) => requireKept(id, value)))
}

/** The ids of all stored lists, and their sum: null while the vault is locked or can only be read, and signs nothing. */
export interface AllLists {
  readonly ids: readonly string[]
  readonly sum: StoreSum | null
}

/** Rejects with 'store-changed' or 'record-changed' if they are not those that were stored last. */
export async function allLists({ opened, database }: ReadableVault): Promise<AllLists> {
  if (opened && !opened.isReadOnly) return again(() => requireWhole(opened, 'lists'))
  return { ids: (await database.getAllKeys('lists')).map(String), sum: null }
}

/** Returns the lists of these ids. Rejects as allLists(), also if one was put back since. */
export const requireLists = (vault: ReadableVault, ids: readonly string[]): Promise<Read<'lists'>[]> =>
  allCurrent(vault, () => recordsOf(vault, 'lists', ids, ({ store, id }) => changed(store, id)))

/** As keptList. Throws 'tier-list-unreadable'. */
export function requireKept(id: string, record: ListRecord): KeptList {
  const list = keptList(id, record)
  if (!list) throw new CodedError('tier-list-unreadable', { id })
  return list
}

/** The id contains the number, so the database itself rejects a second list that is signed here with the same one. */
export const signedListId = (authorityId: string, number: bigint): string =>
  `${authorityId}-${String(number)}`

/** A list from elsewhere may bear the number of another one: of another part, or before it was corrected. */
export const broughtListId = (authorityId: string, { signatureValue }: CertificateList): string =>
  `${authorityId}-brought-${hexOf(signatureValue.slice(0, 16))}`

/** Returns the authority in the id of a list. */
export const signerIn = (listId: string): string => listId.slice(0, listId.indexOf('-'))

/** Marks pre-signed lists as superseded by any later-signed list that starts earlier. Expects descending numbers. */
export function withSuperseded(lists: readonly KeptList[]): KeptList[] {
  const kept = [...lists].sort(
    ({ list: one }, { list: other }) =>
      compare(numberIn(other), numberIn(one)) || other.thisUpdate.getTime() - one.thisUpdate.getTime(),
  )
  const earliest = new Map<string, Date>()
  return kept.map((each) => {
    const { series, thisUpdate, number } = each.view
    // By its number alone nobody knows when it was signed.
    if (number === null) return each
    const above = earliest.get(series)
    if (!above || thisUpdate < above) earliest.set(series, thisUpdate)
    return above && above <= thisUpdate ? { ...each, view: { ...each.view, superseded: true } } : each
  })
}

/** Returns the list of each series that is current at this time. */
export function newestOfSeries(kept: readonly KeptList[], at: Date): KeptList[] {
  const newest = new Map<string, KeptList>()
  for (const each of kept)
    if (each.list.thisUpdate <= at && !newest.has(each.view.series)) newest.set(each.view.series, each)
  return [...newest.values()]
}

export function keptList(id: string, record: ListRecord): KeptList | null {
  try {
    const list = parseCertificateList(record.der, LIMITS)
    return { id, list, view: viewOf(id, list, record) }
  } catch (error) {
    if (isCodedError(error)) return null
    throw error
  }
}

const numberIn = ({ cRLNumber }: CertificateList): bigint => (cRLNumber ? bigIntOf(cRLNumber) : -1n)
/** Whether it was signed after the other: by the numbers (RFC 5280 §5.2.3), or by the dates if one has none. */
export function isLater({ list: one }: KeptList, { list: other }: KeptList): boolean {
  return one.cRLNumber && other.cRLNumber
    ? numberIn(one) > numberIn(other)
    : one.thisUpdate.getTime() > other.thisUpdate.getTime()
}

const compare = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0)

function viewOf(id: string, list: CertificateList, { createdAt, createdBy }: ListRecord): ListView {
  const { cRLNumber, deltaCRLIndicator, thisUpdate, nextUpdate, issuingDistributionPoint } = list
  const series = seriesOf(issuingDistributionPoint)
  return {
    id,
    number: cRLNumber && String(bigIntOf(cRLNumber)),
    base: deltaCRLIndicator && String(bigIntOf(deltaCRLIndicator)),
    thisUpdate,
    nextUpdate,
    entries: list.revokedCertificates.count,
    octets: list.der.length,
    scope: scopeView(issuingDistributionPoint),
    series: deltaCRLIndicator ? `${series} delta` : series,
    superseded: false,
    createdAt: new Date(createdAt),
    createdBy,
  }
}

/** Returns the octets of the scope, which the lists of one series share (§5.2.5). */
export const seriesOf = (scope: IssuingDistributionPoint | null): string =>
  scope ? hexOf(encodeIssuingDistributionPoint(scope)) : ''

function scopeView(scope: IssuingDistributionPoint | null): ListScope {
  return {
    addresses: addressesIn(scope),
    only: scope?.onlyContainsUserCerts ? 'users' : scope?.onlyContainsCACerts ? 'cas' : null,
    reasons: scope?.onlySomeReasons ? [...scope.onlySomeReasons] : null,
    indirect: scope?.indirectCRL ?? false,
  }
}

function addressesIn(scope: IssuingDistributionPoint | null): string[] {
  return (scope?.distributionPoint?.fullName ?? []).flatMap((name) =>
    name.kind === 'uniformResourceIdentifier' ? [name.value] : [],
  )
}

/** Returns the newest complete list of this scope, the base of a delta. */
export function baseOf(
  kept: readonly KeptList[],
  scope: IssuingDistributionPoint | null,
  at: Date,
): KeptList | null {
  const series = seriesOf(scope)
  return kept.find(({ view, list }) => view.series === series && list.thisUpdate <= at) ?? null
}

/**
 * Yields a list's entries as the next one or a delta needs them. They are known to be in scope; nothing else is known
 * of certificates that are not here, so they are assumed to be of the kind the scope covers.
 */
export function* entriesIn({ list, view }: KeptList): Iterable<RevokedCertificate> {
  for (const entry of list.revokedCertificates) {
    yield {
      serialNumber: entry.serialNumber,
      since: entry.revocationDate ?? list.thisUpdate,
      reason: entry.reasonCode,
      invalidityDate: entry.invalidityDate,
      isCa: view.scope.only === 'cas',
      distributionPoints: view.scope.addresses,
      issuer: foreign(list, entry.certificateIssuer),
    }
  }
}

/** Returns the issuer that an entry names, if that is not the list's. */
function foreign({ issuer }: CertificateList, names: readonly GeneralName[] | null): Name | null {
  const named = names?.find((name) => name.kind === 'directoryName')
  return named && !namesMatch(named.name, issuer) ? named.name : null
}

/**
 * Returns the newest complete list of a series, and others that may be newer: dated ahead of this clock, or with no
 * number or the same one.
 */
function newestAndLater(kept: readonly KeptList[], series: string, at: Date): KeptList[] {
  const all = kept.filter(({ view }) => view.series === series)
  const newest = all.find(({ list }) => list.thisUpdate <= at)
  const others = all.filter(
    (each) =>
      each !== newest &&
      !each.view.superseded &&
      (!newest || each.list.thisUpdate > newest.list.thisUpdate || each.view.number === newest.view.number),
  )
  return newest ? [newest, ...others] : others
}

/** Which certificates of a CA are in the vault, and which of them are revoked or on hold there. */
export interface Here {
  readonly isHere: HasSerial
  readonly isRevoked: HasSerial
}

/**
 * Returns entries kept on the list although their certificates are not in the vault, or not revoked there: those of a
 * CA imported with its list or database. A hold is released by its record. Taken from the newest complete lists of the scope, or of everything.
 */
export function carriedOn(
  kept: readonly KeptList[],
  revokedElsewhere: readonly RevokedElsewhere[],
  scope: IssuingDistributionPoint | null,
  { isHere, isRevoked }: Here,
  at: Date,
): RevokedCertificate[] {
  const same = newestAndLater(kept, seriesOf(scope), at)
  const from = same.length > 0 ? same : newestAndLater(kept, seriesOf(null), at)
  const addresses = addressesIn(scope)
  const carried: RevokedCertificate[] = []
  const isIn = (lists: readonly KeptList[], serial: Uint8Array): boolean =>
    lists.some(({ list }) =>
      list.revokedCertificates
        .find(serial)
        .some(({ certificateIssuer }) => !foreign(list, certificateIssuer)),
    )
  const isKnown = (serial: Uint8Array, reason: string | null): boolean =>
    reason === 'certificateHold' ? isHere(serial) : isRevoked(serial)
  const isCa = scope?.onlyContainsCACerts ?? false
  for (const [index, each] of from.entries())
    for (const entry of entriesIn(each)) {
      const { serialNumber, issuer, reason } = entry
      if (issuer || isKnown(serialNumber, reason) || isIn(from.slice(0, index), serialNumber)) continue
      carried.push(same.length > 0 ? entry : { ...entry, isCa, distributionPoints: addresses })
    }
  for (const { serialNumber, since, reason, invalidityDate } of revokedElsewhere) {
    const serial = serialContent(serialNumber)
    if (isIn(from, serial) || isKnown(serial, reason)) continue
    carried.push({
      serialNumber: serial,
      since: new Date(since),
      reason,
      invalidityDate: invalidityDate === null ? null : new Date(invalidityDate),
      isCa,
      distributionPoints: addresses,
    })
  }
  return carried
}

/**
 * Returns the highest number of any list of this authority; null if there was none. One that none can follow was taken
 * from a file by an earlier build, and does not count.
 */
export function highestNumber({ listNumber }: AuthorityRecord, kept: readonly KeptList[]): bigint | null {
  const noted = listNumber === undefined ? -1n : BigInt(listNumber)
  const remembered = noted < MOST_NUMBER ? noted : -1n
  const highest = kept.reduce((number, { list }) => {
    const next = numberIn(list)
    return next > number && next < MOST_NUMBER ? next : number
  }, remembered)
  return highest < 0n ? null : highest
}

/**
 * Returns a number that rises with the clock, in milliseconds: a vault restored from an old backup has lost its last
 * numbers, and this skips past them. If the clock is wrong, `above` gives the last published number.
 */
export function nextNumber(highest: bigint | null, above: bigint | null, now: number): bigint {
  return [highest, above].reduce<bigint>(
    (number, known) => (known !== null && known >= number ? known + 1n : number),
    BigInt(Math.floor(now)),
  )
}

const LOOKED_THROUGH = 5000
const BATCH = 100

/** Returns when the vault was last restored from a backup, if after `since` and among the newest entries. */
export async function restoredSince(session: HasVault, since: number): Promise<Date | null> {
  const { opened, database } = session.vault
  if (!opened) return null
  const last = (await database.last('journal'))?.id ?? 0
  for (let upper = last; upper > Math.max(0, last - LOOKED_THROUGH); upper -= BATCH) {
    const stored = await database.getAll('journal', IDBKeyRange.bound(upper - BATCH + 1, upper))
    for (const each of stored.reverse()) {
      const entry = (await openEntry(opened.keys, each))?.entry
      if (!entry || Date.parse(entry.at) < since) return null
      if (entry.act === 'backup-restored') return new Date(entry.at)
    }
  }
  return null
}
