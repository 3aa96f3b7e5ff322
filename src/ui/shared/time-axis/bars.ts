/** What is drawn in the row of one thing on the axis. */
import type { Placed, Span } from './scale.ts'

/** How a bar looks; each differs in its pattern too, not in its colour alone. */
export type BarLook = 'good' | 'soon' | 'over' | 'coming' | 'ahead' | 'revoked' | 'held' | 'grey'

export interface Bar extends Span {
  readonly look: BarLook
  /** Beside it or in it. */
  readonly text: string
  /** `thin`: a line, as for a list; `inside`: its text is in it, and left out where it has no room. */
  readonly kind?: 'bar' | 'thin' | 'inside'
}

/** Returns where the text of a bar goes, as shares from the left and from the right: in it if that fits, else where there is room. */
export function textPlace(
  { kind }: Pick<Bar, 'kind'>,
  { start, end }: Placed,
): { from: number; to: number; isBefore: boolean } {
  const [before, within, after] = [start, end - start, 1 - end]
  if (kind === 'inside' || within >= 0.5 || (within > after && within > before))
    return { from: start, to: after, isBefore: false }
  if (after >= before) return { from: end, to: 0, isBefore: false }
  return { from: 0, to: 1 - start, isBefore: true }
}
