import type { CertificateFilter } from '../../border/views.ts'

/** What each run in this tab made, for the inventory. */
export class Runs {
  /** By the first certificate, which no other run made. */
  readonly #made = new Map<string, readonly string[]>()

  /** Keeps what a run made, and returns the name by which the inventory's address asks for it. */
  keep(ids: readonly string[]): string {
    const [name = ''] = ids
    this.#made.set(name, ids)
    return name
  }

  /** Returns what a run made; null if this tab does not know the run, as after a reload. */
  madeBy(name: string): readonly string[] | null {
    return this.#made.get(name) ?? null
  }

  /** Returns the filter for a run that the address asks for; an unknown one finds nothing, instead of everything. */
  filter(name: string | null): Pick<CertificateFilter, 'ids'> {
    return name === null || name === '' ? {} : { ids: this.madeBy(name) ?? [] }
  }
}
