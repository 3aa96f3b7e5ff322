import { Pieces } from '../der/pieces.ts'
import { compareOctets } from '../der/writer.ts'
import { encodeRevokedEntry } from '../x509/revoked-entry.ts'
import type { IssuingDistributionPoint } from '../x509/extensions/issuing-distribution-point.ts'
import type { ReasonFlag } from '../x509/extensions/distribution-points.ts'
import type { Name } from '../x509/name.ts'
import type { CrlReason, RevokedEntryFields } from '../x509/revoked-entry.ts'
import type { Revocation } from './revoke.ts'

/** A revoked certificate, with the fields that lists need. */
export interface RevokedCertificate extends Revocation {
  /** Content of the INTEGER. */
  readonly serialNumber: Uint8Array
  readonly isCa: boolean
  /** Addresses in its cRLDistributionPoints: in a partitioned list it belongs to the parts that carry one of them. */
  readonly distributionPoints: readonly string[]
  /** Its issuer, if that is not the issuer of the list (an indirect list, §5.3.3). */
  readonly issuer?: Name | null
}

/**
 * Whether a list of this scope covers the certificate (§5.2.5). Without a reason it belongs to the lists for all
 * reasons.
 */
export function isInScope(revoked: RevokedCertificate, scope: IssuingDistributionPoint | null): boolean {
  if (!scope) return true
  if (scope.onlyContainsUserCerts && revoked.isCa) return false
  if (scope.onlyContainsCACerts && !revoked.isCa) return false
  const { onlySomeReasons, distributionPoint } = scope
  if (onlySomeReasons && revoked.reason && !onlySomeReasons.has(revoked.reason as ReasonFlag)) return false
  const addresses = (distributionPoint?.fullName ?? []).flatMap((name) =>
    name.kind === 'uniformResourceIdentifier' ? [name.value] : [],
  )
  return addresses.length === 0 || revoked.distributionPoints.some((address) => addresses.includes(address))
}

interface ListedCertificate extends Omit<RevokedCertificate, 'reason'> {
  readonly reason: CrlReason | null
}

/** §5.2.4: the changes since the base: newly revoked, changed, and taken off hold (removeFromCRL). */
export function changesSince(
  base: Iterable<RevokedCertificate>,
  now: Iterable<RevokedCertificate>,
  at: Date,
): ListedCertificate[] {
  const before = new Map<string, RevokedCertificate>()
  for (const revoked of base) before.set(keyOf(revoked), revoked)
  const changes: ListedCertificate[] = []
  for (const revoked of now) {
    const key = keyOf(revoked)
    const known = before.get(key)
    before.delete(key)
    if (!known || !isSame(known, revoked)) changes.push(revoked)
  }
  for (const gone of before.values())
    changes.push({ ...gone, since: at, reason: 'removeFromCRL', invalidityDate: null })
  return changes
}

const keyOf = ({ serialNumber, issuer }: RevokedCertificate): string =>
  `${issuer?.der.join() ?? ''}/${serialNumber.join()}`

const isSame = (a: Revocation, b: Revocation): boolean =>
  a.reason === b.reason &&
  secondOf(a.since) === secondOf(b.since) &&
  secondOf(a.invalidityDate) === secondOf(b.invalidityDate)

/** Lists have no fractions of a second. */
const secondOf = (date: Date | null): number | null => date && Math.floor(date.getTime() / 1000)

const CHUNK = 1 << 20

export interface EntriesOptions {
  /** Called after each 10,000 entries; a worker awaits it to yield, and throws to cancel. */
  readonly onProgress?: (done: number) => void | Promise<void>
}

/** Returns entries in DER, in large pieces: bounded work per piece, and no object per entry. */
export async function encodeEntries(
  entries: Iterable<ListedCertificate>,
  { onProgress }: EntriesOptions = {},
): Promise<Uint8Array[]> {
  const pieces = new Pieces(CHUNK)
  let done = 0
  let issuer: Name | null = null
  for (const listed of entries) {
    const named: Name | null = listed.issuer ?? null
    pieces.put(encodeRevokedEntry(fieldsOf(listed, named === issuer ? null : named)))
    issuer = named
    done += 1
    if (onProgress && done % 10_000 === 0) await onProgress(done)
  }
  return pieces.all()
}

function fieldsOf(listed: ListedCertificate, changedIssuer: Name | null): RevokedEntryFields {
  const { serialNumber, since, reason, invalidityDate } = listed
  return {
    serialNumber,
    revocationDate: since,
    reasonCode: reason,
    invalidityDate,
    certificateIssuer: changedIssuer && [{ kind: 'directoryName', name: changedIssuer }],
  }
}

/** §5.3.3: entries of the list's own issuer first, as they need no name; then grouped by issuer. */
export function groupedByIssuer<T extends { readonly issuer?: Name | null }>(entries: Iterable<T>): T[] {
  const own: T[] = []
  const others: T[] = []
  for (const entry of entries) (entry.issuer ? others : own).push(entry)
  others.sort((a, b) => compareOctets(a.issuer!.der, b.issuer!.der))
  let previous: Name | null = null
  for (const [index, entry] of others.entries()) {
    // One object per issuer, so that its name is written once.
    if (previous && compareOctets(previous.der, entry.issuer!.der) === 0)
      others[index] = { ...entry, issuer: previous }
    else previous = entry.issuer!
  }
  // Not spread: a list may hold a million entries.
  return own.concat(others)
}
