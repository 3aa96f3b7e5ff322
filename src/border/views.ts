/**
 * The data shown on the page: plain data that can be cloned between threads. No type here, nor in protocol.ts, can
 * carry a private CA key; bytes of files that the user asked to export travel as `ExportFile` only. Times are `Date`;
 * serial numbers and fingerprints lower-case hex without separators.
 */
import type { IssuerAddresses } from '../ca/addresses.ts'
import type { FieldOrigin, CodedFailure, ComparedView } from './words.ts'
import type { CrlReason } from '../x509/revoked-entry.ts'
import type { SlotView } from './protocol/slots.ts'
import type { Finding, FindingCode } from '../findings.ts'
import type { JournalAct, KeyPlace, RecordProblem, Visibility } from '../vault/shapes.ts'

/** `main` is the kept vault; `sample` is a throw-away one in a database of its own. */
export type VaultKind = 'main' | 'sample' | 'rehearsal'

export type { JournalAct, KeyPlace, RecordProblem, Visibility } from '../vault/shapes.ts'
export type { SlotView } from './protocol/slots.ts'

/** The person acting, as typed by the operator, and the reason; both are journalled, without secrets. */
export interface Actor {
  who: string
  remark?: string
  /** Set after the operator has confirmed a clock that is behind the last journal entry (`clock-behind`). */
  clockConfirmed?: boolean
}

export interface VaultStatus {
  kind: VaultKind
  state: 'absent' | 'locked' | 'unlocked'
  visibility: Visibility | null
  createdAt: Date | null
  slots: readonly SlotView[]
  /** Minutes without a call until the vault locks automatically. */
  idleMinutes: number
  /** When it will lock if idle; null when locked. */
  locksAt: Date | null
  /** The last name typed as actor, to prefill the field. */
  who: string
  /** Result of navigator.storage.persist(); null: not asked yet or unknown. */
  persisted: boolean | null
  lastBackupAt: Date | null
  /** Writes since the last backup, for the text "not backed up since". */
  changesSinceBackup: number
  /** Hash and count of all records, as printed and put into each backup; null when locked or absent. */
  head: { hash: string; count: number; revision: number } | null
  lastJournalAt: Date | null
  /** The worker's clock, and whether it is earlier than the last journal entry. */
  clock: { now: Date; behind: boolean }
  problems: readonly RecordProblem[]
  /** Header or head fail authentication: nothing is stored or signed. */
  isReadOnly: boolean
}

export interface AuthorityView extends Pick<
  CertificateRow,
  | 'commonName'
  | 'keyAlgorithm'
  | 'signatureAlgorithm'
  | 'spkiHash'
  | 'serialNumber'
  | 'notBefore'
  | 'notAfter'
  | 'status'
  | 'revocation'
> {
  id: string
  /** The authority above; null for a root or if the issuer is not here. */
  parentId: string | null
  certificateId: string
  /** RFC 4514 text; null when sealed and locked. */
  subject: string | null
  /** DER of the subject in hexadecimal, for comparing names. */
  subjectDer: string
  selfSigned: boolean
  pathLen: number | null
  key: KeyPlace
  /** True while the key can sign: the vault is open and the key's own passphrase, if any, was given. */
  ready: boolean
  retiredAt: Date | null
  /** The authority that succeeded it with a new key. */
  successorId: string | null
  /** Filled in for all it issues. */
  addresses: IssuerAddresses | null
  /** Findings to accept before it signs anything but lists and responses: it, or a CA above, is revoked or on hold. */
  against: readonly Finding[]
  issuedCount: number
  /** Its other certificates for the same key, as from another CA. */
  others: readonly OwnCertificate[]
}

/** A further certificate of a CA: its dates, and what is said against it. */
export type OwnCertificate = Pick<
  CertificateRow,
  'id' | 'authorityId' | 'notBefore' | 'notAfter' | 'status' | 'revocation'
>

/** A node of the hierarchy, roots first; certificates below come from certificate.list. */
export interface AuthorityNode {
  authority: AuthorityView
  children: readonly AuthorityNode[]
}

export type EndEntityKey = 'sealed' | 'handed-out' | 'brought'

/** What a certificate says, as lines and cards show it: all other views of one take their fields from here. */
export interface CertificateFacts {
  /** RFC 4514 text. */
  subject: string
  commonName: string | null
  /** Readable forms, 'DNS:example.com'. */
  subjectAltNames: readonly string[]
  issuer: string
  serialNumber: string
  notBefore: Date
  notAfter: Date
  isCa: boolean
  keyAlgorithm: string
  signatureAlgorithm: string
  /** SHA-256 of the certificate, hex. */
  fingerprint: string
  /** SHA-256 of the SubjectPublicKeyInfo, for the key seal. */
  spkiHash: Uint8Array
}

/** The operator's notes on a certificate. */
export interface Notes {
  tags: readonly string[]
  notes: string
}

/** One line of the inventory, read back from the signed bytes. */
export interface CertificateRow extends CertificateFacts, Notes {
  id: string
  authorityId: string | null
  /** The authority this certificate belongs to if it is a CA's own; else null. */
  ownAuthorityId: string | null
  profileId: string
  key: EndEntityKey | KeyPlace
  status: 'good' | 'revoked' | 'held'
  revocation: { since: Date; reason: CrlReason | null; invalidityDate: Date | null } | null
  createdAt: Date
  createdBy: string
  /** The certificate that was made in its place. */
  successorId: string | null
  /** False while locked: nothing can be authenticated. */
  verified: boolean
}

export interface CertificateDetail {
  row: CertificateRow
  der: Uint8Array
  /** Target first, then each issuer as far as it is here; `der` is the first. */
  chain: readonly Uint8Array[]
  /** The stored request that it answers. */
  requestId: string | null
  /** Rows of the chain that are here, in the same order. */
  chainRows: readonly CertificateRow[]
  /** The certificate it replaced, and the one that replaced it. */
  predecessor: CertificateRow | null
  successor: CertificateRow | null
}

export type CertificateSort =
  'createdAt' | 'notBefore' | 'notAfter' | 'commonName' | 'serialNumber' | 'profileId'

/** As recorded and by the clock; 'good' is valid today, 'broken' would be, but a CA above it is not. */
export type CertificateState = CertificateRow['status'] | 'expired' | 'future' | 'broken'

/** The filter; all conditions must hold. */
export interface CertificateFilter {
  authorityId?: string
  /** Words in subject, names, serial number, fingerprint, profile, state, tags or notes. */
  search?: string
  /** Days: only certificates valid now that expire within this many, and that no other replaced. */
  within?: number
  /** A month (UTC), '2028-03': only certificates not revoked that end in it. */
  ends?: string
  state?: CertificateState
  profileId?: string
  tag?: string
  /** Only these. */
  ids?: readonly string[]
}

export interface CertificateQuery extends CertificateFilter {
  sort?: CertificateSort
  descending?: boolean
  offset: number
  limit: number
}

export interface CertificatePage {
  total: number
  rows: readonly CertificateRow[]
}

/** A file made because the user asked for it; `name` describes its content. */
export interface ExportFile {
  name: string
  type: string
  bytes: Uint8Array
}

/** A file too large to be copied between threads: the browser decides where to keep it. */
export interface LargeFile {
  name: string
  type: string
  blob: Blob
}

export interface PreparedFieldView {
  /** Stable name of the field, e.g. 'subject', 'notAfter', 'extKeyUsage'; messages/ has its words. */
  field: string
  value: string
  from: FieldOrigin
}

export interface PreparedView {
  /** Signs once, while the vault is open; null if a finding forbids signing. */
  token: string | null
  fields: readonly PreparedFieldView[]
  /** The request it is compared with, if there is one. */
  compared: readonly ComparedView[] | null
  findings: readonly Finding[]
  /** Findings that forbid signing; the rest can be acknowledged by code. */
  errors: readonly FindingCode[]
  warnings: readonly FindingCode[]
  /** The TBSCertificate as it would be signed, with an empty signature: for display. */
  der: Uint8Array
  /** Display names of the signer, and of what is signed; empty if it names nobody. */
  issuerName: string
  name: string
  clock: { now: Date; lastJournalAt: Date | null; behind: boolean }
}

export interface IssuedView {
  certificateId: string
  /** Set when the certificate is a CA's own. */
  authorityId: string | null
  der: Uint8Array
  serialNumber: string
  /** The end-entity's key if it is handed out once instead of kept; 'locked' if a lock came before it. */
  handedOut: ExportFile | 'locked' | null
}

export interface JournalEntryView {
  /** From 1, without gaps. */
  sequence: number
  at: Date
  who: string
  act: JournalAct
  /** The subject of the entry: a name, a serial number, a count. Never a secret. */
  subject: string
  /** The record the entry is about, or null. */
  recordId: string | null
  remark: string
  /** For a refusal: the codes of the reasons. */
  reason?: string
  /** For something opened by a passphrase: which slot. */
  slot?: string
  /** For a vault that was created or opened: where the page was opened from. */
  place?: string
  /** For what was stored: 'same', or why the second reader did not read it, as codes. */
  reread?: string
  /** Chain hash, hex. */
  hash: string
}

export interface JournalPage {
  total: number
  /** Newest first. */
  entries: readonly JournalEntryView[]
}

export interface JournalCheck {
  entries: number
  /** Hash of the last entry, hex. */
  hash: string
  problems: readonly RecordProblem[]
}

export interface CheckResult {
  records: number
  head: string
  problems: readonly RecordProblem[]
}

export type { BackupSummary } from './protocol/backup.ts'

export interface BatchRow {
  /** Line of the table, from 1, including the heading. */
  line: number
  subject: string
  /** '' where it has none. */
  commonName: string
  subjectAltNames: readonly string[]
}

export interface BatchRowProblem {
  line: number
  code:
    | 'too-few-columns'
    | 'too-many-columns'
    | 'unknown-column'
    | 'no-name'
    | 'no-alternative-name'
    | 'bad-value'
    | 'not-a-name'
    | 'refused'
    | 'duplicate'
    | 'failed'
  /** Column, finding code or kind of name, and the value at fault. */
  field: string
  value: string
  /** For a refusal: the findings for the certificate. */
  findings?: readonly Finding[]
}

export interface BatchPlan {
  columns: readonly string[]
  rows: readonly BatchRow[]
  problems: readonly BatchRowProblem[]
  /** Rows that can be issued only after their warnings are acknowledged. */
  warned: readonly BatchRowProblem[]
  /** What speaks against the CA; it is among the warnings of each row. */
  against: readonly Finding[]
}

export interface BatchProgress {
  kind: 'batch'
  batchId: string
  /** Rows stored; the rest of those made are ready to be stored. */
  done: number
  made: number
  failed: number
  total: number
  paused: boolean
  /** Ids of committed certificates that were not reported before. */
  committed: readonly string[]
}

/** A run that ended early: how many are left unsigned, and why; null if it was cancelled. */
export interface Stop {
  left: number
  why: CodedFailure | null
}

export interface BatchResult {
  batchId: string
  issued: number
  certificateIds: readonly string[]
  problems: readonly BatchRowProblem[]
  /** If it ended early: from which line on nothing was issued. */
  stopped: (Stop & { fromLine: number }) | null
  /**
   * All certificates with their chains, and the keys if they are handed out; null if nothing was issued, 'locked' if a lock
   * came before it.
   */
  made: IssuedFiles | 'locked' | null
}

/** What an archive of issued certificates is made of; `line` is that of the table or list they were made from. */
export interface IssuedFiles {
  readonly files: readonly Pick<ExportFile, 'name' | 'bytes'>[]
  readonly issued: readonly { line: number; subject: string; serialNumber: string }[]
  readonly at: Date
}

export interface StepProgress {
  kind: 'step'
  /** Stable name of the current step; messages/ has its words. */
  step: string
  done: number
  total: number
  /** A key being derived from a password, which takes a while. */
  deriving?: { readonly file: string; readonly rounds: number }
}

export type Progress = BatchProgress | StepProgress

export interface PassphraseSuggestion {
  words: string
  entropyBits: number
  /** Two places of words, from 0, asked for once they are written down. */
  asked: readonly [number, number]
}

export interface AlgorithmSupport {
  id: string
  supported: boolean
}
