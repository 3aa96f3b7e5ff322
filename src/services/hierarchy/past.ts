/** What a CA brings along that was run elsewhere. */
import { bySerial } from '../records/known-revocations.ts'
import type { AuthorityRecord, RevokedElsewhere } from '../../vault/shapes.ts'

export interface AuthorityPast {
  readonly listNumber: bigint | null
  readonly revoked: readonly RevokedElsewhere[]
}

/** cRLNumbers only rise, and revocations are permanent. */
export function pastOf(
  { listNumber, revokedElsewhere = [] }: Pick<AuthorityRecord, 'listNumber' | 'revokedElsewhere'>,
  past: AuthorityPast | undefined,
): Pick<AuthorityRecord, 'listNumber' | 'revokedElsewhere'> {
  if (!past) return {}
  const known = listNumber === undefined ? null : BigInt(listNumber)
  const number =
    past.listNumber !== null && (known === null || past.listNumber > known) ? past.listNumber : known
  const revoked = [...bySerial([...revokedElsewhere, ...past.revoked]).values()]
  return {
    ...(number === null ? {} : { listNumber: String(number) }),
    ...(revoked.length === 0 ? {} : { revokedElsewhere: revoked }),
  }
}
