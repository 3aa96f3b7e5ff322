/** The part of the border that signs OCSP responses ahead of time, for a server that hands out files. */
import type { CertIdHash } from '../../ca/ocsp-response.ts'
import type { SheetWords } from './list.ts'
import type { Actor, LargeFile } from '../views.ts'

/** A certificate that may answer for the authority (RFC 6960 §4.2.2.2), with its key in the vault. */
export interface Responder {
  readonly certificateId: string
  readonly name: string
  readonly serialNumber: string
  readonly notAfter: Date
  /** Whether its keyUsage allows it to sign them. */
  readonly maySign: boolean
}

export interface ResponsePlan {
  /** Those that may sign first, and of each the longest-lived. */
  readonly responders: readonly Responder[]
  /** What the authority issued and has not ended, and how many of those are revoked or on hold. */
  readonly certificates: number
  readonly revoked: number
  /** Where the newest certificates say that the responder is. */
  readonly addresses: readonly string[]
  readonly authorityNotAfter: Date
  /** Whether the authority's own keyUsage allows it to answer itself. */
  readonly authorityMaySign: boolean
  readonly clock: { now: Date; lastJournalAt: Date | null; behind: boolean }
}

/** The page's words for the sheet that goes with the responses. */
export interface ResponseWords extends SheetWords {
  readonly columns: {
    readonly from: string
    readonly until: string
    readonly nextUpdate: string
    readonly count: string
    readonly folder: string
  }
  /** Above the configuration of a server that answers with the files. */
  readonly server: string
}

export interface SignedResponses {
  /** A ZIP: a folder for each period, and in it a file for each question. */
  readonly file: LargeFile
  readonly certificates: number
  readonly responses: number
}

export interface ResponseMethods {
  'response.plan': { in: { authorityId: string }; out: ResponsePlan }
  'response.sign': {
    in: {
      authorityId: string
      /** Null: the authority answers itself. */
      responderId: string | null
      /** Null: all that have not ended. */
      certificateIds: readonly string[] | null
      hashes: readonly CertIdHash[]
      days: number
      overlapDays: number
      count: number
      words: ResponseWords
      actor: Actor
    }
    out: SignedResponses
  }
}
