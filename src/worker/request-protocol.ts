/** Certification requests over the border: those made here, those that came, and the certificates that answer them. */
import type { ComparedField } from '../ca/compare-request.ts'
import type { ExtensionInputs } from '../ca/input.ts'
import type { PileProblem } from '../containers/pile/items.ts'
import type { Finding } from '../findings.ts'
import type { KeyKeeping } from './protocol.ts'
import type { Actor, ExportFile, KeyPlace, RequestsView } from './views.ts'

export interface InFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** What the operator typed for a request to be made here. */
export interface RequestInput {
  readonly profileId: string
  readonly subject: readonly { readonly type: string; readonly value: string }[]
  readonly subjectAltNames: readonly { readonly kind: string; readonly value: string }[]
  readonly signature: string | null
  readonly extensions: ExtensionInputs
}

/** The key of a request: made here, or in a file that was brought. */
export type RequestKey =
  | { readonly kind: 'generate'; readonly algorithm: string }
  | { readonly kind: 'brought'; readonly file: InFile; readonly passphrase: string }

/** A request that is stored, as a line. */
export interface RequestRow {
  readonly id: string
  readonly origin: 'received' | 'made'
  /** What a person calls it. */
  readonly name: string
  readonly subject: string
  readonly subjectAltNames: readonly string[]
  readonly isCa: boolean
  readonly keyAlgorithm: string
  readonly spkiHash: Uint8Array
  readonly profileId: string | null
  /** Where its key is; null where that is not here. */
  readonly key: KeyPlace | 'sealed' | null
  readonly createdAt: Date
  readonly createdBy: string
  /** The certificate that answered it, and who signed that; null while it waits. */
  readonly answer: { readonly certificateId: string; readonly issuer: string } | null
}

export interface RequestDetail {
  readonly row: RequestRow
  readonly der: Uint8Array
  readonly pem: string
  /** Asked beside given; with null for all that is given while it waits. */
  readonly fields: readonly ComparedField[]
}

/** One certificate of what came back. */
export interface AnswerItem {
  /** Place in what was read: how the page speaks of it. */
  readonly index: number
  readonly file: string
  readonly name: string
  readonly issuer: string
  readonly notBefore: Date
  readonly notAfter: Date
  readonly keyAlgorithm: string
  readonly spkiHash: Uint8Array
  /**
   * `answer`: for a request made here. `authority`: a CA that is not here, and can be kept as one whose key is elsewhere.
   * `known`: here already. `stranger`: an end-entity's certificate whose key no request here has.
   */
  readonly kind: 'answer' | 'authority' | 'known' | 'stranger'
  readonly request: { readonly id: string; readonly name: string; readonly isCa: boolean } | null
  /** Whether it is sensible to store it: an answer, and what stands above it. */
  readonly suggested: boolean
  /** Why it cannot be stored, though it is for a request of ours. */
  readonly refusal: 'not-a-ca' | null
  readonly fields: readonly ComparedField[]
  /** The CA that signed it, here or among what was read; null where it is not at hand. */
  readonly parent: string | null
  /** How it stands under the roots that are here or came along. */
  readonly verdict: 'valid' | 'invalid' | 'unchecked' | 'exhausted'
  readonly findings: readonly Finding[]
}

export interface AnswersView {
  readonly token: string
  readonly items: readonly AnswerItem[]
  readonly problems: readonly PileProblem[]
}

export interface StoredAnswer {
  readonly name: string
  readonly certificateId: string
  readonly authorityId: string | null
  readonly requestId: string | null
}

export interface RequestMethods {
  /** Requests (PKCS#10) in any wrapping; nothing is stored. */
  'request.read': { in: { files: readonly InFile[] }; out: RequestsView }
  /** Makes and signs a request; its key is made or brought, and sealed here. `keyKeeping` is for a CA's. */
  'request.make': {
    in: { request: RequestInput; key: RequestKey; keyKeeping: KeyKeeping; actor: Actor }
    out: RequestRow
  }
  'request.list': { in: null; out: readonly RequestRow[] }
  'request.detail': { in: { requestId: string }; out: RequestDetail }
  'request.export': { in: { requestId: string; format: 'pem' | 'der' }; out: ExportFile }
  /** Gives up a request that waits, and the key that was made for it. */
  'request.remove': { in: { requestId: string; actor: Actor }; out: null }
  /** Certificates that may answer requests, in any wrapping; nothing is stored yet. */
  'answer.read': { in: { files: readonly InFile[] }; out: AnswersView }
  /** Stores those chosen, each joined to its request and key; and the CAs chosen, as kept elsewhere. */
  'answer.store': {
    in: { token: string; chosen: readonly number[]; actor: Actor }
    out: readonly StoredAnswer[]
  }
}
