/** Files with encrypted parts that were added to the lab: kept until a password opens them, or the vault locks. */
import { RememberedKeys } from '../../containers/derivation.ts'
import type { Pile } from '../../containers/pile/items.ts'
import type { PileFile } from '../../containers/pile/read-pile.ts'
import type { Call } from '../../border/dispatch.ts'
import type { LockedFile } from '../../border/protocol/import.ts'
import { CodedError } from '../../errors.ts'
import { readFiles } from '../files/reading.ts'

/** More are not kept: nobody types so many passwords. */
const MOST = 100

interface Closed {
  readonly file: PileFile
  /** Of its parts that are open already. */
  readonly passwords: readonly string[]
  readonly parts: readonly LockedFile[]
}

export class ClosedFiles {
  #closed = new Map<string, Closed>()
  /** Keys that were derived before, so that none is derived again for the next part. */
  #keys = new RememberedKeys()

  get parts(): readonly LockedFile[] {
    return [...this.#closed.values()].flatMap(({ parts }) => parts)
  }

  /** Keeps what is closed in a pile that was read. */
  keep({ items, closed }: Pick<Pile, 'items' | 'closed'>, passwords: readonly string[] = []): void {
    for (const file of closed) {
      if (this.#closed.size >= MOST) return
      const parts = items.flatMap((item) => {
        if (item.kind !== 'locked' || item.source.file !== file.name) return []
        const { format, part, friendlyName } = item
        return [{ file: file.name, format, part, friendlyName }]
      })
      if (parts.length > 0) this.#closed.set(file.name, { file, passwords, parts })
    }
  }

  /** Returns what a password opens in one file, or in all. Rejects with 'container-password-wrong' if that is nothing. */
  async open(name: string | null, password: string, call: Call): Promise<readonly Pile[]> {
    const tried = [...this.#closed.values()].filter(({ file }) => name === null || file.name === name)
    const opened: Pile[] = []
    for (const { file, passwords, parts } of tried) {
      const all = [password, ...passwords]
      const pile = await readFiles([file], { privateKeys: 'keep', passwords: all }, call, this.#keys)
      const left = pile.items.filter(({ kind }) => kind === 'locked').length
      if (left >= parts.length && !isMoreOpen(pile, parts)) continue
      this.#closed.delete(file.name)
      this.keep(pile, all)
      opened.push(pile)
    }
    const [first] = tried
    if (opened.length === 0 && first)
      throw new CodedError('container-password-wrong', { format: first.parts[0]!.format })
    return opened
  }

  forget(): void {
    this.#closed = new Map()
    this.#keys = new RememberedKeys()
  }
}

/** A file that opens may have as many parts left, of another kind. */
const isMoreOpen = ({ items }: Pile, parts: readonly LockedFile[]): boolean =>
  items.some((item) => item.kind === 'locked' && !parts.some(({ part }) => part === item.part))
