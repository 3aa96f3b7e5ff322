/** Certification requests over the border: those made here, those that came, and the certificates that answer them. */
import type { CodedFailure, ComparedView, InFile, KeyKeeping, RequestNotice } from '../words.ts'
import type { ComparedField } from '../../ca/compare-request.ts'
import type { FaultyName } from '../../ca/faulty-names.ts'
import type { ExtensionInputs, ValidityInput } from '../../ca/input.ts'
import type { WantedExtension } from '../../ca/request-wishes.ts'
import type { PileProblem } from '../../containers/pile/items.ts'
import type { Finding, FindingCode } from '../../findings.ts'
import type { FoundKinds } from '../../containers/pile/found-kinds.ts'
import type { Actor, ExportFile, KeyPlace, RequestedName, RequestsView, Stop } from '../views.ts'

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
  /** The key of a certificate that is here, to have it certified anew or by another CA. */
  | { readonly kind: 'kept'; readonly certificateId: string }
  | { readonly kind: 'brought'; readonly file: InFile; readonly passphrase: string }

/** What a new request for the key of a certificate would ask for: what that certificate has. */
export interface RequestAgain {
  readonly name: string
  readonly isCa: boolean
  /** The CA whose key signs it; null where that is an end entity's. */
  readonly authorityId: string | null
  readonly profileId: string
  readonly subject: readonly { readonly type: string; readonly value: string }[]
  readonly subjectAltNames: readonly RequestedName[]
}

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
  readonly notices: readonly RequestNotice[]
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
  readonly found: FoundKinds
}

export interface StoredAnswer {
  readonly name: string
  readonly certificateId: string
  readonly authorityId: string | null
  readonly requestId: string | null
}

/** One of many requests to be certified together. */
export interface CertifyItem {
  /** Place in what was read. */
  readonly index: number
  readonly file: string
  readonly name: string
  readonly subject: string
  readonly subjectAltNames: readonly string[]
  readonly keyAlgorithm: string
  readonly spkiHash: Uint8Array
  /** Whether its signature proves that whoever made it has the private key. */
  readonly possession: 'valid' | 'invalid' | 'unchecked'
  /** The built-in profile for what it asks to become; null where it does not say. */
  readonly suggested: string | null
  /** What of it is not taken as it stands, or was asked for twice. */
  readonly notices: readonly RequestNotice[]
  /** Names that cannot be taken as they are written: it is not certified while one has nothing confirmed in its place. */
  readonly faultyNames: readonly FaultyName[]
  /** The stored request, where it is one. */
  readonly requestId: string | null
  /** Set where an earlier one of them is for the same key. */
  readonly sameKeyAs: number | null
}

export interface CertifyView {
  readonly token: string
  readonly items: readonly CertifyItem[]
  readonly problems: readonly PileProblem[]
  readonly found: FoundKinds
}

export interface CertifyChoices {
  readonly token: string
  readonly authorityId: string
  readonly profileId: string
  /** Null: as the profile says. */
  readonly validity: ValidityInput | null
  /** Extensions taken from the requests where the profile allows it, by OID. */
  readonly take: readonly string[]
  /** Faulty names, by request and place, in whose place the operator wants what is offered. */
  readonly confirmed?: readonly ConfirmedName[]
}

export interface ConfirmedName {
  readonly index: number
  readonly place: number
}

/** What would be signed for one request. */
export interface CertifyPreview {
  readonly index: number
  readonly fields: readonly ComparedView[]
  /** From when until when it would be valid; null where nothing could be prepared. */
  readonly validity: { readonly notBefore: Date; readonly notAfter: Date } | null
  readonly findings: readonly Finding[]
  readonly errors: readonly FindingCode[]
  readonly warnings: readonly FindingCode[]
  /** Why nothing could be prepared at all. */
  readonly failure: CodedFailure | null
}

export interface CertifyPlan {
  readonly previews: readonly CertifyPreview[]
  /** Extensions that any of them asks for, each once. */
  readonly wanted: readonly WantedExtension[]
}

export interface CertifyResult {
  readonly certified: readonly {
    readonly index: number
    readonly name: string
    readonly certificateId: string
    readonly serialNumber: string
  }[]
  readonly failed: readonly {
    readonly index: number
    readonly name: string
    readonly failure: CodedFailure
  }[]
  /** Where it ended before its time. */
  readonly stopped: Stop | null
  /** Certificates and chains; null when nothing was certified. */
  readonly zip: ExportFile | null
}

export interface RequestMethods {
  /** Requests (PKCS#10) in any wrapping; nothing is stored. */
  'request.read': { in: { files: readonly InFile[] }; out: RequestsView }
  /**
   * Makes and signs a request; its key is made or brought, and sealed here. `keyKeeping` is for a CA's; `acknowledged` for
   * what speaks against the CA whose key is kept here.
   */
  'request.make': {
    in: {
      request: RequestInput
      key: RequestKey
      keyKeeping: KeyKeeping
      acknowledged?: readonly FindingCode[]
      actor: Actor
    }
    out: RequestRow
  }
  /** What of a request's extensions this profile allows. */
  'request.wanted': { in: { der: Uint8Array; profileId: string }; out: readonly WantedExtension[] }
  'request.again': { in: { certificateId: string }; out: RequestAgain }
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
  /** Requests to be certified together: from files, or stored ones. */
  'certify.read': { in: { files: readonly InFile[]; requestIds: readonly string[] }; out: CertifyView }
  /** What would be signed for each of those chosen; nothing is. */
  'certify.preview': { in: CertifyChoices & { chosen: readonly number[] }; out: CertifyPlan }
  /** Signs and stores one after the other; each is whole or not there. Progress steps; abort to cancel. */
  'certify.sign': {
    in: CertifyChoices & {
      chosen: readonly number[]
      acknowledged: readonly FindingCode[]
      actor: Actor
    }
    out: CertifyResult
  }
  /** Keeps them, to be certified later. */
  'certify.keep': { in: { token: string; chosen: readonly number[]; actor: Actor }; out: null }
}
