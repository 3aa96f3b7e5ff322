/**
 * Public keys whose private halves are known to others: those of every certificate here that was revoked for that. What
 * is said of one certificate of a key holds for all of them, whatever their names.
 */
import { CodedError } from '../../errors.ts'
import type { Finding } from '../../findings.ts'
import { hexOf } from '../../octets.ts'
import { recordsOf, type Read } from '../../vault/reading.ts'
import { callingName } from '../../x509/calling-name.ts'
import { parseCertificate, type Certificate } from '../../x509/certificate.ts'
import { changed } from '../../vault/records.ts'
import type { Spki } from '../../x509/spki.ts'
import type { CatalogueIndex } from '../catalogue/index.ts'
import { tiersOf, type Tier, type Tiers } from '../records/tiers.ts'
import type { Session } from '../session/session.ts'
import { again } from '../../vault/current.ts'
import { requireCurrentNow } from './current-records.ts'

interface Lost {
  readonly since: Date
  readonly reason: string
}

/** Revocations are permanent, so that no record is read twice: by the open vault. */
interface Known {
  readonly seen: Set<string>
  readonly keys: Map<string, Lost>
}
const known = new WeakMap<object, Known>()
const BATCH = 500

/** Returns these keys by their octets, as far as certificates here were revoked until now, in any tab. */
async function lostKeys(session: Session): Promise<ReadonlyMap<string, Lost>> {
  const open = await session.vault.requireOpen()
  const { seen, keys } = known.get(open) ?? { seen: new Set<string>(), keys: new Map<string, Lost>() }
  known.set(open, { seen, keys })
  const revoked = ({ segments }: CatalogueIndex): string[] =>
    segments.flatMap(({ ids, status }) => ids.filter((id, at) => status[at] === 'revoked' && !seen.has(id)))
  // A vault that can only be read signs nothing.
  const { inventory } = session
  const fresh = await (open.isReadOnly ? inventory.ask(revoked) : inventory.askWhole(revoked))
  for (let from = 0; from < fresh.length; from += BATCH) {
    const ids = fresh.slice(from, from + BATCH)
    for (const { id, value } of await recordsOf(
      session.vault,
      'certificates',
      ids,
      session.inventory.report,
    )) {
      const { revocation, status } = value
      // The catalogue says so: the record was put back from before.
      if (status !== 'revoked') changed('certificates', id)
      seen.add(id)
      if (!revocation || !isOfKey(revocation.reason)) continue
      const { since, reason } = revocation
      keys.set(nameOf(parseCertificate(value.der).spki), { since: new Date(since), reason })
    }
  }
  return keys
}

export const isOfKey = (reason: string | null): reason is string =>
  reason === 'keyCompromise' || reason === 'cACompromise'
const nameOf = ({ publicKey }: Pick<Spki, 'publicKey'>): string => hexOf(publicKey)

/** Anyone who has a key could use a certificate for it. Rejects with 'renewal-of-lost-key'. */
export async function requireKeptKey(session: Session, ...certified: readonly Certified[]): Promise<void> {
  const lost = await lostKeys(session)
  const found = certified.find(({ spki }) => lost.has(nameOf(spki)))
  if (found) throw new CodedError('renewal-of-lost-key', { name: found.name })
}

/** A key to be certified, and whose it is. */
export interface Certified {
  readonly spki: Spki
  readonly name: string
}

export const certifiedBy = (certificate: Certificate): Certified => ({
  spki: certificate.spki,
  name: callingName(certificate),
})

/** Returns whether a certificate with this public key was revoked because the private key is known to others. */
export const isLostKey = async (session: Session, spki: Spki): Promise<boolean> =>
  (await lostKeys(session)).has(nameOf(spki))

/**
 * As tiersOf(), and what is known of the tiers' keys by their other certificates. Rejects with 'record-changed' or
 * 'store-changed' if a record was put back, and with 'record-outdated' if `first` is not what is stored now.
 */
export function tiersAgainst(session: Session, authorityId: string, first?: Tier): Promise<Tiers> {
  const read = (): Promise<Tiers> => tiersOnce(session, authorityId, first)
  return first ? read() : again(read)
}

async function tiersOnce(session: Session, authorityId: string, first?: Tier): Promise<Tiers> {
  const tiers = await tiersOf(session.vault, authorityId, session.now, first)
  const { reads, against } = tiers
  await requireCurrentNow(session, reads)
  const lost = await lostKeys(session)
  if (lost.size === 0) return tiers
  const more: Finding[] = []
  for (const { store, value } of reads) {
    if (store !== 'certificates') continue
    const certificate = parseCertificate((value as Read<'certificates'>['value']).der)
    const found = lost.get(nameOf(certificate.spki))
    const tier = callingName(certificate)
    const isSaid = against.some(
      ({ code, detail }) => code === 'tier-revoked' && detail.tier === tier && isOfKey(detail.reason),
    )
    if (!found || isSaid) continue
    const { since, reason } = found
    more.push({ code: 'tier-revoked', detail: { tier, since, reason } })
  }
  return { ...tiers, against: [...against, ...more] }
}
