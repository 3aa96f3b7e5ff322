/** What the stored lists say of a CA: those of its issuer, and indirect ones of CAs that its certificate names. */
import type { ReadableVault } from '../../vault/open-vault.ts'
import { requireRecord, type Read } from '../../vault/reading.ts'
import { hexOf } from '../../octets.ts'
import { parseCertificate, type Certificate } from '../../x509/certificate.ts'
import type { CertificateList } from '../../x509/certificate-list.ts'
import { nameToText, type Name } from '../../x509/name.ts'
import { namesMatch } from '../../x509/name-matching.ts'
import type { RevokedEntry } from '../../x509/revoked-entry.ts'
import { serialOf } from '../../x509/serial-number.ts'
import { listSignerNames } from './list-places.ts'
import {
  isLater,
  requireKept,
  requireLists,
  seriesOf,
  signerIn,
  type AllLists,
  type KeptList,
} from './list-records.ts'

export interface Said {
  readonly since: Date
  readonly reason: string | null
}

export const isHold = ({ reason }: Pick<Said, 'reason'>): boolean => reason === 'certificateHold'
/** A key that others have weighs most, a hold least. */
export const gravity = (said: Pick<Said, 'reason'>): number =>
  isHold(said) ? 0 : said.reason === 'keyCompromise' || said.reason === 'cACompromise' ? 2 : 1

/** What lists say, and the CAs' records that it depends on whose lists these are. */
interface Listed {
  readonly said: readonly Said[]
  readonly reads: readonly Read<'authorities'>[]
}

/**
 * Returns what the stored lists say against a certificate. Rejects with 'record-changed' or 'tier-list-unreadable' if
 * one cannot be read, and with 'store-changed' if one was put back.
 */
export async function listedAgainst(
  vault: ReadableVault,
  issuerId: string | null,
  certificate: Certificate,
  { ids, sum }: AllLists,
  now: number,
): Promise<Listed> {
  const said: Said[] = []
  const reads: Read<'authorities'>[] = []
  for (const [signerId, lists] of bySigner(ids))
    if (signerId === issuerId || (await mayList(vault, signerId, issuerId, certificate, reads)))
      said.push(...(await entriesFor(vault, signerId, { ids: lists, sum }, certificate, now)))
  return { said, reads }
}

/** Returns the ids of lists by the CA that signed them. */
function bySigner(all: readonly string[]): ReadonlyMap<string, string[]> {
  const lists = new Map<string, string[]>()
  for (const id of all) {
    const signer = signerIn(id)
    const ids = lists.get(signer)
    if (ids) ids.push(id)
    else lists.set(signer, [id])
  }
  return lists
}

/**
 * Whether it is named as cRLIssuer (RFC 5280 §6.3.3 (b)), or is the issuer with another key: adds the records that say
 * so.
 */
async function mayList(
  vault: ReadableVault,
  signerId: string,
  issuerId: string | null,
  certificate: Certificate,
  reads: Read<'authorities'>[],
): Promise<boolean> {
  const name = await nameOf(vault, signerId)
  if (listSignerNames(certificate).some((each) => namesMatch(each, name))) return true
  if (issuerId === null || !namesMatch(certificate.issuer, name)) return false
  const signer = await requireRecord(vault, 'authorities', signerId)
  const issuer = await requireRecord(vault, 'authorities', issuerId)
  reads.push(signer, issuer)
  return isVouchedFor(signer, issuer) || isVouchedFor(issuer, signer)
}

/** Another CA of the issuer's name may be anybody's, unless one of them or the CA above both has certified it. */
const isVouchedFor = ({ id, value }: Read<'authorities'>, other: Read<'authorities'>): boolean =>
  value.successorId === other.id ||
  other.value.parentId === id ||
  (value.parentId !== null && value.parentId === other.value.parentId)

/** A CA keeps its name, whichever of its certificates it uses. */
const names = new WeakMap<object, Map<string, Name>>()

async function nameOf(vault: ReadableVault, authorityId: string): Promise<Name> {
  const known = names.get(vault.database) ?? new Map<string, Name>()
  names.set(vault.database, known)
  const before = known.get(authorityId)
  if (before) return before
  const { value, verified } = await requireRecord(vault, 'authorities', authorityId)
  const own = await requireRecord(vault, 'certificates', value.certificateId)
  const name = parseCertificate(own.value.der).subject
  if (verified && own.verified) known.set(authorityId, name)
  return name
}

interface Remembered {
  readonly lists: string
  /** They say the same from then on, until the next of them comes into force. */
  readonly from: number
  readonly until: number
  readonly entries: readonly Said[]
}

/** What the stored lists say of a certificate is cached until there is another list. */
const remembered = new WeakMap<object, Map<string, Remembered>>()

async function entriesFor(
  vault: ReadableVault,
  signerId: string,
  { ids, sum }: AllLists,
  certificate: Certificate,
  now: number,
): Promise<readonly Said[]> {
  const lists = sum ? hexOf(sum.sum) : ids.join()
  const known = remembered.get(vault.database) ?? new Map<string, Remembered>()
  remembered.set(vault.database, known)
  const place = `${signerId} ${nameToText(certificate.issuer)} ${serialOf(certificate)}`
  const before = known.get(place)
  if (before?.lists === lists && before.from <= now && now < before.until) return before.entries
  const records = await requireLists(vault, ids)
  const kept = records.map(({ id, value }) => requireKept(id, value))
  const ahead = kept.map(({ list }) => list.thisUpdate.getTime()).filter((at) => at > now)
  const entries = entriesIn(kept, certificate, now)
  if (records.every(({ verified }) => verified))
    known.set(place, { lists, from: now, until: Math.min(Infinity, ...ahead), entries })
  return entries
}

/**
 * A revocation on any list counts, even on one that is dated ahead of this clock, replaced by another, or without a
 * number: nothing takes it back. A hold counts until a later list of the scope that is in force takes it back.
 */
function entriesIn(kept: readonly KeptList[], certificate: Certificate, now: number): Said[] {
  return kept.flatMap((each) =>
    about(each.list, certificate).flatMap(({ revocationDate, reasonCode }) =>
      reasonCode === 'certificateHold' && kept.some((other) => takesBack(other, each, certificate, now))
        ? []
        : [{ since: revocationDate ?? each.list.thisUpdate, reason: reasonCode }],
    ),
  )
}

function takesBack(other: KeptList, held: KeptList, certificate: Certificate, now: number): boolean {
  const { list } = other
  if (list.thisUpdate.getTime() > now || !isLater(other, held)) return false
  if (seriesOf(list.issuingDistributionPoint) !== seriesOf(held.list.issuingDistributionPoint)) return false
  // A delta lists only what has changed.
  return list.deltaCRLIndicator
    ? named(list, certificate).some(({ reasonCode }) => reasonCode === 'removeFromCRL')
    : about(list, certificate).length === 0
}

/** What of a certificate lists tell apart. */
type Told = Pick<Certificate, 'serialNumber' | 'issuer'>

/** Returns the entries that speak against it. */
export const about = (list: CertificateList, certificate: Told): RevokedEntry[] =>
  named(list, certificate).filter(({ reasonCode }) => reasonCode !== 'removeFromCRL')

/** Returns the entries with its serial number and issuer; an entry that names none is of the list's (§5.3.3). */
const named = ({ revokedCertificates, issuer }: CertificateList, certificate: Told): RevokedEntry[] =>
  revokedCertificates
    .find(certificate.serialNumber)
    .filter(({ certificateIssuer }) =>
      certificateIssuer
        ? certificateIssuer.some(
            (name) => name.kind === 'directoryName' && namesMatch(name.name, certificate.issuer),
          )
        : namesMatch(issuer, certificate.issuer),
    )
