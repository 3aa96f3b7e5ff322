/** This part of the border signs and stores revocation lists. */
import type { ReasonFlag } from '../../x509/extensions/distribution-points.ts'
import type { Actor, ExportFile } from '../views.ts'

/** Which certificates the lists to be signed cover (RFC 5280 §5.2.5); `points`: one list for each address. */
export type ListParts =
  | { readonly kind: 'all' | 'users' | 'cas' }
  | { readonly kind: 'points'; readonly addresses: readonly string[] }
  | { readonly kind: 'reasons'; readonly reasons: readonly ReasonFlag[] }

/** The same for one list, as encoded in it. */
export interface ListScope {
  readonly addresses: readonly string[]
  readonly only: 'users' | 'cas' | null
  readonly reasons: readonly ReasonFlag[] | null
  readonly indirect: boolean
}

/** A list that was signed here or imported. */
export interface ListView {
  readonly id: string
  /** cRLNumber in decimal; null if the list has none. */
  readonly number: string | null
  /** For a delta, the number of the complete list it updates. */
  readonly base: string | null
  readonly thisUpdate: Date
  readonly nextUpdate: Date | null
  readonly entries: number
  readonly octets: number
  readonly scope: ListScope
  /** Lists with the same key replace each other. */
  readonly series: string
  /** A list with a higher number starts no later: this one must not be published any more, or never was. */
  readonly superseded: boolean
  readonly createdAt: Date
  readonly createdBy: string
}

/** A list, and by what people compare it. */
export interface SummedList extends ListView {
  /** SHA-256 of the whole list in DER, in hex. */
  readonly sha256: string
}

export interface AuthorityLists {
  readonly authorityId: string
  /** Highest number first. */
  readonly lists: readonly SummedList[]
  /** Certificates that are revoked or on hold, and how many of them no newest list names yet. */
  readonly revoked: number
  readonly unlisted: number
}

/** The state of one authority's lists, for an overview of all. */
export interface ListsStanding {
  readonly authorityId: string
  /** The complete list that started last. */
  readonly newest: ListView | null
  /** How many are signed ahead, and when the last of them expires. */
  readonly ahead: number
  readonly lastEnd: Date | null
  readonly unlisted: number
}

/** The next list of a CA, before it is signed. */
export interface ListPlan {
  readonly revoked: number
  /** Entries of an earlier list whose certificates are not in the vault: they stay on the list. */
  readonly carried: number
  /** Suitable days until nextUpdate for this kind of CA, and for a delta. */
  readonly days: number
  readonly deltaDays: number
  /** The next list's number: above all earlier ones, even those a restored backup does not have. */
  readonly number: string
  /** The highest number this vault knows of. */
  readonly previous: string | null
  /** When the vault was restored from a backup, if no list was signed since. */
  readonly restoredAt: Date | null
  /** Other authorities whose newest certificates say that this one signs their lists (an indirect list). */
  readonly speaksFor: readonly string[]
  /** Names of others who sign the lists, according to this authority's own newest certificates. */
  readonly signedBy: readonly string[]
  readonly signerNotAfter: Date
  readonly clock: { now: Date; lastJournalAt: Date | null; behind: boolean }
}

/** Addresses in the cRLDistributionPoints of what a CA issued, and how many certificates carry each. */
export interface ListPoints {
  readonly points: readonly { readonly address: string; readonly certificates: number }[]
  /** Certificates without an address: lists split by address do not cover them. */
  readonly without: number
}

/** One list as it was signed, and when to publish it. */
export interface SignedList {
  readonly der: Uint8Array
  readonly fileName: string
  readonly thisUpdate: Date
  readonly publishUntil: Date
  readonly nextUpdate: Date
  readonly number: string
  readonly scope: ListScope | null
}

export interface SignedLists {
  readonly authorityId: string
  /** What the authority is called. */
  readonly name: string
  /** The start of the name of its files. */
  readonly stem: string
  readonly signed: readonly SignedList[]
  readonly lists: readonly ListView[]
  /** The list addresses named in the certificates. */
  readonly addresses: readonly string[]
  readonly at: Date
  readonly by: string
}

/** The lists of authorities, to be put into a calendar. */
export interface ListsDue {
  readonly at: Date
  readonly authorities: readonly {
    readonly authorityId: string
    readonly name: string
    readonly lists: readonly ListView[]
  }[]
}

export interface ListMethods {
  'list.all': { in: { authorityId: string }; out: AuthorityLists }
  'list.overview': { in: null; out: readonly ListsStanding[] }
  'list.plan': { in: { authorityId: string }; out: ListPlan }
  'list.points': { in: { authorityId: string }; out: ListPoints }
  /** Signs `count` lists of each part, each to be published for `days` and current for `overlapDays` more. */
  'list.sign': {
    in: {
      authorityId: string
      /** A delta updates the newest complete list of the same parts; there is one of each. */
      kind: 'complete' | 'delta'
      parts: ListParts
      /** Other authorities whose certificates this list covers too: an indirect list (§5.3.3). */
      indirectFor: readonly string[]
      days: number
      overlapDays: number
      count: number
      /** The address where deltas will be published (§5.2.6). */
      freshestAddress: string | null
      /** A number known to have been published, which the next must exceed; decimal. */
      above: string | null
      /** The first list's number, in decimal, and when it starts; without it, now and the next free one. */
      planned?: { readonly number: string; readonly thisUpdate: Date }
      actor: Actor
    }
    out: SignedLists
  }
  'list.file': { in: { listId: string }; out: ExportFile }
  /** When each newest list expires, and when each list signed ahead is to be published; null: for all authorities. */
  'list.calendar': { in: { authorityId: string | null }; out: ListsDue }
}
