/** What is drawn in the row of one thing on the axis. */
import type { Span } from './scale.ts'

/** How a bar looks; each differs in its pattern too, not in its colour alone. */
export type BarLook = 'good' | 'soon' | 'over' | 'coming' | 'revoked' | 'held' | 'grey'

export interface Bar extends Span {
  readonly look: BarLook
  /** Beside it or in it. */
  readonly text: string
  /** `thin`: a line, as for a list; `inside`: its text is in it even where it has to be cut. */
  readonly kind?: 'bar' | 'thin' | 'inside'
}
