/** Which CA a text database is of. Small serial numbers are many a CA's: the dates and names say whose they are. */
import type { DatabaseEntry } from '../../containers/openssl-database.ts'
import { callingName } from '../../x509/calling-name.ts'
import type { Certificate } from '../../x509/certificate.ts'
import { namesMatch } from '../../x509/name-matching.ts'
import { serialOf, serialText } from '../../x509/serial-number.ts'
import type { FoundCertificate, FoundDatabase } from './desk.ts'

/** A CA that a database may be of. */
interface Bearer {
  readonly certificate: Certificate
  readonly own: readonly FoundCertificate[]
  readonly certificates: readonly FoundCertificate[]
  database: FoundDatabase | null
}

interface Vote {
  readonly authority: Bearer
  /** How many of its certificates have an entry: its serial number, expiry and name, or without the name. */
  readonly named: number
  readonly dated: number
  /** Length of the path of its own certificate, in the database's folder or below. */
  readonly own: number
}

/**
 * Assigns each database to the CA whose certificates it lists; if none are here, to the CA whose own certificate is
 * nearest in the same folder. A CA may have several. Returns those that match none.
 */
export function giveDatabases(
  authorities: readonly Bearer[],
  databases: readonly FoundDatabase[],
): FoundDatabase[] {
  const voted = databases.map((database) => ({ database, best: bestOf(authorities, database) }))
  const sure = voted.filter(({ best }) => best !== null && best.dated > 0)
  for (const { database, best } of sure) best!.authority.database = joined(best!.authority.database, database)
  return voted
    .filter(({ best }) => best === null || best.dated === 0)
    .flatMap(({ database, best }) => {
      if (!best || best.authority.database) return [database]
      best.authority.database = database
      return []
    })
}

function bestOf(authorities: readonly Bearer[], database: FoundDatabase): Vote | null {
  const entries = new Map<string, DatabaseEntry[]>()
  for (const entry of database.entries) {
    const serial = serialText(entry.serialNumber)
    const same = entries.get(serial)
    if (same) same.push(entry)
    else entries.set(serial, [entry])
  }
  const [best] = authorities
    .map((authority) => voteOf(authority, issuedBy(authorities, authority), database.folder, entries))
    .filter(({ dated, own }) => dated > 0 || own < Infinity)
    .sort((one, other) => other.named - one.named || other.dated - one.dated || one.own - other.own)
  return best ?? null
}

/** Its certificates among the files, of CAs too. */
function issuedBy(authorities: readonly Bearer[], { certificate, certificates }: Bearer): FoundCertificate[] {
  const { subject } = certificate
  const cas = authorities.flatMap(({ own }) => own)
  return [...certificates, ...cas.filter((each) => namesMatch(each.certificate.issuer, subject))]
}

function voteOf(
  authority: Bearer,
  issued: readonly FoundCertificate[],
  folder: string,
  entries: ReadonlyMap<string, readonly DatabaseEntry[]>,
): Vote {
  let [named, dated] = [0, 0]
  for (const { certificate, file } of issued) {
    const found = file.startsWith(folder) ? (entries.get(serialOf(certificate)) ?? []) : []
    const same = found.filter(({ expires }) => expires.getTime() === certificate.notAfter.getTime())
    if (same.length > 0) dated += 1
    if (same.some(({ subject }) => subject.includes(callingName(certificate)))) named += 1
  }
  const paths = authority.own.flatMap(({ file }) => (file.startsWith(folder) ? [file.length] : []))
  return { authority, named, dated, own: Math.min(Infinity, ...paths) }
}

/** Two of one CA: what either says counts. */
function joined(one: FoundDatabase | null, other: FoundDatabase): FoundDatabase {
  if (!one) return other
  const numbers = [one.crlNumber, other.crlNumber].filter((each) => each !== null)
  return {
    folder: one.folder,
    file: `${one.file}, ${other.file}`,
    entries: [...one.entries, ...other.entries],
    problems: [...one.problems, ...other.problems],
    crlNumber: numbers.sort((a, b) => (a.number < b.number ? 1 : -1))[0] ?? null,
  }
}
