/** Certification requests over the border: those made here, those received, and the certificates that answer them. */
import type { CodedFailure, ComparedView, InFile, KeyKeeping, RequestNotice } from '../words.ts'
import type { ComparedField } from '../../ca/compare-request.ts'
import type { FaultyName } from '../../ca/faulty-names.ts'
import type { ExtensionInputs, ValidityInput } from '../../ca/input.ts'
import type { WantedExtension } from '../../ca/request-wishes.ts'
import type { PileProblem } from '../../containers/pile/items.ts'
import type { Finding, FindingCode } from '../../findings.ts'
import type { FoundKinds } from '../../containers/pile/found-kinds.ts'
import type { Actor, CertificateFacts, ExportFile, IssuedFiles, KeyPlace, Stop } from '../views.ts'

/** What a request is compared by with the paper or the voice that it came with. */
export interface RequestSums {
  /** SHA-256 of the request, DER. */
  readonly sha256: Uint8Array
  /** SHA-256 of its SubjectPublicKeyInfo. */
  readonly spkiHash: Uint8Array
}

export interface RequestedName {
  kind: string
  value: string
}

/** A certification request from elsewhere: its content, and which parts are not taken. */
export interface RequestView extends RequestSums {
  file: string
  der: Uint8Array
  spki: Uint8Array
  keyAlgorithm: string
  /** Whether its signature proves possession of the private key (RFC 2986 §3). */
  possession: 'valid' | 'invalid' | 'unchecked'
  subject: readonly { type: string; value: string }[]
  subjectAltNames: readonly RequestedName[]
  /** Names that cannot be taken as written. */
  faultyNames: readonly FaultyName[]
  /** Parts of it that are not taken as written, or were requested twice. */
  notices: readonly RequestNotice[]
}

export interface RequestsView {
  requests: readonly RequestView[]
  problems: readonly PileProblem[]
  found: FoundKinds
}

/** The operator's input for a request to be made here. */
export interface RequestInput {
  readonly profileId: string
  readonly subject: readonly { readonly type: string; readonly value: string }[]
  readonly subjectAltNames: readonly { readonly kind: string; readonly value: string }[]
  readonly signature: string | null
  readonly extensions: ExtensionInputs
}

/** The key of a request: made here, or in an imported file. */
export type RequestKey =
  | { readonly kind: 'generate'; readonly algorithm: string }
  /** The key of a certificate in the vault, to be certified again or by another CA. */
  | { readonly kind: 'kept'; readonly certificateId: string }
  | { readonly kind: 'brought'; readonly file: InFile; readonly passphrase: string }

/** The content of a new request for a certificate's key: that of the certificate. */
export interface RequestAgain {
  readonly name: string
  readonly isCa: boolean
  /** The CA whose key signs it; null for an end entity's key. */
  readonly authorityId: string | null
  readonly profileId: string
  readonly subject: readonly { readonly type: string; readonly value: string }[]
  readonly subjectAltNames: readonly RequestedName[]
}

/** A stored request, as a line. */
export interface RequestRow {
  readonly id: string
  readonly origin: 'received' | 'made'
  /** Its display name. */
  readonly name: string
  readonly subject: string
  readonly subjectAltNames: readonly string[]
  readonly isCa: boolean
  readonly keyAlgorithm: string
  readonly spkiHash: Uint8Array
  readonly profileId: string | null
  /** The place of its key; null if that is not here. */
  readonly key: KeyPlace | 'sealed' | null
  readonly createdAt: Date
  readonly createdBy: string
  /** The certificate that answered it, and who signed that; null while it is pending. */
  readonly answer: { readonly certificateId: string; readonly issuer: string } | null
}

export interface RequestDetail {
  readonly row: RequestRow
  /** SHA-256 of `der`. */
  readonly sha256: Uint8Array
  readonly der: Uint8Array
  readonly pem: string
  /** Requested and given values; all given values are null while it is pending. */
  readonly fields: readonly ComparedField[]
  readonly notices: readonly RequestNotice[]
}

/** One certificate received in reply. */
export interface AnswerItem extends Pick<
  CertificateFacts,
  'issuer' | 'notBefore' | 'notAfter' | 'keyAlgorithm' | 'spkiHash'
> {
  /** Index in what was read: the page refers to it by this. */
  readonly index: number
  readonly file: string
  readonly name: string
  /**
   * `answer`: for a request made here. `authority`: a CA that is not in the vault, and can be added with its key
   * elsewhere. `known`: already in the vault. `stranger`: an end-entity's certificate that matches no request's key.
   */
  readonly kind: 'answer' | 'authority' | 'known' | 'stranger'
  readonly request: { readonly id: string; readonly name: string; readonly isCa: boolean } | null
  /** Whether storing it makes sense: an answer, or a CA above it. */
  readonly suggested: boolean
  /**
   * Why it cannot be stored, though it answers a request made here or is a CA's: `issuer-missing`, `unchecked`,
   * `not-signed`: nothing here shows that its issuer signed it. `key-of-another`: its key is that of a CA with another name.
   */
  readonly refusal: 'not-a-ca' | 'issuer-missing' | 'unchecked' | 'not-signed' | 'key-of-another' | null
  readonly fields: readonly ComparedField[]
  /** The CA that signed it, stored or among what was read; null if it is not available. */
  readonly parent: string | null
  /** Its verdict with the stored roots and those among what was read. */
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
export interface CertifyItem extends RequestSums {
  /** Index in what was read. */
  readonly index: number
  readonly file: string
  readonly name: string
  readonly subject: string
  readonly subjectAltNames: readonly string[]
  readonly keyAlgorithm: string
  /** Whether its signature proves possession of the private key. */
  readonly possession: 'valid' | 'invalid' | 'unchecked'
  /** The built-in profile for what it asks to become; null if it does not say. */
  readonly suggested: string | null
  /** Parts of it that are not taken as written, or were requested twice. */
  readonly notices: readonly RequestNotice[]
  /** Names that cannot be taken as written: it is not certified until each has a confirmed replacement. */
  readonly faultyNames: readonly FaultyName[]
  /** The stored request, if it is one. */
  readonly requestId: string | null
  /** Set if an earlier one of them is for the same key. */
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
  /** Extensions taken from the requests if the profile allows it, by OID. */
  readonly take: readonly string[]
  /** Faulty names, by request and position, for which the operator accepts the offered replacement. */
  readonly confirmed?: readonly ConfirmedName[]
  /** Whether CAs may sign OCSP responses themselves: adds digitalSignature. Other profiles ignore it. */
  readonly answersOcsp?: boolean
}

export interface ConfirmedName {
  readonly index: number
  readonly place: number
}

/** The certificate that would be signed for one request. */
export interface CertifyPreview {
  readonly index: number
  readonly fields: readonly ComparedView[]
  /** Its validity period; null if nothing could be prepared. */
  readonly validity: { readonly notBefore: Date; readonly notAfter: Date } | null
  readonly findings: readonly Finding[]
  readonly errors: readonly FindingCode[]
  readonly warnings: readonly FindingCode[]
  /** Why nothing could be prepared at all. */
  readonly failure: CodedFailure | null
}

export interface CertifyPlan {
  readonly previews: readonly CertifyPreview[]
  /** Extensions that any of them requests, each once. */
  readonly wanted: readonly WantedExtension[]
  /** What speaks against the CA; it is among the findings of each. */
  readonly against: readonly Finding[]
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
  /** Why it ended early. */
  readonly stopped: Stop | null
  /** Certificates and chains; null if nothing was certified, 'locked' if a lock came before it. */
  readonly made: IssuedFiles | 'locked' | null
}

export interface RequestMethods {
  /** Reads requests (PKCS#10) in any container; stores nothing. */
  'request.read': { in: { files: readonly InFile[] }; out: RequestsView }
  /**
   * Makes and signs a request; its key is made or imported, and sealed here. `keyKeeping` is for a CA's key;
   * `acknowledged` for findings against the CA whose key is kept here: of these, no more than `shown`.
   */
  'request.make': {
    in: {
      request: RequestInput
      key: RequestKey
      keyKeeping: KeyKeeping
      acknowledged?: readonly FindingCode[]
      shown?: readonly Finding[]
      actor: Actor
    }
    out: RequestRow
  }
  /** Returns which of a request's extensions this profile allows. */
  'request.wanted': { in: { der: Uint8Array; profileId: string }; out: readonly WantedExtension[] }
  'request.again': { in: { certificateId: string }; out: RequestAgain }
  'request.list': { in: null; out: readonly RequestRow[] }
  'request.detail': { in: { requestId: string }; out: RequestDetail }
  'request.export': { in: { requestId: string; format: 'pem' | 'der' }; out: ExportFile }
  /** Deletes a pending request, and the key that was made for it. */
  'request.remove': { in: { requestId: string; actor: Actor }; out: null }
  /** Reads certificates that may answer requests, in any container; stores nothing yet. */
  'answer.read': { in: { files: readonly InFile[] }; out: AnswersView }
  /** Stores the chosen ones, each linked to its request and key; and the chosen CAs, as kept elsewhere. */
  'answer.store': {
    in: { token: string; chosen: readonly number[]; actor: Actor }
    out: readonly StoredAnswer[]
  }
  /** Reads requests to be certified together: from files, or stored ones. */
  'certify.read': { in: { files: readonly InFile[]; requestIds: readonly string[] }; out: CertifyView }
  /** Returns what would be signed for each chosen request; signs nothing. */
  'certify.preview': { in: CertifyChoices & { chosen: readonly number[] }; out: CertifyPlan }
  /** Signs and stores one after the other; each is stored completely or not at all. Progress steps; abort to cancel. */
  'certify.sign': {
    in: CertifyChoices & {
      chosen: readonly number[]
      acknowledged: readonly FindingCode[]
      /** What the plan said against the CA: no more than that is accepted. */
      shown?: readonly Finding[]
      actor: Actor
    }
    out: CertifyResult
  }
  /** Stores them, to be certified later. */
  'certify.keep': { in: { token: string; chosen: readonly number[]; actor: Actor }; out: null }
}
