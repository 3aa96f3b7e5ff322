/** This part of the border signs OCSP responses ahead of time, for a server that serves files. */
import type { CertIdHash } from '../../ca/ocsp-response.ts'
import type { Finding, FindingCode } from '../../findings.ts'
import type { ZipState } from '../../containers/zip.ts'
import type { Actor, CertificateFacts } from '../views.ts'

/** A certificate that may sign responses for the authority (RFC 6960 §4.2.2.2), with its key in the vault. */
export interface Responder extends Pick<CertificateFacts, 'serialNumber' | 'notAfter'> {
  readonly certificateId: string
  readonly name: string
  /** Whether its keyUsage allows it to sign them. */
  readonly maySign: boolean
}

export interface ResponsePlan {
  /** Responders that may sign first, then the longest-lived. */
  readonly responders: readonly Responder[]
  /** Unexpired certificates of the authority, and how many of them are revoked or on hold. */
  readonly certificates: number
  readonly revoked: number
  /** Responder addresses in the newest certificates. */
  readonly addresses: readonly string[]
  readonly authorityNotAfter: Date
  /** Whether the authority's own keyUsage allows it to sign responses itself. */
  readonly authorityMaySign: boolean
  /** What is to be accepted first: the authority, or one above it, is revoked or on hold. */
  readonly against: readonly Finding[]
  readonly clock: { now: Date; lastJournalAt: Date | null; behind: boolean }
}

/** A period, when to publish its responses, and their folder in the archive. */
export interface ResponsePeriod {
  readonly thisUpdate: Date
  readonly publishUntil: Date
  readonly nextUpdate: Date
  readonly folder: string
}

/** A ZIP that the page adds its own files to. */
export interface OpenArchive {
  readonly files: Blob
  readonly state: ZipState
}

export interface SignedResponses {
  /** A folder for each period, and in it a file for each request. */
  readonly archive: OpenArchive
  readonly periods: readonly ResponsePeriod[]
  readonly perPeriod: number
  readonly certificates: number
  readonly responses: number
  /** What the authority is called, and the start of the name of its files. */
  readonly name: string
  readonly stem: string
  /** A responder address named in the certificates. */
  readonly address: string | null
  readonly at: Date
  readonly by: string
}

export interface ResponseMethods {
  'response.plan': { in: { authorityId: string }; out: ResponsePlan }
  'response.sign': {
    in: {
      authorityId: string
      /** Null: the authority signs the responses itself. */
      responderId: string | null
      /** Null: all that have not expired. */
      certificateIds: readonly string[] | null
      hashes: readonly CertIdHash[]
      days: number
      overlapDays: number
      count: number
      /** Those findings that were accepted. */
      acknowledged?: readonly FindingCode[]
      /** What the plan said against the authority: no more than that is accepted. */
      shown?: readonly Finding[]
      actor: Actor
    }
    out: SignedResponses
  }
}
