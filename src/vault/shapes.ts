/** Stored data, as plain data. Times are milliseconds since 1970. */
import type { Bytes } from '../webcrypto/seal.ts'
import type { CrlReason } from '../x509/revoked-entry.ts'

export type Visibility = 'public' | 'sealed'

/** Stores whose records are counted and summed in the head; `keys` are the CAs' own. */
export const STORES = [
  'authorities',
  'keys',
  'endEntityKeys',
  'certificates',
  'profiles',
  'requests',
  'lists',
  'trustStores',
] as const
export type StoreName = (typeof STORES)[number]

/** One way to open a sealed key; kinds with parameters keep them beside the wrapped key. */
export type Slot = SlotBase &
  (
    | { kind: 'passphrase'; salt: Bytes; iterations: number }
    | { kind: 'vault' }
    | ({ kind: 'quorum' } & Quorum)
  )

/** `threshold` of these holders open it. */
export interface Quorum {
  /** Names the list of words too. */
  setId: string
  threshold: number
  holders: QuorumHolder[]
  /** The slot's key for each subset of holders, in lexical order, wrapped by what the words of that subset yield. */
  envelopes: Bytes[]
}

export interface QuorumHolder {
  name: string
  /** Of the words of the share, as UTF-8 with single spaces: each share is proved alone. */
  sha256: Bytes
  /** When the holder last showed that the share is whole. */
  provedAt: number
}

interface SlotBase {
  id: string
  label: string
  createdAt: number
  /** The sealed key's own secret key, wrapped by the key this slot yields. */
  wrapped: Bytes
}

/** One ciphertext, and the slots that open it. */
export interface SealedKey {
  version: 1
  ciphertext: Bytes
  slots: Slot[]
}

/** `elsewhere`: never here; `destroyed`: was here. */
export type KeyPlace = 'vault' | 'own-passphrase' | 'quorum' | 'destroyed' | 'elsewhere'

export interface AuthorityRecord {
  parentId: string | null
  certificateId: string
  key: KeyPlace
  keyId: string | null
  createdAt: number
  retiredAt: number | null
  /** The highest cRLNumber used in any list, in decimal; absent if there was none. */
  listNumber?: string
  /** The authority that takes over with a new key. */
  successorId?: string
  /** Other certificates of the same key as `certificateId`: earlier ones, and cross-certificates. */
  otherCertificateIds?: string[]
  /**
   * For a CA that was imported: its earlier revocations, which stay on its lists though the certificates are not here.
   */
  revokedElsewhere?: RevokedElsewhere[]
  /** Filled in for all it issues; absent: none. */
  addresses?: { crl: string[]; ocsp: string[]; caIssuers: string[] }
}

export interface RevokedElsewhere extends RevocationRecord {
  /** As the inventory writes it: lower-case hexadecimal without padding. */
  serialNumber: string
}

export interface KeyRecord {
  /** SubjectPublicKeyInfo; bound into the sealed key. */
  spki: Bytes
  algorithm: string
  sealed: SealedKey
}

export interface CertificateRecord {
  der: Bytes
  /** The authority that issued it; null if that is not here. */
  authorityId: string | null
  /** The authority whose own certificate it is. */
  ownAuthorityId: string | null
  profileId: string
  createdAt: number
  createdBy: string
  key: 'sealed' | 'handed-out' | 'brought' | KeyPlace
  keyId: string | null
  status: 'good' | 'revoked' | 'held'
  /** Absent in records written before revocation was supported. */
  revocation?: RevocationRecord | null
  /** The request it was issued for and the certificate that replaced it, if any. */
  requestId?: string
  successorId?: string
  /** The certificate it replaced. */
  predecessorId?: string
  tags: string[]
  notes: string
}

export interface RevocationRecord {
  since: number
  /** Null: unspecified. */
  reason: CrlReason | null
  invalidityDate: number | null
}

/** A certification request: one received, or one made here for another CA to sign. */
export interface RequestRecord {
  der: Bytes
  origin: 'received' | 'made'
  /** The key it was made with: `keys` holds a CA's, `endEntityKeys` any other; null if the key is not here. */
  key: { store: 'keys' | 'endEntityKeys'; id: string } | null
  /** The certificate issued for it; null while there is none. */
  certificateId: string | null
  /** For a request made here: the profile it was made with. */
  profileId?: string
  /** Its key also belongs to a certificate, so removing the request keeps the key. */
  keyIsShared?: true
  createdAt: number
  createdBy: string
}

/** A revocation list as it was signed or imported; its times are in it. */
export interface ListRecord {
  der: Bytes
  /** The authority that signed it. */
  authorityId: string
  createdAt: number
  createdBy: string
}

/** A named set of certificates that are trusted together. */
export interface TrustStoreRecord {
  name: string
  certificates: Bytes[]
  createdAt: number
  createdBy: string
}

export interface ProfileRecord {
  json: string
  savedAt: number
}

export interface RecordValues {
  authorities: AuthorityRecord
  keys: KeyRecord
  endEntityKeys: KeyRecord
  certificates: CertificateRecord
  profiles: ProfileRecord
  requests: RequestRecord
  lists: ListRecord
  trustStores: TrustStoreRecord
}

/**
 * Everything that is sealed or authenticated as a record; head and settings are kept in `meta`, the last two in
 * `catalogue`.
 */
export interface SealedValues extends RecordValues {
  head: Head
  settings: Settings
  segment: Segment
  catalogue: Catalogue
}
export type SealedName = keyof SealedValues

/** The data that lists and searches need about one certificate, so that its record need not be read. */
export interface CatalogueEntry {
  id: string
  /** All searchable text in lower case; the name sorts by its first line. */
  text: string
  serialNumber: string
  createdAt: number
  notBefore: number
  notAfter: number
  status: CertificateRecord['status']
  authorityId: string | null
  ownAuthorityId: string | null
  profileId: string
  tags: readonly string[]
  /** Another certificate was made in its place. */
  isReplaced?: boolean
}

/** Entries in the order they were stored, as JSON text: one value to unpack instead of thousands. */
export interface Segment {
  entries: string
  /** The places of those that have been replaced. */
  replaced?: readonly number[]
}

/** Names the segments that belong together, and the state of the certificates they describe. */
export interface Catalogue {
  certificates: StoreMark
  /** The first half of each segment's MAC, concatenated. */
  stamps: Bytes
  /** The time of the newest entry, for each segment. */
  newest: number[]
}

/** A record as stored in the database. */
export interface StoredRecord {
  id: string
  /** Certificates: the issuing authority; lists: the one that signed; requests: the certificate issued for it. */
  parent?: string
  /** Certificates: unique below one parent: the serial number, or its MAC if names are sealed. */
  unique?: string
  /** One octet for plain or sealed; the packed value follows. */
  body: Bytes
  mac: Bytes
}

export interface StoredEntry {
  /** Sequence number, from 1. */
  id: number
  body: Bytes
  hash: Bytes
  mac: Bytes
}

export interface Settings {
  idleMinutes: number
  who: string
  persisted: boolean | null
  lastBackupAt: number | null
  /** The head's revision in the last backup. */
  backupRevision: number
}

/** The data that can be read before the vault is open; authenticated once it is. */
export interface Header {
  id: 'vault'
  vaultId: string
  /** 1: the kind of vault is not bound to its key, and the head is not sealed. */
  version: 1 | 2 | 3
  visibility: Visibility
  createdAt: number
  sealed: SealedKey
  mac: Bytes
}

export interface StoreSum {
  count: number
  sum: Bytes
}

/** Replaces a sum where anyone can read it: equal for equal sums, and reveals nothing about the sum. */
export interface StoreMark {
  count: number
  mark: string
}

/** The number of records and their sums; sealed with each write. */
export interface Head {
  revision: number
  /** A store newer than the head is absent. */
  stores: Partial<Record<StoreName, StoreSum>>
  journal: { sequence: number; hash: Bytes; at: number }
  /** The latest time that was seen, or was confirmed since; absent in heads of earlier versions. */
  mark?: number
  /** MAC of the header that belongs to it, so that an older header is not accepted. */
  header: Bytes
  /** MAC of the settings that belong to it; absent in version 1 vaults. */
  settings?: Bytes
}

/** Names one state of the whole vault. */
export interface HeadSummary {
  /** A hash over all sums and the journal's last link. */
  hash: string
  count: number
  revision: number
}

export type JournalAct =
  | 'vault-created'
  | 'vault-unlocked'
  | 'vault-brought-up'
  | 'vault-rekeyed'
  | 'earlier-state-confirmed'
  | 'vault-unlock-refused'
  | 'vault-locked'
  | 'passphrase-refused'
  | 'settings-changed'
  | 'journal-exported'
  | 'journal-rows-removed'
  | 'passphrase-changed'
  | 'slot-added'
  | 'slot-removed'
  | 'quorum-added'
  | 'share-proved'
  | 'authority-created'
  | 'authority-adopted'
  | 'authority-key-joined'
  | 'certificate-adopted'
  | 'issuer-found'
  | 'authority-rolled-over'
  | 'authority-cross-certified'
  | 'request-made'
  | 'request-received'
  | 'request-answered'
  | 'request-removed'
  | 'request-key-destroyed'
  | 'authority-retired'
  | 'authority-addresses-changed'
  | 'authority-key-destroyed'
  | 'authority-key-exported'
  | 'authority-key-refused'
  | 'authority-key-opened'
  | 'authority-key-closed'
  | 'certificate-issued'
  | 'certificate-renewed'
  | 'certificate-refused'
  | 'certificate-noted'
  | 'certificate-revoked'
  | 'certificate-held'
  | 'certificate-released'
  | 'list-signed'
  | 'responses-signed'
  | 'handshake-signed'
  | 'certificates-imported'
  | 'list-imported'
  | 'revocations-imported'
  | 'key-exported'
  | 'key-handed-out'
  | 'revocation-overridden'
  | 'profile-saved'
  | 'profile-removed'
  | 'trust-store-kept'
  | 'trust-store-changed'
  | 'trust-store-renamed'
  | 'trust-store-removed'
  | 'batch-started'
  | 'batch-finished'
  | 'backup-made'
  | 'backup-restored'
  | 'clock-confirmed'
  | 'clock-behind'

export interface JournalDraft {
  at: number
  who: string
  act: JournalAct
  /** The object of the operation: a name, a serial number, a count. Never a secret. */
  subject: string
  recordId: string | null
  remark: string
  /** For a refusal: the codes that say why. */
  reason?: string
  /** For an operation that a passphrase opened: which slot it was, by label and number. */
  slot?: string
  /** For a vault that was made or opened: where the page was loaded from. */
  place?: string
  /** For what was stored: whether the second reader read the same, or why it did not read, as codes. */
  reread?: string
}

/** A record that was changed, swapped, or is missing. `name` is what is known about it. */
export interface RecordProblem {
  store: string
  id: string
  name: string
  kind: 'changed' | 'missing' | 'unexpected' | 'unreadable' | 'head' | 'chain' | 'time'
}
