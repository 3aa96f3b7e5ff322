/** The certificates of the whole vault that are valid on a day other than today. */
import { recordsOf } from '../../vault/reading.ts'
import { holdingAt } from '../records/holding.ts'
import type { CatalogueIndex, IndexSegment } from '../catalogue/index.ts'
import type { AsOfView } from '../../border/protocol/rollover.ts'
import type { Session } from '../session/session.ts'

/** Counts every certificate by its status at `at`, taking the CAs above it into account. */
export async function standingAt(session: Session, at: Date, signal: AbortSignal): Promise<AsOfView> {
  const holding = holdingAt(await session.inventory.authorities(), at)
  const time = at.getTime()
  const counts = { valid: 0, future: 0, expired: 0, broken: 0, revoked: 0 }
  // Only a past day can have certificates that were valid then and are revoked now.
  const asked = await session.inventory.ask((index) => countIn(index, { time, holding }, counts))
  if (time >= session.now) {
    for (const { positions } of asked) counts.revoked += positions.length
    return counts
  }
  for (const { segment, positions } of asked) {
    const since = await sincesOf(session, segment)
    signal.throwIfAborted()
    for (const position of positions) {
      if (since[position]! > time) counts.valid++
      else counts.revoked++
    }
  }
  return counts
}

/** Certificates of a segment revoked or on hold now, and within their validity at the requested time. */
interface Doubtful {
  readonly segment: IndexSegment
  readonly positions: number[]
}

function countIn(
  { segments, hidden }: CatalogueIndex,
  { time, holding }: { time: number; holding: ReadonlySet<string> },
  counts: Record<keyof AsOfView, number>,
): Doubtful[] {
  const doubtful: Doubtful[] = []
  let base = 0
  for (const segment of segments) {
    const { ids, notBefore, notAfter, status, authorityId, ownAuthorityId } = segment
    const positions: number[] = []
    for (let at = 0; at < ids.length; at++) {
      if (hidden.has(base + at)) continue
      const issuer = authorityId[at] ?? null
      const isOwn = issuer !== null && issuer === ownAuthorityId[at]
      if (notAfter[at]! < time) counts.expired++
      else if (notBefore[at]! > time) counts.future++
      else if (status[at] !== 'good') positions.push(at)
      else if (issuer !== null && !isOwn && !holding.has(issuer)) counts.broken++
      else counts.valid++
    }
    if (positions.length > 0) doubtful.push({ segment, positions })
    base += ids.length
  }
  return doubtful
}

/**
 * When each certificate of a segment was revoked; 0 for the others, and if the date is unknown. Cached: a segment in
 * memory never changes, a write replaces it.
 */
const sinces = new WeakMap<IndexSegment, Promise<Float64Array>>()

function sincesOf(session: Session, segment: IndexSegment): Promise<Float64Array> {
  const known = sinces.get(segment)
  if (known) return known
  const reading = readSinces(session, segment)
  sinces.set(segment, reading)
  reading.catch(() => sinces.delete(segment))
  return reading
}

async function readSinces(session: Session, { ids, status }: IndexSegment): Promise<Float64Array> {
  const places = new Map(ids.map((id, at) => [id, at]))
  const revoked = ids.filter((_, at) => status[at] !== 'good')
  const since = new Float64Array(ids.length)
  const records = await recordsOf(session.vault, 'certificates', revoked, session.inventory.report)
  for (const { id, value } of records) since[places.get(id)!] = value.revocation?.since ?? 0
  return since
}
