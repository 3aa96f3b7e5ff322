/** Messages between a page and a worker that has no lasting storage of its own. */
import type { Durability, ReadRequest, Step } from './schema.ts'

/** A range cannot be cloned as it is. */
export interface PlainRange {
  readonly lower: unknown
  readonly upper: unknown
  readonly lowerOpen: boolean
  readonly upperOpen: boolean
}
export type SentRead = Omit<ReadRequest, 'key'> & {
  readonly key?: IDBValidKey | null
  readonly range?: PlainRange
}

/** `same`: the stored record must still be this one. */
export type SentStep =
  | Exclude<Step, { do: 'check' }>
  | {
      readonly do: 'same'
      readonly table: ReadRequest['table']
      readonly key: string
      readonly value: unknown
    }

export type Wish =
  | { readonly do: 'open' | 'close' | 'delete'; readonly name: string }
  | { readonly do: 'names' }
  | { readonly do: 'read'; readonly name: string; readonly requests: readonly SentRead[] }
  | {
      readonly do: 'write'
      readonly name: string
      readonly durability: Durability
      readonly steps: readonly SentStep[]
    }

export type ToPage =
  | { readonly kind: 'wish'; readonly id: number; readonly wish: Wish }
  /** Cancels a request if it has not been carried out yet. */
  | { readonly kind: 'give-up'; readonly id: number }
  /** A notice for the other tabs. */
  | { readonly kind: 'tell'; readonly channel: string; readonly notice: unknown }

export type FromPage =
  | { readonly kind: 'done'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'failed'; readonly id: number; readonly error: SentError }
  | { readonly kind: 'heard'; readonly channel: string; readonly notice: unknown }

/** An error of ours, or one of the browser's by its name. */
export type SentError =
  { readonly code: string; readonly detail: unknown } | { readonly name: string; readonly message: string }
