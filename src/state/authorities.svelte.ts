import type { Client } from '../worker/client.ts'
import type { AuthorityNode, AuthorityView, ExportFile } from '../worker/views.ts'
import type { Clock } from './clock.svelte.ts'
import { download } from './files.ts'
import type { Operator } from './operator.svelte.ts'
import { Task } from './task.svelte.ts'

/** The hierarchy of certificate authorities. */
export class Authorities {
  /** Null until read; roots first. */
  tree = $state.raw<readonly AuthorityNode[] | null>(null)
  readonly reading: Task
  readonly changing: Task
  readonly #client: Client
  readonly #operator: Operator

  constructor(client: Client, clock: Clock, operator: Operator) {
    this.#client = client
    this.#operator = operator
    this.reading = new Task(clock)
    this.changing = new Task(clock)
  }

  /** All authorities, parents before children. */
  readonly all = $derived((this.tree ?? []).flatMap(flatten))
  /** Those that can be asked to sign: not retired and with a key here. */
  readonly signing = $derived(this.all.filter(canSign))

  byId(id: string): AuthorityView | null {
    return this.all.find((authority) => authority.id === id) ?? null
  }

  read(): void {
    this.reading.run(async () => {
      this.tree = await this.#client.call('authority.tree', null)
    })
  }

  forget(): void {
    this.tree = null
  }

  unlock(authorityId: string, passphrase: string, then: () => void): void {
    this.#change(then, async () => {
      await this.#client.call('authority.unlock', { authorityId, passphrase, actor: this.#operator.actor() })
    })
  }

  retire(authorityId: string, then: () => void): void {
    this.#change(then, async () => {
      await this.#client.call('authority.retire', { authorityId, actor: this.#operator.actor() })
    })
  }

  destroyKey(authorityId: string, typedName: string, then: () => void): void {
    this.#change(then, async () => {
      await this.#client.call('authority.destroyKey', {
        authorityId,
        typedName,
        actor: this.#operator.actor(),
      })
    })
  }

  exportKey(authorityId: string, choices: KeyExport, then: (file: ExportFile) => void): void {
    this.changing.run(async (options) => {
      const input = { authorityId, ...choices, actor: this.#operator.actor() }
      const file = await this.#client.call('authority.exportKey', input, options)
      download(file)
      this.#operator.acted()
      then(file)
    })
  }

  #change(then: () => void, work: () => Promise<void>): void {
    this.changing.run(async () => {
      await work()
      this.tree = await this.#client.call('authority.tree', null)
      this.#operator.acted()
      then()
    })
  }
}

export interface KeyExport {
  format: 'pkcs8' | 'pkcs12'
  vaultPassphrase: string
  keyPassphrase: string | null
  filePassphrase: string
}

const flatten = ({ authority, children }: AuthorityNode): readonly AuthorityView[] => [
  authority,
  ...children.flatMap(flatten),
]

const canSign = ({ retiredAt, key }: AuthorityView): boolean =>
  retiredAt === null && (key === 'vault' || key === 'own-passphrase')
