import type { DestinationId } from '../../../../src/destinations/printed.ts'
import type { ProgramId } from '../../../../src/mtls/programs/program.ts'
import type { ClientEndpoint, ServerEndpoint } from '../../../../src/mtls/scenario.ts'
import type { TlsVersion } from '../../../../src/mtls/wire/code-points.ts'
import type { Files } from '../files.ts'

/** How a program is started as one side of scenarios, and stopped. */

export interface ServerJob {
  readonly id: string
  readonly port: number
  readonly end: ServerEndpoint
  readonly files: Files
  readonly folder: string
}

export interface ClientJob {
  readonly id: string
  readonly port: number
  readonly version: TlsVersion
  readonly end: ClientEndpoint
  readonly files: Files
  readonly folder: string
  /** Resolves once the connection is over. */
  readonly over: Promise<void>
  /** The server staples a response: what can check it does. */
  readonly hasStaple: boolean
}

export interface Started {
  /** Where a server of these is asked, if it is not on its port of this machine. */
  readonly at?: (job: ServerJob) => { path: string }
  readonly stop: () => Promise<void> | void
}

export interface Player {
  /** Of the column; two versions of a program have one each. */
  readonly id: string
  /** The settings that are printed for it; only with them it is asked who may connect. */
  readonly printed?: DestinationId
  readonly program: ProgramId
  readonly name: string
  /** Prints its version. */
  readonly version: () => Promise<string>
  readonly server?: {
    /** What it has no setting for. */
    readonly cannot: (end: ServerEndpoint) => boolean
    /** Starts a server for each job, and returns once all listen. */
    readonly start: (jobs: readonly ServerJob[]) => Promise<Started>
  }
  readonly client?: {
    readonly cannot: (job: { readonly end: ClientEndpoint }) => boolean
    /** Connects once for each job. */
    readonly ask: (jobs: readonly ClientJob[]) => Promise<void>
  }
}
