/** The inventory's part of the border: queries, and operations on many certificates at once. */
import type { Actor, CertificateFilter, CertificateRow, CertificateSort } from '../views.ts'

export interface CertificateOrder extends CertificateFilter {
  sort?: CertificateSort
  descending?: boolean
}

/** Certificates that were chosen, or everything a search finds. */
export type CertificateWhich = { readonly ids: readonly string[] } | { readonly query: CertificateOrder }

export interface Facets {
  /** Profiles and tags that occur. */
  readonly profileIds: readonly string[]
  readonly tags: readonly string[]
}

/** What a table or a calendar says of a certificate. */
export type TableRow = Pick<
  CertificateRow,
  | 'subject'
  | 'commonName'
  | 'subjectAltNames'
  | 'issuer'
  | 'serialNumber'
  | 'notBefore'
  | 'notAfter'
  | 'status'
  | 'revocation'
  | 'profileId'
  | 'keyAlgorithm'
  | 'fingerprint'
  | 'createdAt'
  | 'createdBy'
  | 'tags'
  | 'notes'
  | 'successorId'
>

/** A certificate whose record is missing, unreadable or of an earlier state, and what the catalogue says of it. */
export interface UnreadableRow {
  readonly id: string
  readonly listed:
    { readonly name: string; readonly serialNumber: string; readonly notAfter: Date } | undefined
}

/** `at`: when it was read. */
export interface InventoryTable {
  readonly rows: readonly TableRow[]
  readonly unreadable: readonly UnreadableRow[]
  readonly at: Date
}

export interface InventoryMethods {
  /** Returns the ids of all matches, in order, a page at a time; reads no record. */
  'inventory.ids': {
    in: CertificateOrder & { offset: number; limit: number }
    out: { total: number; ids: readonly string[] }
  }
  'inventory.facets': { in: null; out: Facets }
  /** Adds and removes tags; a few hundred per transaction, and what is stored stays when it is cancelled. */
  'inventory.tag': {
    in: { ids: readonly string[]; add: readonly string[]; remove: readonly string[]; actor: Actor }
    out: { changed: number }
  }
  /** Returns those certificates for a table or a calendar. */
  'inventory.table': { in: { which: CertificateWhich }; out: InventoryTable }
}
