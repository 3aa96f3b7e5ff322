import type { CertificateRow } from '../border/views.ts'
import type { Calls } from './calls.ts'
import type { Vault } from './vault/vault.svelte.ts'

/** As many as are shown: the rest is found in the inventory. */
const MOST = 8

/** Finds pages, acts, CAs, certificates and rules by what is typed. */
export class Palette {
  isOpen = $state(false)
  text = $state('')
  /** Certificates that have been found for `text`, or for what it was a moment ago. */
  rows = $state.raw<readonly CertificateRow[]>([])
  readonly #calls: Pick<Calls, 'ask'>
  readonly #vault: Pick<Vault, 'isReadable'>
  #isAsking = false

  constructor(calls: Pick<Calls, 'ask'>, vault: Pick<Vault, 'isReadable'>) {
    this.#calls = calls
    this.#vault = vault
  }

  open(): void {
    this.text = ''
    this.rows = []
    this.isOpen = true
  }

  close(): void {
    this.isOpen = false
  }

  /** Something was typed. One search runs at a time: what was typed meanwhile is searched for once, after it. */
  search(): void {
    const text = this.text.trim()
    if (text === '' || !this.#vault.isReadable) this.rows = []
    else if (!this.#isAsking) void this.#ask(text)
  }

  async #ask(text: string): Promise<void> {
    this.#isAsking = true
    try {
      const { rows } = await this.#calls.ask('certificate.list', { search: text, offset: 0, limit: MOST })
      if (this.text.trim() === text) this.rows = rows
    } catch {
      // Records that cannot be read are reported where they are listed; pages and rules are found without them.
      this.rows = []
    } finally {
      this.#isAsking = false
    }
    if (this.text.trim() !== text) this.search()
  }
}
