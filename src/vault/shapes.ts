/** What is kept, as plain data. Times are milliseconds since 1970. */
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
export type Slot = SlotBase & ({ kind: 'passphrase'; salt: Bytes; iterations: number } | { kind: 'vault' })

interface SlotBase {
  id: string
  label: string
  createdAt: number
  /** The sealed key's own secret key, wrapped by what this slot yields. */
  wrapped: Bytes
}

/** One ciphertext, and the slots that open it. */
export interface SealedKey {
  version: 1
  ciphertext: Bytes
  slots: Slot[]
}

/** `elsewhere`: never here; `destroyed`: was here. */
export type KeyPlace = 'vault' | 'own-passphrase' | 'destroyed' | 'elsewhere'

export interface AuthorityRecord {
  parentId: string | null
  certificateId: string
  key: KeyPlace
  keyId: string | null
  createdAt: number
  retiredAt: number | null
  /** The highest cRLNumber given for any list, in decimal; left out where there was none. */
  listNumber?: string
  /** The authority that takes over with a new key. */
  successorId?: string
  /** Certificates of the same key beside `certificateId`: those it had before, and cross-certificates. */
  otherCertificateIds?: string[]
  /** Of a CA that was brought in: what it had revoked, to stay on its lists though the certificates are not here. */
  revokedElsewhere?: RevokedElsewhere[]
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
  /** The authority that issued it; null when that is not here. */
  authorityId: string | null
  /** The authority whose own certificate it is. */
  ownAuthorityId: string | null
  profileId: string
  createdAt: number
  createdBy: string
  key: 'sealed' | 'handed-out' | 'brought' | KeyPlace
  keyId: string | null
  status: 'good' | 'revoked' | 'held'
  /** Left out in records that were written before there was revocation. */
  revocation?: RevocationRecord | null
  /** The request it answers, and the certificate that took its place, where there are such. */
  requestId?: string
  successorId?: string
  /** The certificate whose place it took. */
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

/** A certification request: one that came, or one made here for another CA to answer. */
export interface RequestRecord {
  der: Bytes
  origin: 'received' | 'made'
  /** Of the key it was made with: `keys` holds a CA's, `endEntityKeys` any other; null where the key is not here. */
  key: { store: 'keys' | 'endEntityKeys'; id: string } | null
  /** The certificate that answered it; null while there is none. */
  certificateId: string | null
  /** Of one made here: what it was made as. */
  profileId?: string
  /** Its key has a certificate besides, and stays when the request is given up. */
  keyIsShared?: true
  createdAt: number
  createdBy: string
}

/** A revocation list as it was signed or brought; times are in it. */
export interface ListRecord {
  der: Bytes
  /** The authority that signed it. */
  authorityId: string
  createdAt: number
  createdBy: string
}

/** Certificates that are trusted together, under a name. */
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

/** All that is sealed or authenticated as a record; head and settings lie in `meta`, the last two in `catalogue`. */
export interface SealedValues extends RecordValues {
  head: Head
  settings: Settings
  segment: Segment
  catalogue: Catalogue
}
export type SealedName = keyof SealedValues

/** What lists and searches need to know of one certificate, so that its record need not be read. */
export interface CatalogueEntry {
  id: string
  /** All that a search looks through, in lower case; its first line is what the name sorts by. */
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
}

/** Entries in the order they were stored, as JSON text: one value to unpack instead of thousands. */
export interface Segment {
  entries: string
}

/** Says which segments belong together, and to which state of the certificates. */
export interface Catalogue {
  certificates: StoreMark
  /** The first half of each segment's MAC, one after the other. */
  stamps: Bytes
  /** The youngest entry's time, for each segment. */
  newest: number[]
}

/** A record as it lies in the database. */
export interface StoredRecord {
  id: string
  /** Certificates: the issuing authority; lists: the one that signed; requests: the certificate that answered. */
  parent?: string
  /** Certificates: what must not occur twice below one parent: the serial number, or its MAC where names are sealed. */
  unique?: string
  /** One octet says plain or sealed; the packed value follows. */
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

/** What can be read before the vault is open; authenticated once it is. */
export interface Header {
  id: 'vault'
  vaultId: string
  /** 1: the kind of vault is not bound to its key, and the head is in the open. */
  version: 1 | 2
  visibility: Visibility
  createdAt: number
  sealed: SealedKey
  mac: Bytes
}

export interface StoreSum {
  count: number
  sum: Bytes
}

/** Stands for a sum where it can be read by anybody: equal for equal sums, and nothing of a sum can be told from it. */
export interface StoreMark {
  count: number
  mark: string
}

/** Says how many records there are and what they add up to; sealed with each write. */
export interface Head {
  revision: number
  /** A store that is younger than the head is left out. */
  stores: Partial<Record<StoreName, StoreSum>>
  journal: { sequence: number; hash: Bytes; at: number }
  /** The latest time that was seen, or was confirmed since; heads of earlier versions have none. */
  mark?: number
  /** MAC of the header that belongs to it, so that an older header does not pass. */
  header: Bytes
  /** MAC of the settings that belong to it; left out by vaults of version 1. */
  settings?: Bytes
}

/** Names one state of the whole vault. */
export interface HeadSummary {
  /** Over all sums and the journal's last link. */
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
  | 'passphrase-changed'
  | 'slot-added'
  | 'slot-removed'
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
  /** What it was done to: a name, a serial number, a count. Never a secret. */
  subject: string
  recordId: string | null
  remark: string
  /** Of a refusal: the codes that say why. */
  reason?: string
  /** Of what a passphrase opened: which slot it was, by label and number. */
  slot?: string
  /** Of a vault that was made or opened: where the page lay. */
  place?: string
}

/** A record that was changed, swapped, or is missing. `name` is what is known about it. */
export interface RecordProblem {
  store: string
  id: string
  name: string
  kind: 'changed' | 'missing' | 'unexpected' | 'unreadable' | 'head' | 'chain' | 'time'
}
