import type { CallOptions } from '../../border/client.ts'
import type { FilesLook } from '../../border/protocol/files.ts'
import { messages } from '../../messages/messages.ts'
import type { BringIn } from '../import/import.svelte.ts'
import type { Calls } from '../calls.ts'
import { buffersOf, readFiles } from '../files.ts'
import { isScenario } from '../lab/scenario-files.svelte.ts'
import type { Lab } from '../lab/lab.svelte.ts'
import { qr } from '../qr/qr.svelte.ts'
import type { Certify } from '../requests/certify.svelte.ts'
import type { Requests } from '../requests/requests.svelte.ts'
import type { Router } from '../router.svelte.ts'
import type { Task } from '../task.svelte.ts'
import type { Validation } from '../validate/validate.svelte.ts'
import { isBackup, type Backup } from '../vault/backup.svelte.ts'
import type { Vault } from '../vault/vault.svelte.ts'
import { dropZones, type DropZone } from './drop-zones.svelte.ts'
import { needsOpen, placesFor, type Place, type VaultPlace } from './places.ts'

/** Who takes files at their places. */
interface Takers {
  readonly backup: Backup
  readonly bringIn: BringIn
  readonly certify: Certify
  readonly lab: Lab
  readonly requests: Requests
  readonly router: Router
  readonly validation: Validation
  readonly vault: Vault
}

/** Files about which the person is asked where they are to go. */
export interface Asked {
  readonly files: readonly File[]
  /** Null for a backup. */
  readonly look: FilesLook | null
  /** Where they can go, the best first; empty if nothing was found in them. */
  readonly places: readonly Place[]
}

/** Nobody drops a backup among more files. */
const FEW = 50

/** The page on which each place is. */
const PAGE: Readonly<Record<Place, string>> = {
  validate: 'validate',
  certify: 'certify',
  answer: 'requests',
  import: 'import',
  restore: 'restore',
}

/** What was dropped or pasted: looked at, asked about once, and taken where it belongs. */
export class Arrivals {
  asked = $state.raw<Asked | null>(null)
  /** Chosen for a page that needs the open vault; held until it is open. */
  waiting = $state.raw<{ readonly files: readonly File[]; readonly place: VaultPlace } | null>(null)
  readonly looking: Task
  readonly #calls: Calls
  readonly #to: Takers

  constructor(calls: Calls, takers: Takers) {
    this.#calls = calls
    this.#to = takers
    this.looking = calls.task()
  }

  /** Takes files: the open page has them if it wants such, otherwise the person is asked. */
  take(files: readonly File[]): void {
    if (files.length === 0 || this.asked !== null) return
    // Pictures can only be of codes.
    if (files.every(({ type }) => type.startsWith('image/'))) {
      qr.read((read) => this.take(read), files)
      return
    }
    const zone = dropZones.top
    this.looking.queue(async (options) => {
      const [only] = files
      if (only && files.length === 1 && (await isScenario(only))) {
        this.#to.router.go('lab')
        this.#to.lab.files.open(only)
        return
      }
      const backups = files.length <= FEW ? await Promise.all(files.map(isBackup)) : []
      const hasBackup = backups.includes(true)
      if (zone && isWanted(zone, hasBackup)) {
        zone.onfiles(files)
        return
      }
      const look = hasBackup ? null : await this.#look(files, options)
      const places: readonly Place[] = look ? placesFor(look, this.#storing()) : ['restore']
      // What belongs nowhere was meant for the open page, which says what is wrong with it.
      if (zone && places.length === 0) zone.onfiles(files)
      else this.asked = { files, look, places }
    })
  }

  async #look(files: readonly File[], options: CallOptions): Promise<FilesLook> {
    const read = await readFiles(files)
    return this.#calls.ask('files.look', { files: read }, { ...options, transfer: buffersOf(read) })
  }

  paste(text: string): void {
    if (text.trim() !== '') this.take([new File([text], messages().ui.validate.pasted(1))])
  }

  /** Goes to one of the places with the files. `alone`: without what is validated now. */
  go(place: Place, alone = false): void {
    const { asked } = this
    if (!asked) return
    this.asked = null
    if (alone) this.#to.validation.clear()
    this.#to.router.go(PAGE[place])
    if (needsOpen(place) && !this.#to.vault.isOpen) this.waiting = { files: asked.files, place }
    else this.#give(place, asked.files)
  }

  drop(): void {
    this.asked = null
    this.looking.clear()
  }

  /** Whether the page that was chosen is shown, and can take what waits. */
  readonly isDue = $derived.by(
    () =>
      this.waiting !== null &&
      this.#to.vault.isOpen &&
      this.#to.router.route.name === PAGE[this.waiting.place],
  )

  /** Takes what waits to its page. */
  resume(): void {
    const { waiting } = this
    if (!waiting || !this.#to.vault.isOpen) return
    this.waiting = null
    this.#to.router.go(PAGE[waiting.place])
    this.#give(waiting.place, waiting.files)
  }

  #storing(): { hasVault: boolean; canStore: boolean } {
    const { state, status } = this.#to.vault
    return { hasVault: state === 'locked' || state === 'unlocked', canStore: status !== null }
  }

  #give(place: Place, files: readonly File[]): void {
    const { backup, bringIn, certify, requests, router, validation } = this.#to
    if (place === 'validate') validation.read(files)
    else if (place === 'restore') backup.pick(files)
    else if (place === 'import') bringIn.read(files)
    else if (place === 'certify') certify.read(files, [], () => undefined)
    else requests.readAnswers(files, () => router.go('answer'))
  }
}

/** A page that wants a backup does not want anything else; no other page wants one. */
const isWanted = ({ backups = false }: DropZone, hasBackup: boolean): boolean => backups === hasBackup
