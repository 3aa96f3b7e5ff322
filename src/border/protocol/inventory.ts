/** The inventory's part of the border: queries, and operations on many certificates at once. */
import type { Actor, CertificateFilter, CertificateSort, ExportFile } from '../views.ts'

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
  /** Returns those certificates as a table, or their expiry dates as a calendar. */
  'inventory.table': {
    in: { which: CertificateWhich; format: 'csv' | 'json' | 'ics'; summary: string }
    out: ExportFile
  }
}
