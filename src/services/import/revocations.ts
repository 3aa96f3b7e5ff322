/** A CA's revocations according to its database and its lists, and the number its next list must exceed. */
import type { DatabaseEntry } from '../../containers/openssl-database.ts'
import type { CertificateRecord, RevokedElsewhere } from '../../vault/shapes.ts'
import type { Certificate } from '../../x509/certificate.ts'
import { hexOf, bigIntOf } from '../../octets.ts'
import { serialOf, serialText } from '../../x509/serial-number.ts'
import { MOST_NUMBER } from '../records/list-records.ts'
import type { FoundDatabase, FoundList } from './desk.ts'

export type Standing = Pick<CertificateRecord, 'status' | 'revocation'>

const GOOD: Standing = { status: 'good', revocation: null }

/** A certificate is revoked if either source says so; where both do, the database takes precedence. */
export class Revocations {
  /** By serial number, lower-case hexadecimal without padding. */
  readonly #database = new Map<string, DatabaseEntry>()
  readonly #list: FoundList | null

  constructor(database: FoundDatabase | null, lists: readonly FoundList[]) {
    for (const entry of database?.entries ?? []) this.#database.set(serialText(entry.serialNumber), entry)
    // Complete lists of all certificates only: a partial list says nothing about what is out of its scope.
    const complete = lists.filter(({ list }) => !list.deltaCRLIndicator && !list.issuingDistributionPoint)
    this.#list = complete.reduce<FoundList | null>(
      (newest, each) => (newest && newest.list.thisUpdate >= each.list.thisUpdate ? newest : each),
      null,
    )
  }

  of(certificate: Certificate): Standing {
    const entry = this.#database.get(serialOf(certificate))
    if (entry?.status === 'revoked') return standingOf(revokedEntry(entry))
    const list = this.#list?.list
    const [listed] = list?.revokedCertificates.find(certificate.serialNumber) ?? []
    if (!list || !listed || listed.reasonCode === 'removeFromCRL') return GOOD
    const { revocationDate, reasonCode, invalidityDate } = listed
    return standingOf({
      serialNumber: hexOf(listed.serialNumber),
      since: (revocationDate ?? list.thisUpdate).getTime(),
      reason: reasonCode,
      invalidityDate: invalidityDate?.getTime() ?? null,
    })
  }

  /** Returns every revocation in the database, so that none is lost before its certificate is stored. */
  all(): RevokedElsewhere[] {
    return [...this.#database.values()].filter(({ status }) => status === 'revoked').map(revokedEntry)
  }

  /** Returns the database entries whose serial number no certificate has. */
  missing(serials: ReadonlySet<string>): DatabaseEntry[] {
    return [...this.#database].filter(([serial]) => !serials.has(serial)).map(([, entry]) => entry)
  }
}

function standingOf({ since, reason, invalidityDate }: RevokedElsewhere): Standing {
  const status = reason === 'certificateHold' ? 'held' : 'revoked'
  return { status, revocation: { since, reason, invalidityDate } }
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
