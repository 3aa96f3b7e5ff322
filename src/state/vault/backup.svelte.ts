import { pagePlace } from '../../csp/form.ts'
import { BACKUP_MAGIC } from '../../vault/backup-magic.ts'
import { CodedError } from '../../errors.ts'
import type { BackupSummary } from '../../border/views.ts'
import type { Opens } from '../../border/words.ts'
import type { Calls } from '../calls.ts'
import { pathOf } from '../dropped.ts'
import { bytesOf, download, eachFile, type FileProblem } from '../files.ts'
import type { Task } from '../task.svelte.ts'
import type { Vault } from './vault.svelte.ts'

/** Whether a file begins like a backup; one that cannot be read does not. */
export const isBackup = (file: File): Promise<boolean> => beginsSo(file).catch(() => false)

async function beginsSo(file: File): Promise<boolean> {
  const front = await bytesOf(file, BACKUP_MAGIC.length)
  return String.fromCharCode(...front) === BACKUP_MAGIC
}

/** Rejects if a file does not start like a backup, or cannot be read. */
async function requireBackup(file: File): Promise<void> {
  if (!(await beginsSo(file))) throw new CodedError('backup-unreadable', { reason: 'not-a-backup' })
}

/** More than the slots of a backup take. */
const FRONT = 1 << 20

/** The vault in one encrypted file: making it, inspecting it, restoring it. */
export class Backup {
  /** The file picked to be checked or restored. */
  file = $state.raw<File | null>(null)
  /** Its first octets, which say who can open it. */
  front = $state.raw<Uint8Array | null>(null)
  /** Why none of the files is a backup. */
  problems = $state.raw<readonly FileProblem[]>([])
  /** Names of the files that came with it and were ignored. */
  leftAside = $state.raw<readonly string[]>([])
  made = $state.raw<{ name: string; summary: BackupSummary } | null>(null)
  looked = $state.raw<BackupSummary | null>(null)
  readonly picking: Task
  readonly making: Task
  readonly checking: Task
  readonly restoring: Task
  readonly #calls: Calls
  readonly #vault: Vault

  constructor(calls: Calls, vault: Vault) {
    this.#calls = calls
    this.#vault = vault
    this.picking = calls.task()
    this.making = calls.task()
    this.checking = calls.task()
    this.restoring = calls.task()
  }

  /** `passphrase` null: the vault's own passphrases open it. */
  make(passphrase: string | null): void {
    this.making.run(async (options) => {
      const { file, summary } = await this.#calls.act(
        'vault.backup',
        { passphrase, place: pagePlace() },
        options,
      )
      download(file)
      this.made = { name: file.name, summary }
      this.#vault.refresh()
    })
  }

  /** Takes the first backup among the files; if there is none, reports what is wrong with each. */
  pick(files: readonly File[]): void {
    this.looked = null
    this.checking.clear()
    this.restoring.clear()
    this.picking.run(async () => {
      const backups: File[] = []
      const problems = await eachFile(files, async (file) => {
        await requireBackup(file)
        backups.push(file)
      })
      this.file = backups[0] ?? null
      this.front = this.file && (await bytesOf(this.file, FRONT))
      this.problems = this.file ? [] : problems
      this.leftAside = this.file ? files.filter((file) => file !== this.file).map(pathOf) : []
    })
  }

  /** Opens the picked file and reports its contents; changes nothing here. */
  check(passphrase: Opens): void {
    const { file } = this
    if (!file) return
    this.checking.run(async (options) => {
      const bytes = await bytesOf(file)
      this.looked = await this.#calls.ask('vault.checkBackup', { file: bytes, passphrase }, options)
    })
  }

  restore(passphrase: Opens, replace: boolean, then: (isOpen: boolean) => void): void {
    const { file } = this
    if (!file) return
    this.restoring.run(async (options) => {
      const bytes = await bytesOf(file)
      const input = { file: bytes, passphrase, replace, place: pagePlace() }
      const { status, summary } = await this.#calls.act('vault.restore', input, options)
      this.looked = summary
      this.file = this.front = null
      this.#vault.restored()
      then(status.state === 'unlocked')
    })
  }
}
