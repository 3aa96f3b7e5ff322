/** The inventory's part of the border: what can be asked for, and what is done with many certificates at once. */
import type { Actor, CertificateFilter, CertificateSort, ExportFile } from '../views.ts'

export interface CertificateOrder extends CertificateFilter {
  sort?: CertificateSort
  descending?: boolean
}

/** Certificates that were chosen, or all that a search finds. */
export type CertificateWhich = { readonly ids: readonly string[] } | { readonly query: CertificateOrder }

export interface Facets {
  /** Profiles and tags that occur. */
  readonly profileIds: readonly string[]
  readonly tags: readonly string[]
}

export interface InventoryMethods {
  /** Ids of all that match, in order, some at a time; no record is read for it. */
  'inventory.ids': {
    in: CertificateOrder & { offset: number; limit: number }
    out: { total: number; ids: readonly string[] }
  }
  'inventory.facets': { in: null; out: Facets }
  /** Puts tags on and takes tags off; some hundreds to a transaction, and what is stored stays when it is cancelled. */
  'inventory.tag': {
    in: { ids: readonly string[]; add: readonly string[]; remove: readonly string[]; actor: Actor }
    out: { changed: number }
  }
  /** Those certificates as a table; or as a calendar of when they end. */
  'inventory.table': {
    in: { which: CertificateWhich; format: 'csv' | 'json' | 'ics'; summary: string }
    out: ExportFile
  }
}
