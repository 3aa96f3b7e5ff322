/** Many clients and many servers of the lab: who reaches whom. */
import type { Place, Rule } from '../../mtls/rules/rule.ts'
import type { Side } from '../../mtls/wire/transcript.ts'
import type { EndingView, Holds, LabCertificate } from './lab.ts'

/** Three ways to keep two groups apart, and what is in the lab itself. */
export type MatrixId = 'issuing-ca' | 'allow-list' | 'two-roots' | 'lab'

export interface MatrixServer extends Holds {
  /** By which the clients ask for it. */
  readonly host: string | null
  readonly lets: Rule | null
  /** Where that is enforced, and where it could be. */
  readonly letsAt: Place
  readonly places: readonly Place[]
}

/** What the cells of the matrix have in common. */
export interface MatrixAnswer {
  /** Null if they connect. */
  readonly ending: EndingView | null
  /** Who lets the other in without having verified it. */
  readonly unverified: readonly Side[]
  /** Neither a rule nor a trust bundle explains it. */
  readonly surprises: boolean
}

export interface MatrixView {
  readonly id: MatrixId
  readonly certificates: readonly LabCertificate[]
  readonly clients: readonly Holds[]
  readonly servers: readonly MatrixServer[]
  /** A row for each client: for each server, which of the answers. */
  readonly cells: readonly (readonly number[])[]
  readonly answers: readonly MatrixAnswer[]
}

/** What a person changes of a server. */
export interface MatrixChange extends Pick<MatrixServer, 'trusts' | 'lets'> {
  readonly server: number
}

export interface MatrixMethods {
  'lab.matrix': { in: { id: MatrixId; at: Date }; out: MatrixView }
  'lab.matrix.change': { in: MatrixChange; out: MatrixView }
}
