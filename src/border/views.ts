/**
 * What the page is shown: plain data that can be cloned between threads. No type here, nor in protocol.ts, can
 * carry a private CA key; bytes of files that the user asked to export travel as `ExportFile` only.
 * Times are `Date`; serial numbers and fingerprints lower-case hex without separators.
 */
import type { FieldOrigin } from './words.ts'
import type { CrlReason } from '../x509/revoked-entry.ts'
import type { FaultyName } from '../ca/faulty-names.ts'
import type { PileProblem } from '../containers/pile/items.ts'
import type { Finding, FindingCode } from '../findings.ts'
import type { CodedFailure, ComparedView, RequestNotice } from './words.ts'
import type { JournalAct, KeyPlace, RecordProblem, Visibility } from '../vault/shapes.ts'
import type { FoundKinds } from '../containers/pile/found-kinds.ts'

/** `main` is the vault that is kept; `sample` is a throw-away one in a database of its own. */
export type VaultKind = 'main' | 'sample'

export type { JournalAct, KeyPlace, RecordProblem, Visibility } from '../vault/shapes.ts'

/** Who acts, as typed by the operator, and why; both go into the journal, without secrets. */
export interface Actor {
  who: string
  remark?: string
  /** Set after the operator has confirmed a clock that is behind the last journal entry (`clock-behind`). */
  clockConfirmed?: boolean
}

/** One way to open a sealed key. `passkey` and `quorum` are other kinds of the same thing. */
export interface SlotView {
  id: string
  kind: 'passphrase' | 'vault' | 'passkey' | 'quorum'
  /** Typed by the operator, or 'main' and 'recovery' as made at creation. */
  label: string
  createdAt: Date
  /** PBKDF2 iterations; null where the kind has none. */
  iterations: number | null
}

export interface VaultStatus {
  kind: VaultKind
  state: 'absent' | 'locked' | 'unlocked'
  visibility: Visibility | null
  createdAt: Date | null
  slots: readonly SlotView[]
  /** Minutes without a call until the vault locks by itself. */
  idleMinutes: number
  /** When it will lock if nothing happens; null when locked. */
  locksAt: Date | null
  /** The last name typed as actor, to fill the field again. */
  who: string
  /** Answer of navigator.storage.persist(); null: not asked yet or not known. */
  persisted: boolean | null
  lastBackupAt: Date | null
  /** Writes since the last backup, so that "not backed up since" can be said. */
  changesSinceBackup: number
  /** Hash and count of all records, as printed and put into each backup; null when locked or absent. */
  head: { hash: string; count: number; revision: number } | null
  lastJournalAt: Date | null
  /** The worker's clock, and whether it is earlier than the last journal entry. */
  clock: { now: Date; behind: boolean }
  problems: readonly RecordProblem[]
  /** Header or head are not those that were written: nothing is stored or signed. */
  isReadOnly: boolean
}

export interface AuthorityView {
  id: string
  /** The authority above; null for a root or when the issuer is not here. */
  parentId: string | null
  certificateId: string
  /** RFC 4514 text of the subject, and its most telling attribute alone; null when sealed and locked. */
  subject: string | null
  commonName: string | null
  /** DER of the subject in hexadecimal: what names are compared by. */
  subjectDer: string
  selfSigned: boolean
  keyAlgorithm: string
  signatureAlgorithm: string
  /** SHA-256 of the SubjectPublicKeyInfo, for the key seal. */
  spkiHash: Uint8Array
  serialNumber: string
  notBefore: Date
  notAfter: Date
  pathLen: number | null
  key: KeyPlace
  /** True while the key can sign: the vault is open and, with a passphrase of its own, that was given. */
  ready: boolean
  retiredAt: Date | null
  /** The authority that took over with a new key. */
  successorId: string | null
  /** What is accepted before it signs anything but lists and responses: it, or a CA above it, is revoked or on hold. */
  against: readonly Finding[]
  /** Of its certificate. */
  status: CertificateRow['status']
  revocation: CertificateRow['revocation']
  issuedCount: number
}

/** A node of the hierarchy, roots first; a certificate below is reached by certificate.list. */
export interface AuthorityNode {
  authority: AuthorityView
  children: readonly AuthorityNode[]
}

export type EndEntityKey = 'sealed' | 'handed-out' | 'brought'

/** One line of the inventory, read back from the signed bytes. */
/** What people write beside a certificate. */
export interface Notes {
  tags: readonly string[]
  notes: string
}

export interface CertificateRow {
  id: string
  authorityId: string | null
  /** The authority this certificate belongs to when it is a CA's own; else null. */
  ownAuthorityId: string | null
  subject: string | null
  commonName: string | null
  /** Readable forms, 'DNS:example.com'. */
  subjectAltNames: readonly string[]
  issuer: string | null
  serialNumber: string
  notBefore: Date
  notAfter: Date
  profileId: string
  isCa: boolean
  keyAlgorithm: string
  signatureAlgorithm: string
  /** SHA-256 of the certificate, hex. */
  fingerprint: string
  spkiHash: Uint8Array
  key: EndEntityKey | KeyPlace
  status: 'good' | 'revoked' | 'held'
  revocation: { since: Date; reason: CrlReason | null; invalidityDate: Date | null } | null
  createdAt: Date
  createdBy: string
  tags: readonly string[]
  notes: string
  /** False while locked: nothing could be authenticated. */
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
  /** The certificate whose place it took, and the one that took its place. */
  predecessor: CertificateRow | null
  successor: CertificateRow | null
}

export type CertificateSort =
  'createdAt' | 'notBefore' | 'notAfter' | 'commonName' | 'serialNumber' | 'profileId'

/** As it is recorded and by the clock; 'good' stands today. */
export type CertificateState = CertificateRow['status'] | 'expired' | 'future'

/** What is asked for; all of it must be so. */
export interface CertificateFilter {
  authorityId?: string
  /** Words in subject, names, serial number, fingerprint, profile, state, tags or notes. */
  search?: string
  /** Days: only those that stand now and end within so many. */
  within?: number
  state?: CertificateState
  profileId?: string
  tag?: string
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

/** A file made because the user asked for it; `name` says what is inside. */
export interface ExportFile {
  name: string
  type: string
  bytes: Uint8Array
}

/** A file too large to be copied from thread to thread: the browser keeps it where it likes. */
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
  /** Signs once, while the vault is open; null when a finding forbids signing. */
  token: string | null
  fields: readonly PreparedFieldView[]
  /** The request beside it, where there is one. */
  compared: readonly ComparedView[] | null
  findings: readonly Finding[]
  /** Findings that stop; the rest can be acknowledged by code. */
  errors: readonly FindingCode[]
  warnings: readonly FindingCode[]
  /** The TBSCertificate as it would be signed, with an empty signature: for the page's own reading. */
  der: Uint8Array
  /** What to call the one that signs, and what is signed; empty where that names nobody. */
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
  /** The end-entity's key when it is handed out once instead of kept. */
  handedOut: ExportFile | null
}

export interface JournalEntryView {
  /** From 1, without gaps. */
  sequence: number
  at: Date
  who: string
  act: JournalAct
  /** What it was done to: a name, a serial number, a count. Never a secret. */
  subject: string
  /** Record the entry speaks of, or null. */
  recordId: string | null
  remark: string
  /** Of a refusal: the codes that say why. */
  reason?: string
  /** Of what a passphrase opened: which slot it was. */
  slot?: string
  /** Of a vault that was made or opened: where the page lay. */
  place?: string
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
  /** Line of the table, from 1, the heading included. */
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
    /** `field` is the kind of name that `value` is not. */
    | 'not-a-name'
    | 'refused'
    | 'duplicate'
    | 'failed'
  /** Column or finding code, and the value that mattered. */
  field: string
  value: string
  /** Of a refusal: what is found of the certificate. */
  findings?: readonly Finding[]
}

export interface BatchPlan {
  columns: readonly string[]
  /** Those that can be issued. */
  rows: readonly BatchRow[]
  problems: readonly BatchRowProblem[]
  /** Rows, among those that can be issued, whose warnings have to be acknowledged. */
  warned: readonly BatchRowProblem[]
}

export interface BatchProgress {
  kind: 'batch'
  batchId: string
  /** Stored; what is made lies ready to be stored. */
  done: number
  made: number
  failed: number
  total: number
  paused: boolean
  /** Ids of certificates that are committed and were not reported before. */
  committed: readonly string[]
}

/** A run that ended before its time: how many are left unsigned, and why; null where somebody stopped it. */
export interface Stop {
  left: number
  why: CodedFailure | null
}

export interface BatchResult {
  batchId: string
  issued: number
  problems: readonly BatchRowProblem[]
  /** Where it ended before its time: from which line on nothing is issued. */
  stopped: (Stop & { fromLine: number }) | null
  /** All certificates with their chains, and the keys where they are handed out; null when nothing was issued. */
  zip: ExportFile | null
}

export interface StepProgress {
  kind: 'step'
  /** Stable name of what is being done; messages/ has its words. */
  step: string
  done: number
  total: number
  /** A key that is being worked out from a password, and takes its time. */
  deriving?: { readonly file: string; readonly rounds: number }
}

export type Progress = BatchProgress | StepProgress

export interface PassphraseSuggestion {
  words: string
  entropyBits: number
}

export interface AlgorithmSupport {
  id: string
  supported: boolean
}

export interface RequestedName {
  kind: string
  value: string
}

/** A certification request from elsewhere: what it asks for, and what of that is not taken. */
export interface RequestView {
  file: string
  der: Uint8Array
  spki: Uint8Array
  keyAlgorithm: string
  /** Whether its signature proves that whoever made it has the private key (RFC 2986 §3). */
  possession: 'valid' | 'invalid' | 'unchecked'
  subject: readonly { type: string; value: string }[]
  subjectAltNames: readonly RequestedName[]
  /** Names that cannot be taken as they are written. */
  faultyNames: readonly FaultyName[]
  /** What of it is not taken as it stands, or was asked for twice. */
  notices: readonly RequestNotice[]
}

export interface RequestsView {
  requests: readonly RequestView[]
  problems: readonly PileProblem[]
  found: FoundKinds
}
