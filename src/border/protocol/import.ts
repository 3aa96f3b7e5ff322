/** Importing what other tools made: keys, certificates, requests, lists and whole CAs over the border. */
import type { DatabaseProblem } from '../../containers/openssl-database.ts'
import type { PileItem, PileNotice, PileProblem } from '../../containers/pile/items.ts'
import type { KeyKeeping, InFile } from '../words.ts'
import type { Actor, CertificateFacts, CertificateRow } from '../views.ts'

type Locked = Extract<PileItem, { kind: 'locked' }>
/** An encrypted part of a file, which stays closed until its password is given. */
export interface LockedFile extends Pick<Locked, 'format' | 'part' | 'friendlyName'> {
  readonly file: string
}

/** A certificate as a line of the preview. */
export interface ImportedCertificate extends Pick<
  CertificateRow,
  'serialNumber' | 'notAfter' | 'spkiHash' | 'status'
> {
  readonly name: string
  readonly file: string
  readonly hasKey: boolean
}

/** The number of certificates below a CA, and the first of them. */
export interface ImportedCertificates {
  readonly fresh: number
  /** Already stored, octet for octet. */
  readonly known: number
  readonly keys: number
  readonly requests: number
  readonly revoked: number
  readonly shown: readonly ImportedCertificate[]
}

export interface ImportedList {
  readonly number: string | null
  readonly thisUpdate: Date
  readonly nextUpdate: Date | null
  readonly entries: number
  readonly file: string
}

/** The database of `openssl ca` or easy-rsa for a CA. */
export interface ImportedDatabase {
  readonly file: string
  readonly valid: number
  readonly revoked: number
  readonly expired: number
  /** Entries whose certificate is not among the files; revoked ones stay on the CA's lists all the same. */
  readonly missing: number
  readonly shownMissing: readonly {
    readonly serialNumber: string
    readonly subject: string
    readonly revoked: boolean
  }[]
  readonly problems: readonly DatabaseProblem[]
}

export interface ImportedAuthority extends Pick<
  CertificateFacts,
  'subject' | 'notBefore' | 'notAfter' | 'keyAlgorithm' | 'spkiHash'
> {
  /** Index in what was read: the page refers to it by this. */
  readonly index: number
  readonly name: string
  readonly file: string
  /** The CA above it, stored or among what was read; null for a root, and if it is not available. */
  readonly parent: string | null
  readonly isRoot: boolean
  /** `new`: becomes a CA. `key-joined`: stored without its key, which is among the files. `known`: already stored. */
  readonly fate: 'new' | 'key-joined' | 'certificate-added' | 'known'
  /** `unfit`: a key with its public half was found, but its signatures do not verify. */
  readonly key: 'comes' | 'here' | 'missing' | 'unfit'
  readonly suggested: boolean
  readonly certificates: ImportedCertificates
  readonly lists: readonly ImportedList[]
  readonly database: ImportedDatabase | null
  /** The highest cRLNumber used, in decimal, from its lists or its crlnumber file. */
  readonly listNumber: string | null
}

export interface ImportView {
  readonly token: string
  readonly authorities: readonly ImportedAuthority[]
  /** Certificates whose CA is neither stored nor among what was read. */
  readonly others: ImportedCertificates
  /** Requests that no certificate answers; `withKey` of them have their key among the files. */
  readonly requests: { readonly fresh: number; readonly withKey: number; readonly names: readonly string[] }
  /** Keys that belong to no certificate and no request: not stored. */
  readonly loneKeys: readonly { readonly keyAlgorithm: string; readonly file: string }[]
  readonly locked: readonly LockedFile[]
  readonly problems: readonly PileProblem[]
  readonly notices: readonly PileNotice[]
  /** Files with nothing to import. */
  readonly passedOver: number
  readonly files: number
}

/** The items to store; by default the suggested ones. */
export interface ImportChoice {
  readonly authorities: readonly number[]
  /** CAs, by index, whose certificates are imported too. */
  readonly certificatesOf: readonly number[]
  readonly others: boolean
  readonly requests: boolean
}

export interface ImportResult {
  readonly authorities: readonly {
    readonly authorityId: string
    readonly certificateId: string
    readonly name: string
    readonly canSign: boolean
  }[]
  readonly certificates: number
  readonly keys: number
  readonly requests: number
  readonly lists: number
  /** Left out because the CA gave their serial number to another certificate too. */
  readonly refused: readonly string[]
  /** Serial numbers left out because the CA whose name they bear did not sign them. */
  readonly unsigned: readonly string[]
  readonly cancelled: boolean
}

export interface ImportMethods {
  /** Adds files, or a folder, to what was read; stores nothing. Private keys stay in the worker, sealed at once. */
  'import.read': { in: { files: readonly InFile[] }; out: ImportView }
  /** Opens what is locked in this file, or with null in every one. Rejects with 'container-password-wrong'. */
  'import.open': { in: { file: string | null; password: string }; out: ImportView }
  'import.clear': { in: null; out: null }
  /** Stores the selection, many per transaction; after a cancel, everything stored so far is complete. */
  'import.store': {
    in: { token: string; choice: ImportChoice; keyKeeping: KeyKeeping; actor: Actor }
    out: ImportResult
  }
}
