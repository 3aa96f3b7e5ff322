import type { TypedWord } from '../../vault/quorum/share-words.ts'
import type { Opens } from '../words.ts'
import type { SetView } from './slots.ts'
import type { Actor } from '../views.ts'

/** This part of the border is about keys that several people hold: their shares come in, and go out once. */

/** What holders open together: the vault, the own key of a CA, or a backup of a vault, by the first megabyte of it. */
export type QuorumOf =
  | { readonly kind: 'vault' }
  | { readonly kind: 'authority'; readonly authorityId: string }
  | { readonly kind: 'backup'; readonly front: Uint8Array }

export type HeldBy = Exclude<QuorumOf, { kind: 'backup' }>

/** A set, and what it opens. */
export interface HeldSet {
  readonly of: HeldBy
  readonly set: SetView
}

/** The shares that were given so far; `given`: their holders, counted from 1. */
export interface SharesView {
  readonly set: SetView
  readonly given: readonly number[]
  readonly missing: number
}

/** A set that is being handed out; nothing of it is stored before each share was proved. */
export interface NewSetView {
  readonly setId: string
  readonly threshold: number
  readonly names: readonly string[]
  readonly proved: readonly number[]
}

export interface QuorumMethods {
  'shares.sets': { in: { of: QuorumOf }; out: readonly SetView[] }
  /** Every set that opens the vault or is alone with the key of a CA. */
  'shares.all': { in: null; out: readonly HeldSet[] }
  /** Shares of it that were given before are forgotten. */
  'shares.begin': { in: { of: QuorumOf; setId: string }; out: SharesView }
  /** `holder`: whose share is expected; null: anybody's. */
  'shares.give': { in: { setId: string; text: string; holder: number | null }; out: SharesView }
  /** The form is gone; they follow soon. */
  'shares.drop': { in: null; out: null }
  /** Of words as they are typed: which are on the list. */
  'shares.words': { in: { text: string }; out: readonly TypedWord[] }
  /** Proves one share alone and notes that in the journal. */
  'shares.drill': { in: { of: HeldBy; setId: string; text: string; actor: Actor }; out: SetView }
  'quorum.begin': { in: { names: readonly string[]; threshold: number }; out: NewSetView }
  /** One holder's share, for that holder alone; refused once it was proved. */
  'quorum.share': { in: { holder: number }; out: { words: string; text: string; sha256: string } }
  'quorum.prove': { in: { holder: number; text: string }; out: NewSetView }
  'quorum.drop': { in: null; out: null }
  /** `alone`: the other ways in are removed. `opens`: what opens it now. */
  'quorum.finish': {
    in: { of: HeldBy; label: string; opens: Opens; alone: boolean; actor: Actor }
    out: SetView
  }
}
