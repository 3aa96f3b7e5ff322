import { isKeyHere, isOwn, type Opens } from '../../border/words.ts'
import type { IssuerAddresses } from '../../ca/addresses.ts'
import type { KeyUseView } from '../../border/protocol/keys.ts'
import type { AuthorityNode, AuthorityView, ExportFile } from '../../border/views.ts'
import type { Calls } from '../calls.ts'
import { download } from '../files.ts'
import type { Task } from '../task.svelte.ts'

/** The hierarchy of certificate authorities. */
export class Authorities {
  /** Null until read; roots first. */
  tree = $state.raw<readonly AuthorityNode[] | null>(null)
  /** Other users that lose the key of the CA on view; null until read. */
  keyUse = $state.raw<KeyUseView | null>(null)
  readonly reading: Task
  readonly changing: Task
  readonly #calls: Calls

  constructor(calls: Calls) {
    this.#calls = calls
    this.reading = calls.task()
    this.changing = calls.task()
  }

  /** All authorities, parents before children. */
  readonly all = $derived((this.tree ?? []).flatMap(flatten))
  /** Authorities that can sign certificates: not retired or replaced, and with a key here. */
  readonly signing = $derived(this.all.filter(canSign))

  /** Authorities that may have another CA below, by their own and higher path lengths (RFC 5280 §4.2.1.9). */
  readonly signingCas = $derived(this.signing.filter(({ id }) => this.#pathLeft(id) > 0))

  /** Returns those of these whose key needs its own passphrase. */
  closedAmong(ids: readonly string[]): AuthorityView[] {
    return this.all.filter(({ id, key, ready }) => isOwn(key) && !ready && ids.includes(id))
  }

  /** Returns whether each key that needs a passphrase has one. */
  areGiven(ids: readonly string[], keys: Readonly<Record<string, Opens>>): boolean {
    return this.closedAmong(ids).every(({ id }) => (keys[id] ?? '') !== '')
  }

  byId(id: string): AuthorityView | null {
    return this.all.find((authority) => authority.id === id) ?? null
  }

  /** Returns whether this CA, or one above it, is revoked at `at`, or else on hold; null if neither, or no CA of ours. */
  revokedFrom(authorityId: string | null, at: Date): 'revoked' | 'held' | null {
    const authority = authorityId === null ? null : this.byId(authorityId)
    if (authority === null) return null
    const { status, revocation, parentId } = authority
    const own = status !== 'good' && (!revocation || revocation.since <= at) ? status : null
    return own === 'revoked' ? own : (this.revokedFrom(parentId, at) ?? own)
  }

  read(): void {
    this.reading.renew(
      () => this.#calls.ask('authority.tree', null),
      (tree) => {
        this.tree = tree
      },
    )
  }

  readAgain(): void {
    this.read()
  }

  forget(): void {
    this.tree = null
    this.keyUse = null
    this.reading.clear()
  }

  unlock(authorityId: string, passphrase: Opens, then: () => void): void {
    this.#change(then, async () => {
      await this.#calls.turn('authority.unlock', { authorityId, passphrase })
    })
  }

  /** Closes a key that was opened with its own passphrase. */
  close(authorityId: string): void {
    this.#change(
      () => undefined,
      async () => {
        await this.#calls.turn('authority.close', { authorityId })
      },
    )
  }

  retire(authorityId: string, then: () => void): void {
    this.#change(then, async () => {
      await this.#calls.act('authority.retire', { authorityId })
    })
  }

  /** Sets what is filled in for all it issues. */
  setAddresses(authorityId: string, addresses: IssuerAddresses, then: () => void): void {
    this.#change(then, async () => {
      await this.#calls.act('authority.setAddresses', { authorityId, addresses })
    })
  }

  /** Reads what else loses the key of this CA. */
  readKeyUse(authorityId: string): void {
    this.keyUse = null
    this.changing.run(async () => {
      this.keyUse = await this.#calls.ask('authority.keyUse', { authorityId })
    })
  }

  /** Destroys it with everything `keyUse` shows. */
  destroyKey(authorityId: string, typedName: string, vaultPassphrase: Opens, then: () => void): void {
    const seen = [...(this.keyUse?.authorities ?? []), ...(this.keyUse?.requests ?? [])].map(({ id }) => id)
    this.#change(then, async () => {
      await this.#calls.act('authority.destroyKey', { authorityId, typedName, seen, vaultPassphrase })
    })
  }

  exportKey(authorityId: string, choices: KeyExport, then: (file: ExportFile) => void): void {
    this.changing.run(async (options) => {
      const input = { authorityId, ...choices }
      const file = await this.#calls.act('authority.exportKey', input, options)
      download(file)
      then(file)
    })
  }

  /** Returns how many CAs may follow below this one; unlimited if no certificate here sets a limit. */
  #pathLeft(authorityId: string): number {
    const authority = this.byId(authorityId)
    if (authority === null) return Infinity
    const above = authority.parentId === null ? Infinity : this.#pathLeft(authority.parentId) - 1
    return Math.min(authority.pathLen ?? Infinity, above)
  }

  #change(then: () => void, work: () => Promise<void>): void {
    this.changing.run(async () => {
      await work()
      this.tree = await this.#calls.ask('authority.tree', null)
      then()
    })
  }
}

export interface KeyExport {
  format: 'pkcs8' | 'pkcs12'
  vaultPassphrase: Opens
  keyPassphrase: Opens | null
  filePassphrase: string
}

const flatten = ({ authority, children }: AuthorityNode): readonly AuthorityView[] => [
  authority,
  ...children.flatMap(flatten),
]

const canSign = ({ retiredAt, successorId, key }: AuthorityView): boolean =>
  retiredAt === null && successorId === null && isKeyHere(key)
