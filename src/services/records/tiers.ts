/** Finds whether a CA, or one above it, was revoked or put on hold, as far as this vault knows. */
import { CodedError } from '../../errors.ts'
import type { Finding } from '../../findings.ts'
import { readHead, type ReadableVault } from '../../vault/open-vault.ts'
import { allRecords, listsOf, recordsOf, requireRecord, type Read } from '../../vault/reading.ts'
import { changed, sumOf } from '../../vault/records.ts'
import type { RecordProblem } from '../../vault/shapes.ts'
import { isEqual } from '../../webcrypto/seal.ts'
import { callingName } from '../../x509/calling-name.ts'
import { parseCertificate, type Certificate } from '../../x509/certificate.ts'
import type { GeneralName } from '../../x509/general-name.ts'
import { nameToText } from '../../x509/name.ts'
import { namesMatch } from '../../x509/name-matching.ts'
import { listSignersOf } from './list-places.ts'
import { serialOf } from '../../x509/serial-number.ts'
import { keptList, newestOfSeries, withSuperseded, type KeptList } from './list-records.ts'
import { DAY } from '../../time.ts'

export interface Tiers {
  /** Findings against them, the CA itself first. */
  readonly against: readonly Finding[]
  /** The records these were read from: anything that changes the findings changes one of these. */
  readonly reads: readonly Read<'authorities' | 'certificates'>[]
}

/** A CA and its own certificate, as stored. */
export interface Tier {
  readonly authority: Read<'authorities'>
  readonly own: Read<'certificates'>
}

/**
 * Returns the tiers from the CA upwards, as far as its issuers are here; `first`: its own records, if read already.
 * What cannot be read may say that one of them is revoked: rejects with 'record-changed', 'tier-list-missing' or
 * 'tier-list-unreadable'.
 */
export async function tiersOf(
  vault: ReadableVault,
  authorityId: string,
  now: number,
  first?: Tier,
): Promise<Tiers> {
  const reads: Tiers['reads'][number][] = []
  const against: Finding[] = []
  const seen = new Set<string>()
  await requireAllLists(vault)
  for (let next: string | null = authorityId; next !== null && !seen.has(next);) {
    seen.add(next)
    const { authority, own }: Tier = next === authorityId && first ? first : await tier(vault, next)
    reads.push(authority, own)
    const issuerId: string | null = own.value.authorityId
    const above: string | null = issuerId === next ? null : issuerId
    const certificate = parseCertificate(own.value.der)
    const said =
      ofRecord(own) ??
      (above === null ? null : await ofIssuer(vault, above, own, certificate, now)) ??
      (await ofListSigners(vault, above, own, certificate, now))
    if (said) against.push(findingOf(certificate, said))
    next = above
  }
  return { against, reads }
}

/** Rejects with 'tier-list-missing' if there are fewer or more stored lists than were stored here. */
async function requireAllLists(vault: ReadableVault): Promise<void> {
  // While it is locked or can only be read, nothing is signed.
  if (!vault.opened || vault.opened.isReadOnly) return
  for (;;) {
    const { head, stamp } = await readHead(vault.opened)
    const found = await vault.database.count('lists')
    const { count } = sumOf(head, 'lists')
    if (found === count) return
    // Another tab may have stored one in between.
    if (isEqual((await readHead(vault.opened)).stamp, stamp))
      throw new CodedError('tier-list-missing', { found, stored: count })
  }
}

const refuse = ({ store, id }: RecordProblem): never => changed(store, id)

async function tier(vault: ReadableVault, id: string): Promise<Tier> {
  const authority = await requireRecord(vault, 'authorities', id)
  return { authority, own: await requireRecord(vault, 'certificates', authority.value.certificateId) }
}

interface Said {
  readonly since: Date
  readonly reason: string | null
}

function ofRecord({ value: { status, revocation } }: Read<'certificates'>): Said | null {
  if (status === 'good') return null
  return { since: new Date(revocation?.since ?? 0), reason: revocation?.reason ?? null }
}

/** Returns what was imported with the issuer: its database, and the stored lists. */
async function ofIssuer(
  vault: ReadableVault,
  issuerId: string,
  own: Read<'certificates'>,
  certificate: Certificate,
  now: number,
): Promise<Said | null> {
  const { value } = await requireRecord(vault, 'authorities', issuerId)
  const serialNumber = serialOf(certificate)
  const elsewhere = value.revokedElsewhere?.find((each) => each.serialNumber === serialNumber)
  if (elsewhere) return { since: new Date(elsewhere.since), reason: elsewhere.reason }
  return standingIn(own, await entriesFor(vault, issuerId, certificate, now))
}

/** Returns indirect lists of CAs here that the certificate names as cRLIssuer (RFC 5280 §6.3.3 (b)). */
async function ofListSigners(
  vault: ReadableVault,
  issuerId: string | null,
  own: Read<'certificates'>,
  certificate: Certificate,
  now: number,
): Promise<Said | null> {
  const signers = listSignersOf(certificate)
  if (signers.length === 0) return null
  const ids = (await allRecords(vault, 'authorities', refuse)).map(({ value }) => value.certificateId)
  for (const { value } of await recordsOf(vault, 'certificates', ids, refuse)) {
    const signerId = value.ownAuthorityId
    if (signerId === null || signerId === issuerId) continue
    if (!signers.includes(nameToText(parseCertificate(value.der).subject))) continue
    const said = standingIn(own, await entriesFor(vault, signerId, certificate, now, 'of another'))
    if (said) return said
  }
  return null
}

/** A hold released here is still on the lists signed before. */
const standingIn = (own: Read<'certificates'>, entries: readonly Said[]): Said | null =>
  entries.find(({ reason }) => reason !== 'certificateHold' || own.value.revocation !== null) ?? null

/** Stored lists never change: what they say of a certificate is cached until there is another list. */
const known = new WeakMap<object, Map<string, { lists: string; day: number; entries: readonly Said[] }>>()

async function entriesFor(
  vault: ReadableVault,
  issuerId: string,
  certificate: Certificate,
  now: number,
  whose: 'own' | 'of another' = 'own',
): Promise<readonly Said[]> {
  const lists = (await vault.database.getAllKeysFromIndex('lists', 'parent', issuerId)).join()
  if (lists === '') return []
  const remembered = known.get(vault.database) ?? new Map<string, never>()
  known.set(vault.database, remembered)
  const place = `${issuerId} ${whose} ${nameToText(certificate.issuer)} ${serialOf(certificate)}`
  const before = remembered.get(place)
  const day = Math.floor(now / DAY)
  if (before?.lists === lists && before.day === day) return before.entries
  const entries = await entriesIn(vault, issuerId, certificate, now, whose)
  remembered.set(place, { lists, day, entries })
  return entries
}

/** Returns entries of the newest current lists of each kind; an indirect entry is about another CA's certificate. */
async function entriesIn(
  vault: ReadableVault,
  issuerId: string,
  { serialNumber, issuer }: Certificate,
  now: number,
  whose: 'own' | 'of another',
): Promise<Said[]> {
  const isOfIssuer = (names: readonly GeneralName[] | null): boolean =>
    whose === 'own'
      ? !names
      : !!names?.some((name) => name.kind === 'directoryName' && namesMatch(name.name, issuer))
  const records = await listsOf(vault, issuerId, refuse)
  const kept = withSuperseded(
    records.map(({ id, value }): KeptList => {
      const list = keptList(id, value)
      if (!list) throw new CodedError('tier-list-unreadable', { id })
      return list
    }),
  )
  return newestOfSeries(kept, new Date(now)).flatMap(({ list }) =>
    list.revokedCertificates
      .find(serialNumber)
      .filter(
        ({ certificateIssuer, reasonCode }) =>
          isOfIssuer(certificateIssuer) && reasonCode !== 'removeFromCRL',
      )
      .map(({ revocationDate, reasonCode }) => ({
        since: revocationDate ?? list.thisUpdate,
        reason: reasonCode,
      })),
  )
}

function findingOf(certificate: Certificate, { since, reason }: Said): Finding {
  const tier = callingName(certificate)
  if (reason === 'certificateHold') return { code: 'tier-on-hold', detail: { tier, since } }
  return { code: 'tier-revoked', detail: { tier, since, reason } }
}
