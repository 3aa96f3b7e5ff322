import type { BackupSummary } from '../worker/views.ts'
import type { Calls } from './calls.ts'
import { download } from './files.ts'
import type { Task } from './task.svelte.ts'
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
  readonly #calls: Calls
  readonly #vault: Vault

  constructor(calls: Calls, vault: Vault) {
    this.#calls = calls
    this.#vault = vault
    this.making = calls.task()
    this.checking = calls.task()
    this.restoring = calls.task()
  }

  /** `passphrase` null: the vault's own passphrases open it. */
  make(passphrase: string | null): void {
    this.making.run(async (options) => {
      const { file, summary } = await this.#calls.act('vault.backup', { passphrase }, options)
      download(file)
      this.made = { name: file.name, summary }
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
      this.looked = await this.#calls.ask('vault.checkBackup', { file: bytes, passphrase }, options)
    })
  }

  restore(passphrase: string, replace: boolean, then: () => void): void {
    const { file } = this
    if (!file) return
    this.restoring.run(async (options) => {
      const bytes = new Uint8Array(await file.arrayBuffer())
      const input = { file: bytes, passphrase, replace }
      const { summary } = await this.#calls.act('vault.restore', input, options)
      this.looked = summary
      this.file = null
      this.#vault.refresh()
      then()
    })
  }
}
