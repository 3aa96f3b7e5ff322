/** What is known of a CA's certificates beside their own records: its stored lists, and what it had revoked elsewhere. */
import { requireRecord, type Read } from '../../vault/reading.ts'
import type { RevocationRecord, RevokedElsewhere, StoreSum } from '../../vault/shapes.ts'
import { parseCertificate } from '../../x509/certificate.ts'
import type { CertificateList } from '../../x509/certificate-list.ts'
import type { Name } from '../../x509/name.ts'
import { serialOf } from '../../x509/serial-number.ts'
import { allLists, requireKeptLists } from './list-records.ts'
import type { HasVault } from './has-vault.ts'
import { about, gravity, isHold } from './listed.ts'

/** A serial number of a certificate that this CA has issued. */
export interface Numbered {
  readonly serialNumber: Uint8Array
}

/** Returns the gravest of several, the first of two that are as grave. */
export const gravest = <T extends Pick<RevocationRecord, 'reason'>>(found: readonly T[]): T | null =>
  found.reduce<T | null>((worst, each) => (worst && gravity(worst) >= gravity(each) ? worst : each), null)

/** Returns by serial number the gravest of what several sources say. */
export function bySerial(entries: readonly RevokedElsewhere[]): Map<string, RevokedElsewhere> {
  const found = new Map<string, RevokedElsewhere>()
  for (const entry of entries) {
    const before = found.get(entry.serialNumber)
    found.set(entry.serialNumber, gravest(before ? [before, entry] : [entry])!)
  }
  return found
}

/** Returns what any of these lists says for good; a hold is left to the record, where it may have been released. */
export function revokedBy(
  lists: readonly CertificateList[],
  issuer: Name,
  { serialNumber }: Numbered,
): RevocationRecord | null {
  return gravest(
    lists.flatMap((list) =>
      about(list, { serialNumber, issuer })
        .filter((entry) => !isHold({ reason: entry.reasonCode }))
        .map(({ revocationDate, reasonCode, invalidityDate }) => ({
          since: (revocationDate ?? list.thisUpdate).getTime(),
          reason: reasonCode,
          invalidityDate: invalidityDate?.getTime() ?? null,
        })),
    ),
  )
}

/** What is known of the certificates of one CA. */
export class KnownRevocations {
  readonly #issuer: Name
  readonly #lists: readonly CertificateList[]
  readonly #elsewhere: ReadonlyMap<string, RevokedElsewhere>

  constructor(issuer: Name, lists: readonly CertificateList[], elsewhere: readonly RevokedElsewhere[]) {
    this.#issuer = issuer
    this.#lists = lists
    this.#elsewhere = bySerial(elsewhere)
  }

  of(certificate: Numbered): RevocationRecord | null {
    const elsewhere = this.#elsewhere.get(serialOf(certificate))
    const listed = revokedBy(this.#lists, this.#issuer, certificate)
    return gravest([...(elsewhere ? [elsewhere] : []), ...(listed ? [listed] : [])])
  }
}

/**
 * Reads what is stored with a CA; its record and the sum of the lists that were read are for a change that depends on
 * it. Rejects as requireKeptLists().
 */
export async function knownRevocations(
  session: HasVault,
  authorityId: string,
): Promise<{ known: KnownRevocations; authority: Read<'authorities'>; lists: StoreSum[] }> {
  const { vault } = session
  const authority = await requireRecord(vault, 'authorities', authorityId)
  const { value } = authority
  const own = await requireRecord(vault, 'certificates', value.certificateId)
  const { sum } = await allLists(vault)
  const kept = (await requireKeptLists(session, authorityId)).map(({ list }) => list)
  const issuer = parseCertificate(own.value.der).subject
  const known = new KnownRevocations(issuer, kept, value.revokedElsewhere ?? [])
  return { known, authority, lists: sum ? [sum] : [] }
}

/** Returns this if it weighs more than what the record says. */
export function graverThan(
  { status, revocation }: { status: string; revocation?: RevocationRecord | null },
  said: RevocationRecord | null,
): RevocationRecord | null {
  if (!said) return null
  if (status === 'good') return said
  return gravity(said) > gravity({ reason: revocation?.reason ?? null }) ? said : null
}
