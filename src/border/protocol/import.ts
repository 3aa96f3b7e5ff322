/** Bringing in what was made with other tools: keys, certificates, requests, lists and whole CAs over the border. */
import type { DatabaseProblem } from '../../containers/openssl-database.ts'
import type { PileItem, PileNotice, PileProblem } from '../../containers/pile/items.ts'
import type { KeyKeeping } from '../words.ts'
import type { InFile } from '../words.ts'
import type { Actor } from '../views.ts'

type Locked = Extract<PileItem, { kind: 'locked' }>

/** A certificate as a line of the preview. */
export interface ImportedCertificate {
  readonly name: string
  readonly serialNumber: string
  readonly notAfter: Date
  readonly spkiHash: Uint8Array
  readonly file: string
  readonly hasKey: boolean
  readonly status: 'good' | 'revoked' | 'held'
}

/** How many of what stand below a CA, and the first of them. */
export interface ImportedCertificates {
  readonly fresh: number
  /** Here already, octet for octet. */
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

/** What the database of `openssl ca` or easy-rsa says of a CA. */
export interface ImportedDatabase {
  readonly file: string
  readonly valid: number
  readonly revoked: number
  readonly expired: number
  /** Entries whose certificate is not among the files; those that are revoked stay on the CA's lists all the same. */
  readonly missing: number
  readonly shownMissing: readonly {
    readonly serialNumber: string
    readonly subject: string
    readonly revoked: boolean
  }[]
  readonly problems: readonly DatabaseProblem[]
}

export interface ImportedAuthority {
  /** Place in what was read: how the page speaks of it. */
  readonly index: number
  readonly name: string
  readonly subject: string
  readonly file: string
  readonly notBefore: Date
  readonly notAfter: Date
  readonly keyAlgorithm: string
  readonly spkiHash: Uint8Array
  /** The CA above it, here or among what was read; null for a root, and where it is not at hand. */
  readonly parent: string | null
  readonly isRoot: boolean
  /** `new`: it becomes a CA. `key-joined`: here without its key, which comes. `known`: here already. */
  readonly fate: 'new' | 'key-joined' | 'certificate-added' | 'known'
  /** `unfit`: a key with its public half came, but what it signs does not verify. */
  readonly key: 'comes' | 'here' | 'missing' | 'unfit'
  readonly suggested: boolean
  readonly certificates: ImportedCertificates
  readonly lists: readonly ImportedList[]
  readonly database: ImportedDatabase | null
  /** The highest cRLNumber that was given, in decimal, by its lists or its crlnumber file. */
  readonly listNumber: string | null
}

export interface ImportView {
  readonly token: string
  readonly authorities: readonly ImportedAuthority[]
  /** Certificates whose CA is neither here nor among what was read. */
  readonly others: ImportedCertificates
  /** Requests that no certificate answers; `withKey` of them come with their key. */
  readonly requests: { readonly fresh: number; readonly withKey: number; readonly names: readonly string[] }
  /** Keys that belong to no certificate and no request: they are not stored. */
  readonly loneKeys: readonly { readonly keyAlgorithm: string; readonly file: string }[]
  readonly locked: readonly ({ readonly file: string } & Pick<Locked, 'format' | 'part' | 'friendlyName'>)[]
  readonly problems: readonly PileProblem[]
  readonly notices: readonly PileNotice[]
  /** Files that hold nothing to bring in. */
  readonly passedOver: number
  readonly files: number
}

/** What of it is stored; by default what is suggested. */
export interface ImportChoice {
  readonly authorities: readonly number[]
  /** CAs, by their place, whose certificates go in too. */
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
  /** Left out because the CA whose name they bear did not sign them: their serial numbers. */
  readonly unsigned: readonly string[]
  readonly cancelled: boolean
}

export interface ImportMethods {
  /** Reads files, or a folder, to what was read before; nothing is stored. Private keys stay here, sealed at once. */
  'import.read': { in: { files: readonly InFile[] }; out: ImportView }
  /** Opens what is closed in this file, or with null in every one. Rejects with 'container-password-wrong'. */
  'import.open': { in: { file: string | null; password: string }; out: ImportView }
  'import.clear': { in: null; out: null }
  /** Stores what was chosen, many to a transaction; a cancel leaves whole what is stored by then. */
  'import.store': {
    in: { token: string; choice: ImportChoice; keyKeeping: KeyKeeping; actor: Actor }
    out: ImportResult
  }
}
