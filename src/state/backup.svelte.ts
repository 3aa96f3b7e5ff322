import type { Client } from '../worker/client.ts'
import type { BackupSummary } from '../worker/views.ts'
import type { Clock } from './clock.svelte.ts'
import { download } from './files.ts'
import type { Operator } from './operator.svelte.ts'
import { Task } from './task.svelte.ts'
import type { Vault } from './vault.svelte.ts'

/** The vault in one encrypted file: making it, looking into it, putting it back. */
export class Backup {
  /** The file picked to be checked or restored. */
  file = $state.raw<File | null>(null)
  made = $state.raw<{ name: string; summary: BackupSummary } | null>(null)
  looked = $state.raw<BackupSummary | null>(null)
  readonly making: Task
  readonly checking: Task
  readonly restoring: Task
  readonly #client: Client
  readonly #operator: Operator
  readonly #vault: Vault

  constructor(client: Client, clock: Clock, operator: Operator, vault: Vault) {
    this.#client = client
    this.#operator = operator
    this.#vault = vault
    this.making = new Task(clock)
    this.checking = new Task(clock)
    this.restoring = new Task(clock)
  }

  /** `passphrase` null: the vault's own passphrases open it. */
  make(passphrase: string | null): void {
    this.making.run(async (options) => {
      const actor = this.#operator.actor()
      const { file, summary } = await this.#client.call('vault.backup', { passphrase, actor }, options)
      download(file)
      this.made = { name: file.name, summary }
      this.#operator.acted()
      this.#vault.refresh()
    })
  }

  pick(files: readonly File[]): void {
    this.file = files[0] ?? null
    this.looked = null
    this.checking.clear()
    this.restoring.clear()
  }

  /** Opens the picked file and says what it holds; nothing here is changed. */
  check(passphrase: string): void {
    const { file } = this
    if (!file) return
    this.checking.run(async (options) => {
      const bytes = new Uint8Array(await file.arrayBuffer())
      this.looked = await this.#client.call('vault.checkBackup', { file: bytes, passphrase }, options)
    })
  }

  restore(passphrase: string, replace: boolean, then: () => void): void {
    const { file } = this
    if (!file) return
    this.restoring.run(async (options) => {
      const bytes = new Uint8Array(await file.arrayBuffer())
      const input = { file: bytes, passphrase, replace, actor: this.#operator.actor() }
      const { summary } = await this.#client.call('vault.restore', input, options)
      this.looked = summary
      this.file = null
      this.#vault.refresh()
      then()
    })
  }
}
