import type { ClientEndpoint, ServerEndpoint } from '../../../src/mtls/scenario.ts'
import type { Side } from '../../../src/mtls/wire/transcript.ts'
import type { Cast, Usual } from '../../../src/services/lab/ready/stage.ts'
import type { Drawing, Drawn } from '../../../src/services/validate/examples/draw.ts'

/** What the scenarios are made of: one side presents, and the other, which a program plays, judges. */

export type Group =
  'chain' | 'trust' | 'time' | 'purpose' | 'limits' | 'keys' | 'lists' | 'rules' | 'names' | 'asking'

/** What differs from a handshake that connects. */
export interface Shown {
  /** What the presenting side sends, its own certificate first. */
  readonly sends?: readonly Drawn[]
  /** What the judging side trusts. */
  readonly trusts?: readonly Drawn[]
  readonly judge?: Partial<ClientEndpoint & ServerEndpoint>
  readonly presenter?: Partial<ClientEndpoint & ServerEndpoint>
}

/** The side that presents, in a handshake that connects. */
export interface Presenter {
  readonly side: Side
  readonly cast: Cast
  readonly given: Usual
  readonly own: Drawn
  readonly ca: Drawn
  /** Makes another certificate of its kind. */
  readonly leaf: (issuer: Drawn, drawing?: Drawing) => Promise<Drawn>
  /** A purpose of its kind, and of the other's. */
  readonly purpose: string
  readonly otherPurpose: string
}

export type Shows = (presenter: Presenter) => Shown | Promise<Shown>
export type Row = readonly [id: string, title: string, shows: Shows]

export interface HandshakeScenario {
  /** Kept: rows are found by it. */
  readonly id: string
  readonly group: Group
  readonly title: string
  readonly presenter: Side
  /** The program presents instead, and what it sends is looked at. */
  readonly isOfPresenter?: true
  readonly shows: (presenter: Presenter) => Shown | Promise<Shown>
}
