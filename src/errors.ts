/**
 * Every error that is thrown because the work could not be done, with the data a person needs to fix it. A statement
 * about a certificate is a finding (findings.ts); a bug is a bare Error.
 *
 * Codes are kebab-case and never change: they are test keys and help links. The words are in messages/.
 */
export interface ErrorDetails {
  // der/: unreadable bytes. `offset` counts octets from the start of the input given to the reader.
  'der-truncated': { offset: number; need: number; have: number }
  'der-trailing-data': { offset: number; length: number }
  'der-unexpected-tag': { offset: number; expected: number; actual: number }
  'der-high-tag-number': { offset: number }
  'der-length-indefinite': { offset: number }
  'der-length-not-minimal': { offset: number }
  'der-length-too-large': { offset: number }
  'der-too-deep': { offset: number; limit: number }
  'der-too-large': { size: number; limit: number }
  'der-too-many': { offset: number; limit: number }
  'der-boolean-invalid': { offset: number; value: number }
  'der-integer-empty': { offset: number }
  'der-integer-not-minimal': { offset: number }
  'der-integer-too-large': { offset: number }
  'der-bit-string-invalid': { offset: number }
  'der-null-invalid': { offset: number }
  'der-oid-invalid': { offset: number }
  'der-time-invalid': { offset: number; text: string }
  'der-string-invalid': { offset: number; type: string }

  // packs/: the parts of the page, and the location of the page.
  'pack-broken': { pack: string }
  'second-reading-differs': {
    kind: 'certificate' | 'request' | 'list' | 'response'
    name: string
    field: ReadField
  }
  'context-insecure': { place: string }

  // x509/: text to be converted to a name.
  'name-text-invalid': { offset: number }
  'general-name-invalid': { kind: string; text: string }

  // mtls/: messages of TLS, offsets from the message's first octet.
  'tls-truncated': { offset: number; need: number; have: number }
  'tls-trailing-data': { offset: number; length: number }
  /** `field` is called as in the RFC. */
  /** The names of the CAs that a server lists, with their lengths (RFC 8446 §4.2.4). */
  'authorities-too-long': { octets: number; limit: number }
  'tls-length': { offset: number; field: string; length: number }

  // ceremony/: the record. `line` counts from 1.
  'manifest-invalid': {
    line: number
    reason: 'too-large' | 'too-many' | 'empty' | 'end' | 'form' | 'name' | 'order' | 'twice'
  }
  'transcript-invalid': {
    line: number
    reason: 'too-large' | 'too-many' | 'encoding' | 'end' | 'form' | 'sequence' | 'chain' | 'plan'
  }
  'witness-file-invalid': { reason: 'too-large' | 'form' | 'base64' | 'certificate' }
  /** `name`: as on the certificate. */
  'witness-refused': {
    reason: 'key-type' | 'signature' | 'not-on-roll' | 'other-key' | 'twice'
    name: string
  }
  // ceremony/: what is done by a plan. Hashes in lower-case hex.
  'ceremony-none': null
  'ceremony-running': null
  /** Another tab has gone on with it. */
  'ceremony-elsewhere': null
  'ceremony-plan': { faults: number }
  /** No rehearsal has fixed this object; null: anything. */
  'ceremony-unsealed': { object: string | null }
  'ceremony-sealed-unreadable': null
  /** It was made by another plan, or by another build of this page. */
  'ceremony-sealed-other': { of: 'plan' | 'build' | 'rehearsal' }
  'ceremony-sealed-alone': null
  'ceremony-reason': null
  'ceremony-step': { asked: string; phase: string; next: string | null }
  /** What was found is not what the plan says. */
  'ceremony-other': { what: 'tool' | 'plan' | 'request' | 'backup'; expected: string; found: string }
  'ceremony-private-window': null
  /** Seconds by which this machine's clock is ahead. */
  'ceremony-clock': { ahead: number; limit: number }
  'ceremony-window': { now: Date; from: Date; to: Date }
  'ceremony-absent': { names: readonly string[] }
  'ceremony-unanswered': { names: readonly string[] }
  'ceremony-vault': { state: 'locked' | 'other' }
  /** A certificate of the plan that must be made before. */
  'ceremony-issuer': { issuer: string }
  'ceremony-request': { request: string }
  'ceremony-requests': { count: number }
  'ceremony-responses': { planned: number; possible: number }
  'ceremony-lists': { planned: number; possible: number }
  /** What was signed has other octets than what was looked at. */
  'ceremony-signed-other': { object: string }
  /** What the interrupted step was about to sign is not in the vault; or it is, and cannot be signed again. */
  'ceremony-not-found': null
  'ceremony-found': null
  'ceremony-person': { id: string }
  'ceremony-not-over': null
  /** The record has no such file. */
  'ceremony-file': { name: string }

  // containers/: files that carry keys and certificates. `format` names the container.
  'container-password-wrong': { format: string }
  /** The password opens the container, but not a key in it. */
  'container-key-password': { format: string }
  'container-password-needed': { format: string }
  'container-iterations-too-many': { format: string; iterations: number; limit: number }
  'container-algorithm-unknown': { format: string; algorithm: string }
  'container-structure': { format: string; part: string }
  'container-integrity-broken': { format: string }
  'key-expanded-only': { algorithm: string }
  'key-algorithm-unknown': { algorithm: string }
  'key-public-half-missing': { algorithm: string }
  'key-multi-prime': null
  'key-curve-explicit': { curve: string }
  'key-curve-missing': null
  'pem-base64-invalid': { label: string; line: number; character: string }
  'pem-unterminated': { label: string; line: number }
  /** The engine refused, or the reader has a bug: `reason` is the kind of exception. */
  'pile-block-failed': { reason: string }
  'pile-unrecognised': { offset: number }
  'pile-label-unknown': { label: string }
  /** Recognized but not supported; `form`: its encoding. */
  'pile-format-not-read': { format: ForeignFormat; form: 'PEM' | 'DER' | 'text' }
  'pile-file-empty': null
  /** The browser could not read it: `reason` is the kind of exception. */
  'pile-file-unreadable': { reason: string }
  'pile-nothing-found': null
  'pile-too-large': { size: number; limit: number }
  'pile-too-many': { limit: number }
  /** Nested containers or archives. */
  'pile-too-deep': { limit: number }
  // archives and stores of other programs: `offset` counts octets from the start of what `format` names.
  'archive-cut-short': { format: ArchiveFormat; offset: number }
  'archive-damaged': { format: ArchiveFormat; offset: number }
  'archive-checksum': { format: ArchiveFormat; offset: number }
  'archive-end-missing': { format: ArchiveFormat }
  'archive-entry-encrypted': { format: ArchiveFormat }
  'archive-file-sparse': null
  'archive-method-unknown': { method: string }
  'archive-too-large': { limit: number }
  /** All of them together. */
  'archives-too-large': { limit: number }
  'archive-ratio': { limit: number }
  'archive-too-many': { limit: number }

  // vault/: stored data.
  'vault-absent': null
  'vault-exists': null
  'vault-locked': null
  'locked-meanwhile': null
  'locked-before-handed-over': { isStored: boolean }
  'vault-read-only': null
  'vault-earlier': { found: number; seen: number }
  'passphrase-wrong': { slots: number }
  'passphrase-too-short': { length: number; minimum: number }
  'passphrase-weak': { reason: 'repeated' | 'row' | 'number' | 'listed' | 'common' | 'guessable' }
  'slot-missing': { id: string }
  'slot-last': null
  /** The passphrase that was typed is the one to be removed. */
  'slot-needed': null
  'slots-too-many': { found: number; limit: number }
  'slot-unsupported': { kind: string }
  // vault/quorum/: what a holder typed, of which no error says a word.
  'share-text-invalid': { line: number }
  'share-words-count': { found: number; expected: number }
  'share-word-unknown': { place: number }
  'share-mistyped': null
  'share-other-set': { setId: string }
  'share-other-holder': { asked: string; found: string }
  'share-refused': { name: string; setId: string }
  'share-given-before': { name: string }
  'shares-too-few': { given: number; needed: number }
  'shares-missing': null
  'quorum-invalid': { reason: 'holders' | 'threshold' | 'names' }
  'storage-full': null
  'storage-unavailable': { reason: string }
  'storage-newer': { found: number; known: number }
  'storage-blocked': null
  'storage-refused': { reason: string }
  'record-changed': { store: string; id: string }
  /** The records of a store are not those that were stored last; which one is not known. */
  'store-changed': { store: string }
  'record-missing': { store: string; id: string }
  'record-unreadable': { offset: number }
  'write-conflict': null
  'record-outdated': { store: string; id: string }
  'notes-changed': null
  'key-used-besides': { names: readonly string[] }
  'serial-taken': { serialNumber: string }
  'clock-behind': { now: Date; last: Date }
  'backup-unreadable': { reason: 'not-a-backup' | 'truncated' | 'changed' | 'malformed' }
  'backup-newer': { found: number; known: number }
  'iterations-out-of-range': { iterations: number; minimum: number; maximum: number }
  'key-destroyed': { name: string }
  'key-elsewhere': { name: string }
  'key-locked': { name: string }
  'name-mismatch': { typed: string; expected: string }

  // worker/: calls between page and worker.
  cancelled: { method: string }
  'token-unknown': null
  'token-expired': { at: Date }
  'authority-retired': { name: string }
  'authority-replaced': { name: string }
  'authority-renewed': { name: string }
  'responder-revoked': { name: string }
  'authority-revoked': { name: string; tier: string }
  'authority-not-ca': { name: string }
  /** Lists in the vault, which may say what is revoked: of how many there should be; or one that does not parse. */
  'tier-list-unreadable': { id: string }
  /** No CA of its issuer's name that is here signed it. */
  'authority-not-signed': { name: string }
  'brought-key-count': { found: number }
  'request-answered-already': { name: string }
  'request-key-of-ca': { name: string }
  'request-key-not-ca': { name: string }
  'answer-unknown': null
  'already-running': null
  'import-authority-missing': null
  'import-not-signed': { name: string }
  'import-list-number': { name: string }
  'algorithm-unsupported': { algorithm: string }
  'export-passphrase-missing': null
  'file-passphrase-worthless': null
  'plain-key-not-understood': null
  'export-no-key': { name: string }
  'batch-unknown': { batchId: string }
  'trust-store-unnamed': null
  'trust-store-name-long': { length: number; limit: number }
  'trust-store-name-taken': { name: string }
  'trust-store-empty': { name: string }
  'trust-store-too-large': { count: number; limit: number }
  // x509/: revocation lists and OCSP responses
  'crl-entry-unreadable': { offset: number }
  'crl-reason-invalid': { offset: number }
  'ocsp-status-invalid': { offset: number }
  'ocsp-response-type-unknown': { offset: number; oid: string }
  /** The responder returned an error status: RFC 6960 §4.2.1. */
  'ocsp-unsuccessful': { status: string }

  // ca/: the operator's request. `field` is the path of the field as the form names it.
  'issue-field-invalid': { field: string; value: string; reason: FieldReason }
  /** A name of a request that contains non-ASCII octets; `instead`: the replacement that can be confirmed. */
  'name-not-ascii': { kind: string; text: string; instead: string | null }
  'profile-unreadable': { field: string; reason: string }
  'profile-unknown': { id: string }
  'token-used': null
  'issue-refused': { codes: readonly string[] }
  'issue-not-acknowledged': { codes: readonly string[] }
  'issuer-key-mismatch': { issuer: string }
  // renewal
  'renewal-done-before': { name: string; serialNumber: string }
  'renewal-issuer-missing': { name: string }
  'renewal-of-lost-key': { name: string }
  'request-not-proved': { name: string }
  'rollover-none': { name: string }
  'bulk-authority': { name: string }
  'cross-not-a-ca': { name: string }
  'cross-not-proved': { name: string }
  // ca/: revocation, lists and OCSP responses
  'revocation-already': { since: Date }
  'revocation-not-on-hold': null
  'revocation-of-root': { name: string }
  'revocation-invalidity-in-future': { invalidityDate: Date; at: Date }
  'list-signer-not-allowed': { signer: string }
  'list-times-reversed': { thisUpdate: Date; nextUpdate: Date }
  'list-outlives-signer': { nextUpdate: Date; notAfter: Date; signer: string }
  'list-number-not-rising': { number: string; previous: string }
  'list-part-empty': null
  'list-without-base': null
  'response-too-many': { count: number; most: number }
  'response-of-nothing': null
  'ocsp-responder-unfit': { responder: string; issuer: string }
  'ocsp-responder-key-usage': { responder: string; issuer: string; isIssuer: boolean }
}

export type ArchiveFormat = 'ZIP' | 'tar' | 'gzip' | 'SST'

/** Why a field is unacceptable as typed. */
/** What both readers of a certificate, request or list read. */
export type ReadField =
  | 'subject'
  | 'issuer'
  | 'serial'
  | 'from'
  | 'until'
  | 'spki'
  | 'extensions'
  | 'entries'
  | 'signed'
  | 'algorithm'
  | 'signature'

export type FieldReason =
  'empty' | 'syntax' | 'characters' | 'too-long' | 'range' | 'unknown' | 'unsupported-by-key'

/** Formats that are recognized but not read. */
export type ForeignFormat =
  | 'public-key'
  | 'openssh-key'
  | 'openssh-key-ed25519'
  | 'openssh-key-other'
  | 'ssh-public-key'
  | 'ssh-public-key-other'
  | 'ssh-certificate'
  | 'sshcom-key'
  | 'putty-key'
  | 'putty-key-other'
  | 'pvk'
  | 'msblob-key'
  | 'msblob-public-key'
  | 'bks'
  | 'uber'
  | 'bcfks'
  | 'ibm-kdb'
  | 'gpgsm-keybox'
  | 'sqlite-nss'
  | 'sqlite'
  | 'badger'
  | 'pgp-keys'
  | 'pgp-message'
  | 'pgp-signature'
  | 'age-message'
  | 'age-key'
  | 'minisign'
  | 'openvpn-key'
  | 'tpm-key'
  | 'dsa-key'
  | 'spkac'
  | 'parameters'
  | 'timestamp-query'
  | 'timestamp-response'
  | 'ocsp-request'
  | 'attribute-certificate'
  | 'cms-encrypted'
  | 'cms-encrypted-data'
  | 'cms-compressed'
  | 'cms-other'
  | 'cms-without-certificates'
  | 'jwk-public'
  | 'jwe'
  | 'jwt'
  | 'web-page'
  | 'picture'
  | 'pdf'
  | 'archive'
  | 'archive-xz'
  | 'archive-bzip2'
  | 'archive-zstd'
  | 'archive-lz4'
  | 'archive-compress'
  | 'archive-cpio'
  | 'dump-of-words'
  | 'crmf'

export type ErrorCode = keyof ErrorDetails

/** Codes of what goes wrong in a ceremony and with its record: their sentences come with its pack. */
export type CeremonyErrorCode = Extract<
  ErrorCode,
  `ceremony-${string}` | `manifest-${string}` | `transcript-${string}` | `witness-${string}`
>

/** Thrown when the work cannot be done; `code` selects the sentence, `detail` fills it in. */
export class CodedError<C extends ErrorCode = ErrorCode> extends Error {
  readonly code: C
  readonly detail: ErrorDetails[C]
  constructor(code: C, detail: ErrorDetails[C], options?: ErrorOptions) {
    super(code, options)
    this.name = 'CodedError'
    this.code = code
    this.detail = detail
  }
}

/** Returns the offset of the fault in the octets; null for errors without one. */
export const offsetOf = ({ detail }: CodedError): number | null =>
  detail && 'offset' in detail && typeof detail.offset === 'number' ? detail.offset : null

/** Narrows to a CodedError, of one code if given. */
export function isCodedError<C extends ErrorCode>(error: unknown, code?: C): error is CodedError<C> {
  return error instanceof CodedError && (code === undefined || (error.code as ErrorCode) === code)
}
