/** One act on many certificates: previewed, then run. */
import type { RevocationReason } from '../../ca/revoke.ts'
import type { ErrorCode, ErrorDetails } from '../../errors.ts'
import type { Finding, FindingCode } from '../../findings.ts'
import type { Actor, CertificateQuery } from '../views.ts'

/** Certificates that were chosen one by one, or all that a search finds. */
export type BulkWhich =
  { readonly ids: readonly string[] } | { readonly query: Omit<CertificateQuery, 'offset' | 'limit'> }

export type BulkAct =
  | { readonly kind: 'renew' | 'replace'; readonly revokeFormer: boolean }
  | { readonly kind: 'revoke'; readonly reason: RevocationReason | 'certificateHold' }

/** Why one certificate is left out. */
export type BulkRefusal =
  | { readonly kind: 'error'; readonly code: ErrorCode; readonly detail: ErrorDetails[ErrorCode] }
  | { readonly kind: 'findings'; readonly findings: readonly Finding[] }

export interface BulkItem {
  readonly id: string
  readonly name: string
  readonly serialNumber: string
  readonly notAfter: Date
  /** When the new certificate would end; null where none is made. */
  readonly until: Date | null
  readonly refusal: BulkRefusal | null
}

export interface BulkPlan {
  readonly total: number
  /** What bulk.run is to be given: exactly what was previewed. */
  readonly ready: readonly string[]
  /** Of those: what has warnings, and is done only where they are accepted. */
  readonly warned: readonly string[]
  readonly refused: number
  /** The first of them, those that are left out before the others. */
  readonly items: readonly BulkItem[]
  /** The CAs that will sign and whose key waits for its own passphrase. */
  readonly closedSigners: readonly string[]
  /** What has to be acknowledged before anything is signed, each once (of each CA, where it is said of one), with one certificate it concerns. */
  readonly warnings: readonly { readonly finding: Finding; readonly name: string }[]
}

export interface BulkResult {
  readonly done: number
  /** Left out while it ran, such as those that another tab had changed. */
  readonly refused: readonly BulkItem[]
  readonly cancelled: boolean
}

export interface BulkMethods {
  /** Says of each certificate what would happen; nothing is stored. */
  'bulk.plan': { in: { which: BulkWhich; act: BulkAct }; out: BulkPlan }
  /** Runs to its end; progress tells what is stored; abort the call to stop after the certificates under way. */
  'bulk.run': {
    in: {
      ids: readonly string[]
      act: BulkAct
      acknowledged: readonly FindingCode[]
      /** CAs whose keys have to be open before the first is done. */
      signers?: readonly string[]
      actor: Actor
    }
    out: BulkResult
  }
}
