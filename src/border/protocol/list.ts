/** The part of the border that signs and keeps revocation lists. */
import type { ReasonFlag } from '../../x509/extensions/distribution-points.ts'
import type { Actor, ExportFile } from '../views.ts'

/** Which certificates the lists that are to be signed speak of (RFC 5280 §5.2.5); `points`: one list for each address. */
export type ListParts =
  | { readonly kind: 'all' | 'users' | 'cas' }
  | { readonly kind: 'points'; readonly addresses: readonly string[] }
  | { readonly kind: 'reasons'; readonly reasons: readonly ReasonFlag[] }

/** The same of one list, as it says itself. */
export interface ListScope {
  readonly addresses: readonly string[]
  readonly only: 'users' | 'cas' | null
  readonly reasons: readonly ReasonFlag[] | null
  readonly indirect: boolean
}

/** A list that was signed or brought. */
export interface ListView {
  readonly id: string
  /** cRLNumber in decimal; null where the list has none. */
  readonly number: string | null
  /** Of a delta, the number of the complete list it brings up to date. */
  readonly base: string | null
  readonly thisUpdate: Date
  readonly nextUpdate: Date | null
  readonly entries: number
  readonly octets: number
  readonly scope: ListScope
  /** Lists with the same key take each other's place. */
  readonly series: string
  /** A list with a higher number begins no later: this one is not to be published any more, or never was. */
  readonly superseded: boolean
  readonly createdAt: Date
  readonly createdBy: string
}

export interface AuthorityLists {
  readonly authorityId: string
  /** Highest number first. */
  readonly lists: readonly ListView[]
  /** Certificates that are revoked or on hold, and how many of them no newest list names yet. */
  readonly revoked: number
  readonly unlisted: number
}

/** How the lists of one authority stand, for a look at all of them. */
export interface ListsStanding {
  readonly authorityId: string
  /** The complete list that began last. */
  readonly newest: ListView | null
  /** How many are signed for later, and when the last of them ends. */
  readonly ahead: number
  readonly lastEnd: Date | null
  readonly unlisted: number
}

/** What a CA's next list would be, before it is signed. */
export interface ListPlan {
  readonly revoked: number
  /** Entries of an earlier list whose certificates are not in the vault: they stay on the list. */
  readonly carried: number
  /** Days until nextUpdate that suit this kind of CA, and a delta. */
  readonly days: number
  readonly deltaDays: number
  /** The number the next list gets: above every one before, also those that a restored backup forgot. */
  readonly number: string
  /** The highest number this vault knows of. */
  readonly previous: string | null
  /** When the vault was put back from a backup, if no list was signed since. */
  readonly restoredAt: Date | null
  /** Other authorities whose newest certificates say that this one signs their lists (an indirect list). */
  readonly speaksFor: readonly string[]
  /** Names of others who sign the lists, as this authority's own newest certificates say. */
  readonly signedBy: readonly string[]
  readonly signerNotAfter: Date
  readonly clock: { now: Date; lastJournalAt: Date | null; behind: boolean }
}

/** Addresses in the cRLDistributionPoints of what a CA issued, and how many certificates carry each. */
export interface ListPoints {
  readonly points: readonly { readonly address: string; readonly certificates: number }[]
  /** Certificates without an address: a list in parts by address speaks of none of them. */
  readonly without: number
}

/** The page's words for a sheet that goes with signed files; {name} and the like stand for what is known later. */
export interface SheetWords {
  /** BCP 47 tag of the language. */
  readonly language: string
  /** {name}: the authority. */
  readonly title: string
  /** Paragraphs above the table, and warnings among them; {at}, {who} and {count} are known. */
  readonly lead: readonly string[]
  readonly warnings: readonly string[]
}

export interface PublishWords extends SheetWords {
  readonly columns: {
    readonly from: string
    readonly until: string
    readonly nextUpdate: string
    readonly number: string
    readonly part: string
    readonly file: string
  }
  /** What a list speaks of, where there are several; {reasons}. */
  readonly parts: {
    readonly all: string
    readonly users: string
    readonly cas: string
    readonly reasons: string
  }
  /** Above the addresses that the certificates name. */
  readonly addresses: string
  /** Calendar entries: {file}, {name}, {number}. */
  readonly publish: string
  readonly ends: string
}

export interface SignedLists {
  /** One list, or a ZIP with the dated lists, a sheet that says what to publish when, and a calendar. */
  readonly file: ExportFile
  readonly lists: readonly ListView[]
}

export interface ListMethods {
  'list.all': { in: { authorityId: string }; out: AuthorityLists }
  'list.overview': { in: null; out: readonly ListsStanding[] }
  'list.plan': { in: { authorityId: string }; out: ListPlan }
  'list.points': { in: { authorityId: string }; out: ListPoints }
  /** Signs `count` lists of each part, each the one to publish for `days` and current for `overlapDays` more. */
  'list.sign': {
    in: {
      authorityId: string
      /** A delta brings the newest complete list of the same parts up to date; there is one of each. */
      kind: 'complete' | 'delta'
      parts: ListParts
      /** Other authorities whose certificates this list speaks of too: an indirect list (§5.3.3). */
      indirectFor: readonly string[]
      days: number
      overlapDays: number
      count: number
      /** Where deltas will be published (§5.2.6). */
      freshestAddress: string | null
      /** A number known to have been published, which the next must exceed; decimal. */
      above: string | null
      words: PublishWords
      actor: Actor
    }
    out: SignedLists
  }
  'list.file': { in: { listId: string }; out: ExportFile }
  /** When each newest list ends, and when each that was signed ahead is to be published; null: of all authorities. */
  'list.calendar': { in: { authorityId: string | null; words: PublishWords }; out: ExportFile }
}
