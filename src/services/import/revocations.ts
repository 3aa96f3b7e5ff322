/** A CA's revocations according to its database and its lists, and the number its next list must exceed. */
import type { DatabaseEntry } from '../../containers/openssl-database.ts'
import type { CertificateRecord, RevocationRecord, RevokedElsewhere } from '../../vault/shapes.ts'
import { bigIntOf } from '../../octets.ts'
import type { CertificateList } from '../../x509/certificate-list.ts'
import type { Name } from '../../x509/name.ts'
import { serialOf, serialText } from '../../x509/serial-number.ts'
import { MOST_NUMBER } from '../records/list-records.ts'
import { bySerial, gravest, revokedBy, type Numbered } from '../records/known-revocations.ts'
import type { FoundDatabase, FoundList } from './desk.ts'

export type Standing = Pick<CertificateRecord, 'status' | 'revocation'>

const GOOD: Standing = { status: 'good', revocation: null }

/** What is stored with a CA that is here. */
export interface Past {
  readonly lists: readonly CertificateList[]
  readonly revokedElsewhere: readonly RevokedElsewhere[]
}
const NO_PAST: Past = { lists: [], revokedElsewhere: [] }

interface Sources {
  readonly issuer: Name
  readonly database: FoundDatabase | null
  readonly lists: readonly FoundList[]
  readonly past?: Past
}

/** A certificate is revoked if any source says so, and for the gravest of the reasons; the database's comes first. */
export class Revocations {
  readonly #entries: ReadonlyMap<string, DatabaseEntry>
  readonly #revoked: ReadonlyMap<string, RevokedElsewhere>
  readonly #elsewhere: ReadonlyMap<string, RevokedElsewhere>
  readonly #issuer: Name | null
  readonly #lists: readonly CertificateList[]
  readonly #newest: CertificateList | null

  constructor(sources: Sources | null) {
    const { database, lists = [], past = NO_PAST } = sources ?? {}
    const entries = database?.entries ?? []
    this.#entries = oncePerSerial(entries)
    this.#revoked = bySerial(entries.filter(({ status }) => status === 'revoked').map(revokedEntry))
    this.#elsewhere = bySerial(past.revokedElsewhere)
    this.#issuer = sources?.issuer ?? null
    this.#lists = [...lists.map(({ list }) => list), ...past.lists]
    // Complete lists of all certificates only: a partial list says nothing about what is out of its scope.
    const complete = lists.filter(({ list }) => !list.deltaCRLIndicator && !list.issuingDistributionPoint)
    this.#newest = complete.reduce<CertificateList | null>(
      (newest, { list }) => (newest && newest.thisUpdate >= list.thisUpdate ? newest : list),
      null,
    )
  }

  /** Returns whether a certificate that comes in is revoked. */
  of(certificate: Numbered): Standing {
    const held = this.#heldBy(certificate)
    const said = this.revocationOf(certificate)
    const found = gravest([...(said ? [said] : []), ...(held ? [held] : [])])
    if (!found) return GOOD
    const { since, reason, invalidityDate } = found
    const status = reason === 'certificateHold' ? 'held' : 'revoked'
    return { status, revocation: { since, reason, invalidityDate } }
  }

  /** Returns what speaks against one that is here, where a hold that a list says may have been released since. */
  revocationOf(certificate: Numbered): RevocationRecord | null {
    const serial = serialOf(certificate)
    const told = [this.#revoked.get(serial), this.#elsewhere.get(serial)].filter((each) => each !== undefined)
    const listed = this.#issuer && revokedBy(this.#lists, this.#issuer, certificate)
    return gravest([...told, ...(listed ? [listed] : [])])
  }

  /** A hold lasts until a later list takes it back. */
  #heldBy({ serialNumber }: Numbered): RevocationRecord | null {
    const list = this.#newest
    const held = list?.revokedCertificates
      .find(serialNumber)
      .find(({ reasonCode }) => reasonCode === 'certificateHold')
    if (!list || !held) return null
    const { revocationDate, reasonCode, invalidityDate } = held
    return {
      since: (revocationDate ?? list.thisUpdate).getTime(),
      reason: reasonCode,
      invalidityDate: invalidityDate?.getTime() ?? null,
    }
  }

  /** Returns every revocation in the database, so that none is lost before its certificate is stored. */
  all(): RevokedElsewhere[] {
    return [...this.#revoked.values()]
  }

  /** Returns how many serial numbers have this status. */
  count(status: DatabaseEntry['status']): number {
    return [...this.#entries.values()].filter((entry) => entry.status === status).length
  }

  /** Returns the database entries whose serial number no certificate has. */
  missing(serials: ReadonlySet<string>): DatabaseEntry[] {
    return [...this.#entries].filter(([serial]) => !serials.has(serial)).map(([, entry]) => entry)
  }
}

/** By serial number; of several lines for one, a revocation counts. */
function oncePerSerial(entries: readonly DatabaseEntry[]): ReadonlyMap<string, DatabaseEntry> {
  const found = new Map<string, DatabaseEntry>()
  for (const entry of entries) {
    const serial = serialText(entry.serialNumber)
    if (found.get(serial)?.status !== 'revoked') found.set(serial, entry)
  }
  return found
}

function revokedEntry(entry: DatabaseEntry): RevokedElsewhere {
  const { serialNumber, revokedAt, reason, invalidityDate, expires } = entry
  return {
    serialNumber: serialText(serialNumber),
    since: (revokedAt ?? expires).getTime(),
    // 'unspecified' is expressed by omission (§5.3.1); removeFromCRL is not a reason in a complete list.
    reason: reason === 'unspecified' || reason === 'removeFromCRL' ? null : reason,
    invalidityDate: invalidityDate?.getTime() ?? null,
  }
}

/** How far a number that only a file tells may be ahead of the signed lists: no count or time is. */
const FAR_AHEAD = 1n << 64n

export interface ListNumbers {
  /** The highest cRLNumber used: one below the next number in the file, or that of a list. */
  readonly highest: bigint | null
  /** Files with a number that is not believed. */
  readonly refused: readonly string[]
}

/** Anybody can write the file with the next number: one that would use up those that are left is not believed. */
export function listNumbers(database: FoundDatabase | null, lists: readonly FoundList[]): ListNumbers {
  const refused: string[] = []
  let highest: bigint | null = null
  for (const { list, file } of lists) {
    const number = list.cRLNumber && bigIntOf(list.cRLNumber)
    if (number === null) continue
    if (number >= MOST_NUMBER) refused.push(file)
    else if (highest === null || number > highest) highest = number
  }
  const { number: next, file } = database?.crlNumber ?? { number: 0n, file: '' }
  if (next > (highest ?? 0n) + FAR_AHEAD || next > MOST_NUMBER) refused.push(file)
  else if (next > 0n && (highest === null || next - 1n > highest)) highest = next - 1n
  return { highest, refused }
}
