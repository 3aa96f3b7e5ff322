import type { ReasonsMask } from './reasons.ts'
import { ALL_REASONS, NO_REASONS } from './reasons.ts'
import { isNewer } from './statement.ts'
import type { Says, Statement } from './statement.ts'

type Listing = Statement & { readonly says: Extract<Says, { status: 'revoked' | 'on-hold' }> }

/** The conclusion from all statements. `undetermined` carries the reasons that some CRL covers. */
export type Weighed =
  | { readonly status: 'revoked' | 'on-hold' | 'listed-on-unusable'; readonly by: Listing }
  | { readonly status: 'good' }
  | { readonly status: 'unreadable' }
  | { readonly status: 'unknown' | 'undetermined'; readonly reasons: ReasonsMask }

/**
 * Fails closed. (1) Within a series the newest statement counts, but a listing other than a hold is never lifted by the
 * silence of a later CRL. (2) A hold is lifted only by a newer current statement of that issuer, key and scope that
 * covers the same reasons, and says removeFromCRL or does not name the certificate. (3) Between sources, whatever their
 * age, the order is: revoked, on hold, could not be checked, good, unknown.
 */
export function weigh(statements: readonly Statement[], at: Date): Weighed {
  const listings = statements.filter((each): each is Listing => isListing(each, at))
  const standing = listings.filter((each) => each.says.status === 'revoked' || !isLifted(each, statements))
  const usable = standing.filter(({ forbidden }) => forbidden === null)
  const revoked = newest(usable.filter(({ says }) => says.status === 'revoked'))
  if (revoked) return { status: 'revoked', by: revoked }
  const onHold = newest(usable)
  if (onHold) return { status: 'on-hold', by: onHold }
  const suspicion = newest(standing)
  if (suspicion) return { status: 'listed-on-unusable', by: suspicion }
  if (statements.some(({ says }) => says.status === 'unreadable')) return { status: 'unreadable' }
  return unlisted(statements)
}

/** A CRL or response from after the validation date covers what was revoked before that date. */
const isListing = ({ says, standing }: Statement, at: Date): boolean =>
  (says.status === 'revoked' || says.status === 'on-hold') && (standing !== 'future' || says.since <= at)

const isLifted = (hold: Statement, statements: readonly Statement[]): boolean =>
  statements.some(
    (other) =>
      other.series === hold.series &&
      isBelieved(other) &&
      isNewer(other, hold) &&
      (other.says.status === 'removed' || other.says.status === 'good') &&
      (hold.reasons & ~other.reasons) === NO_REASONS,
  )

/** Whether it may count as good. */
const isBelieved = ({ standing, forbidden, isSound }: Statement): boolean =>
  standing === 'current' && forbidden === null && isSound

/** No listing is left: every hold on the complete CRLs has been lifted. */
function unlisted(statements: readonly Statement[]): Weighed {
  const believed = statements.filter(isBelieved)
  const reasons = believed
    .filter(({ source, isDelta }) => source === 'crl' && !isDelta)
    .reduce((mask, each) => mask | each.reasons, NO_REASONS)
  const answer = newestAnswer(believed)
  if (reasons === ALL_REASONS || answer === 'good') return { status: 'good' }
  return { status: answer ?? 'undetermined', reasons }
}

/** The newest response decides between good and unknown; if two have the same time, good wins. */
function newestAnswer(believed: readonly Statement[]): 'good' | 'unknown' | null {
  const answers = believed.filter(({ source }) => source === 'ocsp')
  const last = Math.max(...answers.map(({ thisUpdate }) => thisUpdate.getTime()))
  const latest = answers.filter(({ thisUpdate }) => thisUpdate.getTime() === last)
  if (latest.some(({ says }) => says.status === 'good')) return 'good'
  return latest.length > 0 ? 'unknown' : null
}

const newest = <S extends Statement>(statements: readonly S[]): S | null =>
  statements.reduce<S | null>((best, each) => (best === null || isNewer(each, best) ? each : best), null)
