import { messages } from '../../messages/messages.ts'
import type { ImportedAuthority, ImportResult, ImportView } from '../../border/protocol/import.ts'
import type { KeyKeeping } from '../../border/words.ts'
import type { Calls } from '../calls.ts'
import { caKeeping } from '../issue/draft.ts'
import { buffersOf, readFiles } from '../files.ts'
import { including } from '../including.ts'
import type { Task } from '../task.svelte.ts'

/** Files of other tools, reviewed and imported into the vault. The files' keys are in the worker only. */
export class BringIn {
  view = $state.raw<ImportView | null>(null)
  result = $state.raw<ImportResult | null>(null)
  /** CAs to import, and those whose certificates are imported, by index. */
  authorities = $state<number[]>([])
  certificatesOf = $state<number[]>([])
  others = $state(false)
  requests = $state(false)
  keeping = $state<KeyKeeping['kind']>('vault')
  /** A lock dropped what had been read. */
  forgotten = $state(false)
  /** Files arrived while something was being opened or stored. */
  cameTooSoon = $state(false)
  readonly reading: Task
  readonly opening: Task
  readonly storing: Task
  readonly #calls: Calls
  #pasted = 0
  /** Pasted text that could not be read. */
  typed = $state('')

  constructor(calls: Calls) {
    this.#calls = calls
    this.reading = calls.task()
    this.opening = calls.task()
    this.storing = calls.task()
  }

  readonly busy = $derived.by(() => this.reading.busy || this.opening.busy || this.storing.busy)
  readonly #taken = $derived.by(
    () => this.view?.authorities.filter(({ index }) => this.authorities.includes(index)) ?? [],
  )
  /** Whether a CA's key is among the selection, so that its protection must be chosen. */
  readonly keysCome = $derived.by(() => this.#taken.some(({ key }) => key === 'comes'))
  /** The number of items to import, for the button. */
  readonly sum = $derived.by(() => ({
    authorities: this.#taken.length,
    certificates: (this.view?.authorities ?? [])
      .filter((authority) => this.takesCertificates(authority))
      .reduce(
        (sum, { certificates }) => sum + certificates.fresh,
        this.others ? (this.view?.others.fresh ?? 0) : 0,
      ),
    requests: this.requests ? (this.view?.requests.fresh ?? 0) : 0,
  }))

  takes({ index }: ImportedAuthority): boolean {
    return this.authorities.includes(index)
  }

  /** Certificates are filed below their CA: not without it. */
  takesCertificates({ index, fate }: ImportedAuthority): boolean {
    return this.certificatesOf.includes(index) && (fate !== 'new' || this.authorities.includes(index))
  }

  take({ index }: ImportedAuthority, wanted: boolean): void {
    this.authorities = including(this.authorities, index, wanted)
  }

  takeCertificates({ index }: ImportedAuthority, wanted: boolean): void {
    this.certificatesOf = including(this.certificatesOf, index, wanted)
  }

  /** Adds files, or a folder, to what was read; `then` is called if all of it could be read. */
  read(files: readonly File[], then?: () => void): void {
    this.cameTooSoon = this.opening.busy || this.storing.busy
    if (this.cameTooSoon) return
    this.reading.queue(async (options) => {
      const read = await readFiles(files)
      const transfer = buffersOf(read)
      const before = faultsOf(this.view)
      const view = await this.#calls.ask('import.read', { files: read }, { ...options, transfer })
      this.#show(view)
      if (faultsOf(view) === before) then?.()
    })
  }

  paste(text: string, then: () => void): void {
    if (text.trim() === '') return
    this.#pasted += 1
    this.read([new File([text], messages().ui.imports.pasted(this.#pasted))], then)
  }

  /** Opens a locked file; with null all of them. */
  open(file: string | null, password: string, then: () => void): void {
    if (this.busy) return
    this.opening.run(async (options) => {
      this.#show(await this.#calls.ask('import.open', { file, password }, options))
      then()
    })
  }

  clear(): void {
    if (this.busy) return
    this.reading.run(async () => {
      await this.#calls.ask('import.clear', null)
      this.#reset()
    })
  }

  store(passphrase: string): void {
    const { view, keeping } = this
    if (!view || this.busy) return
    this.storing.run(async (options) => {
      const choice = {
        authorities: [...this.authorities],
        certificatesOf: view.authorities
          .filter((each) => this.takesCertificates(each))
          .map(({ index }) => index),
        others: this.others,
        requests: this.requests,
      }
      const input = { token: view.token, choice, keyKeeping: caKeeping(keeping, passphrase) }
      const result = await this.#calls.act('import.store', input, options)
      this.#reset()
      this.result = result
    })
  }

  /** The worker drops what was read when the vault locks. */
  lockAway(): void {
    this.forgotten = this.view !== null
    this.#reset()
  }

  #reset(): void {
    this.typed = ''
    this.view = null
    this.result = null
    this.#pasted = 0
    this.opening.clear()
    this.storing.clear()
  }

  #show(view: ImportView): void {
    this.view = view
    this.result = null
    this.forgotten = false
    this.authorities = view.authorities.filter(({ suggested }) => suggested).map(({ index }) => index)
    this.certificatesOf = [...this.authorities]
    // Without a CA and without a key a certificate is of little use.
    this.others = view.others.keys > 0 || (view.authorities.length === 0 && view.others.fresh > 0)
    this.requests = view.requests.fresh > 0
  }
}

/** Returns how many of the items read are unusable. */
const faultsOf = (view: ImportView | null): number => (view ? view.problems.length + view.passedOver : 0)
