/** One operation on many certificates: previewed, then run. */
import type { RevocationReason } from '../../ca/revoke.ts'
import type { ErrorCode, ErrorDetails } from '../../errors.ts'
import type { Finding, FindingCode } from '../../findings.ts'
import type { Actor, CertificateFacts, CertificateQuery } from '../views.ts'

/** Certificates chosen one by one, or everything a search finds. */
export type BulkWhich =
  { readonly ids: readonly string[] } | { readonly query: Omit<CertificateQuery, 'offset' | 'limit'> }

export type BulkAct =
  | { readonly kind: 'renew' | 'replace'; readonly revokeFormer: boolean }
  | { readonly kind: 'revoke'; readonly reason: RevocationReason | 'certificateHold' }

/** Why one certificate is left out. */
export type BulkRefusal =
  | { readonly kind: 'error'; readonly code: ErrorCode; readonly detail: ErrorDetails[ErrorCode] }
  | { readonly kind: 'findings'; readonly findings: readonly Finding[] }

export interface BulkItem extends Pick<CertificateFacts, 'serialNumber' | 'notAfter'> {
  readonly id: string
  readonly name: string
  /** When the new certificate would expire; null if none is made. */
  readonly until: Date | null
  readonly refusal: BulkRefusal | null
}

export interface BulkPlan {
  readonly total: number
  /** The input for bulk.run: exactly what was previewed. */
  readonly ready: readonly string[]
  /** The ready ones with warnings, included only if the warnings are accepted. */
  readonly warned: readonly string[]
  readonly refused: number
  /** The first of them, those left out first. */
  readonly items: readonly BulkItem[]
  /** The CAs that will sign and whose key needs its own passphrase. */
  readonly closedSigners: readonly string[]
  /** Warnings to acknowledge before signing, each once (once per CA if about one), with one certificate it concerns. */
  readonly warnings: readonly { readonly finding: Finding; readonly name: string }[]
  /** What speaks against each CA that will sign; it is among the warnings. */
  readonly against: readonly Against[]
}

export interface Against {
  readonly authorityId: string
  readonly findings: readonly Finding[]
}

export interface BulkResult {
  readonly done: number
  /** The new certificates; none if they were revoked. */
  readonly made: readonly string[]
  /** Left out during the run, such as those changed in another tab. */
  readonly refused: readonly BulkItem[]
  readonly cancelled: boolean
}

export interface BulkMethods {
  /** Returns what would happen to each certificate; stores nothing. */
  'bulk.plan': { in: { which: BulkWhich; act: BulkAct }; out: BulkPlan }
  /** Runs to its end; progress reports what is stored; abort the call to stop after the certificates in progress. */
  'bulk.run': {
    in: {
      ids: readonly string[]
      act: BulkAct
      acknowledged: readonly FindingCode[]
      /** What the plan said against the CAs: no more than that is accepted. */
      shown?: readonly Against[]
      /** CAs whose keys must be open before the run starts. */
      signers?: readonly string[]
      actor: Actor
    }
    out: BulkResult
  }
}
