import { untrack } from 'svelte'
import type { Arrivals } from './arrivals/arrivals.svelte.ts'
import type { BringIn } from './import/import.svelte.ts'
import type { Batch } from './issue/batch.svelte.ts'
import { isBegun } from './issue/draft.ts'
import type { Issuance } from './issue/issuance.svelte.ts'
import type { Certify } from './requests/certify.svelte.ts'
import type { Requests } from './requests/requests.svelte.ts'

/** Work that is in this page's memory alone; `key`, `vault` and `shares` are lost with their page, the others with the tab. */
export type UnsavedKind =
  'key' | 'vault' | 'shares' | 'issue' | 'request' | 'certify' | 'batch' | 'import' | 'answer' | 'arrival'

interface Holders {
  readonly arrivals: Pick<Arrivals, 'waiting'>
  readonly batch: Pick<Batch, 'table' | 'result'>
  readonly bringIn: Pick<BringIn, 'view'>
  readonly certify: Pick<Certify, 'desk'>
  readonly issuance: Pick<Issuance, 'draft'>
  readonly requests: Pick<Requests, 'draft' | 'answers'>
}

/** What is begun and neither signed nor stored yet: named on every page, and asked about before the tab is closed. */
export class Unsaved {
  #held = $state.raw<readonly UnsavedKind[]>([])
  readonly #in: Holders

  constructor(holders: Holders) {
    this.#in = holders
    addEventListener('beforeunload', (event) => {
      if (this.kinds.length > 0) event.preventDefault()
    })
  }

  readonly kinds = $derived.by((): UnsavedKind[] => {
    const { arrivals, batch, bringIn, certify, issuance, requests } = this.#in
    const begun: Partial<Record<UnsavedKind, boolean>> = {
      issue: isBegun(issuance.draft),
      request: isBegun(requests.draft),
      certify: (certify.desk?.items.length ?? 0) > 0,
      batch: batch.table.trim() !== '' && batch.result === null,
      import: bringIn.view !== null,
      answer: (requests.answers?.items.length ?? 0) > 0,
      arrival: arrivals.waiting !== null,
    }
    const those = (Object.keys(begun) as UnsavedKind[]).filter((kind) => begun[kind])
    return [...new Set([...this.#held, ...those])]
  })

  /** Whether leaving the page for another loses what was typed there. */
  get isLostWithPage(): boolean {
    return this.#held.includes('vault') || this.#held.includes('shares')
  }

  /** For work that only its component knows of; returns the function that ends it. Call it from an effect. */
  hold(kind: UnsavedKind): () => void {
    const one = (held: readonly UnsavedKind[]): UnsavedKind[] => {
      const at = held.indexOf(kind)
      return held.filter((_each, i) => i !== at)
    }
    untrack(() => (this.#held = [...this.#held, kind]))
    return () => (this.#held = one(this.#held))
  }
}
