/** Finds whether a CA, or one above it, was revoked or put on hold, as far as this vault knows. */
import type { Finding } from '../../findings.ts'
import type { ReadableVault } from '../../vault/open-vault.ts'
import { requireRecord, type Read } from '../../vault/reading.ts'
import type { StoreSum } from '../../vault/shapes.ts'
import { callingName } from '../../x509/calling-name.ts'
import { parseCertificate, type Certificate } from '../../x509/certificate.ts'
import { serialOf } from '../../x509/serial-number.ts'
import { allLists } from './list-records.ts'
import { gravity, isHold, listedAgainst, type Said } from './listed.ts'

export interface Tiers {
  /** Findings against them, the CA itself first. */
  readonly against: readonly Finding[]
  /** The records these were read from: anything that changes the findings changes one of these. */
  readonly reads: readonly Read<'authorities' | 'certificates'>[]
  /** The sum of the lists they were read from; null while the vault is locked or can only be read. */
  readonly lists: StoreSum | null
}

/** A CA and its own certificate, as stored. */
export interface Tier {
  readonly authority: Read<'authorities'>
  readonly own: Read<'certificates'>
}

/**
 * Returns the tiers from the CA upwards, as far as its issuers are here; `first`: its own records, if read already.
 * What cannot be read may say that one of them is revoked: rejects with 'record-changed', 'store-changed' or
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
  const tiers = new Map<string, Tier>()
  // Each is read once: what is said of one is of the records that are compared.
  const tierOf = async (id: string): Promise<Tier> => {
    const found = tiers.get(id) ?? (id === authorityId && first ? first : await tier(vault, id))
    if (!tiers.has(id)) reads.push(found.authority, found.own)
    tiers.set(id, found)
    return found
  }
  const seen = new Set<string>()
  const lists = await allLists(vault)
  for (let next: string | null = authorityId; next !== null && !seen.has(next);) {
    seen.add(next)
    const { own }: Tier = await tierOf(next)
    const issuerId: string | null = own.value.authorityId
    const issuer: Tier | null = issuerId === null ? null : await tierOf(issuerId)
    const certificate = parseCertificate(own.value.der)
    const listed = await listedAgainst(vault, issuerId, certificate, lists, now)
    reads.push(...listed.reads)
    const said = saidOf(own, certificate, issuer, listed.said)
    if (said) against.push(findingOf(certificate, said))
    next = issuerId === next ? null : issuerId
  }
  return { against, reads, lists: lists.sum }
}

async function tier(vault: ReadableVault, id: string): Promise<Tier> {
  const authority = await requireRecord(vault, 'authorities', id)
  return { authority, own: await requireRecord(vault, 'certificates', authority.value.certificateId) }
}

/** Returns what speaks against it: its own record, what was imported with its issuer, and the stored lists. */
function saidOf(
  { value: { status, revocation } }: Read<'certificates'>,
  certificate: Certificate,
  issuer: Tier | null,
  listed: readonly Said[],
): Said | null {
  const said: Said[] = []
  if (status !== 'good')
    said.push({ since: new Date(revocation?.since ?? 0), reason: revocation?.reason ?? null })
  if (issuer) said.push(...elsewhereOf(issuer, certificate))
  const isReleased = status === 'good' && revocation === null
  // A hold released here is still on the lists signed before.
  said.push(...listed.filter((each) => !isReleased || !isHold(each)))
  return said.reduce<Said | null>(
    (worst, each) => (worst && gravity(worst) >= gravity(each) ? worst : each),
    null,
  )
}

/** Returns what the database of its issuer said, from when that was run elsewhere. */
function elsewhereOf({ authority: { value } }: Tier, certificate: Certificate): Said[] {
  const serialNumber = serialOf(certificate)
  const found = value.revokedElsewhere?.find((each) => each.serialNumber === serialNumber)
  return found ? [{ since: new Date(found.since), reason: found.reason }] : []
}

function findingOf(certificate: Certificate, { since, reason }: Said): Finding {
  const tier = callingName(certificate)
  if (reason === 'certificateHold') return { code: 'tier-on-hold', detail: { tier, since } }
  return { code: 'tier-revoked', detail: { tier, since, reason } }
}
