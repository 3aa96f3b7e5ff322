/** This part of the border is what opens a sealed key. */

/** One way to open a sealed key. `passkey` is another kind of the same thing. */
export interface SlotView {
  id: string
  kind: 'passphrase' | 'vault' | 'passkey' | 'quorum'
  /** Typed by the operator, or 'main' and 'recovery' as created. */
  label: string
  createdAt: Date
  /** PBKDF2 iterations; null if the kind has none. */
  iterations: number | null
  /** Who holds it; null if the kind has no holders. */
  set: SetView | null
}

export interface HolderView {
  readonly name: string
  /** Of the share's words, hex. */
  readonly sha256: string
  readonly provedAt: Date
}

export interface SetView {
  readonly slotId: string
  readonly setId: string
  readonly label: string
  readonly threshold: number
  readonly holders: readonly HolderView[]
}
