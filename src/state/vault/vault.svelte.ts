import { pagePlace } from '../../csp/form.ts'
import { errorSentence } from '../../messages/messages.ts'
import type { Opens } from '../../border/words.ts'
import type { Client } from '../../border/client.ts'
import type {
  CheckResult,
  PassphraseSuggestion,
  RecordProblem,
  VaultStatus,
  Visibility,
} from '../../border/views.ts'
import type { Clock } from '../clock.svelte.ts'
import type { Operator } from '../operator.svelte.ts'
import { Task } from '../task.svelte.ts'
import { isEarlier, readMarker, removeMarker, writeMarker, type VaultMarker } from './vault-marker.ts'

/** The vault as a whole: its state, its passphrases, its lock. */
export class Vault {
  /** Null until the worker's first reply. */
  status = $state.raw<VaultStatus | null>(null)
  /** Why it is locked, if it locked while in use. */
  lockedBecause = $state<'asked' | 'idle' | 'other-tab' | null>(null)
  /** It was unlocked on the page that is open. */
  justOpened = $state(false)
  problems = $state.raw<readonly RecordProblem[]>([])
  checked = $state.raw<CheckResult | null>(null)
  /** The vault that was here, if the browser has deleted it. */
  lost = $state.raw<VaultMarker | null>(null)
  /** The revision last seen here, if the unlocked vault is older. */
  earlierThan = $state.raw<number | null>(null)
  readonly opening: Task
  readonly changing: Task
  readonly checking: Task
  /** Asks the browser for persistent storage; it may ask the user first. */
  readonly persisting: Task
  /** WebKitGTK has no such API. */
  readonly canAskToPersist = 'storage' in navigator && 'persist' in navigator.storage
  readonly #client: Client
  readonly #operator: Operator
  readonly #clock: Clock
  #touchedAt = 0

  constructor(client: Client, clock: Clock, operator: Operator) {
    this.#client = client
    this.#clock = clock
    this.#operator = operator
    this.opening = new Task(clock)
    this.changing = new Task(clock)
    this.checking = new Task(clock)
    this.persisting = new Task(clock)
    client.on((event) => {
      if (event.name === 'problems') this.#found(event.problems)
      else if (event.name === 'locked') this.#locked(event.reason)
      this.refresh()
    })
    this.refresh()
  }

  readonly state = $derived(this.status?.state ?? null)
  readonly isOpen = $derived(this.status?.state === 'unlocked')
  readonly isSample = $derived(this.status?.kind === 'sample')
  /** Whether public records can be read: it is open, or allows reading while locked. */
  readonly isReadable = $derived(
    this.isOpen || (this.state === 'locked' && this.status?.visibility === 'public'),
  )

  /** No passphrase opens it. */
  readonly opensBySharesAlone = $derived(
    this.status !== null &&
      this.status.slots.length > 0 &&
      this.status.slots.every(({ kind }) => kind === 'quorum'),
  )

  /** Whether it is open, but nothing can be signed or stored in it. */
  readonly isReadOnly = $derived(this.isOpen && (this.status?.isReadOnly ?? false))

  /** Milliseconds until it locks automatically. */
  readonly locksIn = $derived.by(() => {
    const at = this.status?.locksAt
    return at ? Math.max(0, at.getTime() - this.#clock.now.getTime()) : null
  })

  refresh(): void {
    this.opening.error ??= null
    void this.#client.call('vault.status', null).then(
      (status) => this.#take(status),
      (error: unknown) => (this.opening.error = error),
    )
  }

  create(
    choices: { passphrase: string; recovery: string | null; visibility: Visibility },
    then: () => void,
  ): void {
    this.opening.run(async (options) => {
      const { passphrase, recovery, visibility } = choices
      const actor = this.#operator.actor()
      const input = { passphrase, recoveryPassphrase: recovery, visibility, place: pagePlace(), actor }
      this.#take(await this.#client.call('vault.create', input, options))
      this.persist()
      then()
    })
  }

  unlock(passphrase: Opens, then: () => void): void {
    this.opening.run(async (options) => {
      // A status that comes while it opens is remembered too, and must not be what it is compared with.
      const marker = readMarker()
      const status = await this.#client.call(
        'vault.unlock',
        { passphrase, place: pagePlace(), actor: this.#operator.actor() },
        options,
      )
      this.#compare(status, marker)
      this.#take(status)
      this.lockedBecause = null
      then()
      this.justOpened = true
    })
  }

  /** The operator confirms that the earlier state is intended; journalled, and the new baseline from here on. */
  confirmEarlier(): void {
    const seen = this.earlierThan
    if (seen === null) return
    this.changing.run(async () => {
      const status = await this.#client.call('vault.confirmEarlier', { seen, actor: this.#operator.actor() })
      this.earlierThan = null
      removeMarker()
      this.#take(status)
    })
  }

  /** The restored backup is older than what was seen, on purpose; journalled when it is unlocked. */
  restored(): void {
    this.earlierThan = null
    removeMarker()
    this.refresh()
  }

  lock(): void {
    if (!this.isOpen) return
    this.changing.run(async () => this.#take(await this.#client.call('vault.lock', null)))
  }

  enterSample(then: () => void): void {
    this.opening.run(async (options) => {
      this.#take(await this.#client.call('vault.enterSample', null, options))
      then()
    })
  }

  leaveSample(then: () => void): void {
    this.opening.run(async () => {
      this.#take(await this.#client.call('vault.leaveSample', null))
      then()
    })
  }

  changePassphrase(slotId: string, current: Opens, next: string, then: () => void): void {
    this.changing.run(async (options) => {
      const input = { slotId, current, next, actor: this.#operator.actor() }
      this.#take(await this.#client.call('vault.changePassphrase', input, options))
      then()
    })
  }

  addPassphrase(label: string, current: Opens, next: string, then: () => void): void {
    this.changing.run(async (options) => {
      const input = { label, current, next, actor: this.#operator.actor() }
      this.#take(await this.#client.call('vault.addPassphrase', input, options))
      then()
    })
  }

  removeSlot(slotId: string, current: Opens, then: () => void): void {
    this.changing.run(async (options) => {
      const input = { slotId, current, actor: this.#operator.actor() }
      this.#take(await this.#client.call('vault.removeSlot', input, options))
      then()
    })
  }

  /** A new secret for the vault: `passphrases` by slot; slots without one are dropped. */
  rekey(passphrases: Readonly<Record<string, Opens>>, then: () => void): void {
    this.changing.run(async (options) => {
      const kept = Object.entries(passphrases).flatMap(([slotId, passphrase]) =>
        passphrase === '' ? [] : [{ slotId, passphrase }],
      )
      this.#take(await this.#client.call('vault.rekey', { kept, actor: this.#operator.actor() }, options))
      then()
    })
  }

  setIdle(minutes: number): void {
    this.changing.run(async () => {
      const input = { minutes, actor: this.#operator.actor() }
      this.#take(await this.#client.call('vault.setIdle', input))
    })
  }

  check(): void {
    this.checking.run(async (options) => {
      this.checked = await this.#client.call('vault.check', null, options)
    })
  }

  /** Returns why a passphrase must not protect a CA, as a sentence; null if it may. */
  refusalOf(passphrase: string): Promise<string | null> {
    return this.#client.call('vault.checkPassphrase', { passphrase }).then(() => null, errorSentence)
  }

  /** Whether a file under this passphrase counts as plain. */
  isWorthless(passphrase: string): Promise<boolean> {
    return this.#client.call('vault.isWorthless', { passphrase }).catch(() => true)
  }

  suggestPassphrase(words: number, then: (suggestion: PassphraseSuggestion) => void): void {
    void this.#client
      .call('vault.suggestPassphrase', { words })
      .then(then, (error: unknown) => (this.opening.error = error))
  }

  /** The user is active; reported to the worker at most every fifteen seconds. */
  touch(): void {
    const now = this.#clock.read().getTime()
    if (!this.isOpen || now - this.#touchedAt < 15_000) return
    this.#touchedAt = now
    void this.#client.call('vault.touch', null).then(
      ({ locksAt }) => this.status && (this.status = { ...this.status, locksAt }),
      () => this.refresh(),
    )
  }

  /** Asks the browser for persistent storage; only a page may ask. */
  persist(): void {
    if (!this.canAskToPersist) return
    this.persisting.run(async () => {
      const persisted = await navigator.storage.persist()
      this.#take(await this.#client.call('vault.setPersisted', { persisted }))
    })
  }

  /** The user knows that the former vault is gone; not mentioned again. */
  forgetLost(): void {
    removeMarker()
    this.lost = null
  }

  /** A problem found again keeps the name it got at unlock; reported problems stay. */
  #found(problems: readonly RecordProblem[]): void {
    const isKnown = ({ store, id }: RecordProblem): boolean =>
      this.problems.some((known) => known.store === store && known.id === id)
    this.problems = [...this.problems, ...problems.filter((problem) => !isKnown(problem))]
  }

  /** Immediately: something may be blocking the database on purpose. */
  #locked(reason: 'asked' | 'idle' | 'other-tab'): void {
    this.lockedBecause = reason
    this.problems = []
    if (this.status)
      this.status = { ...this.status, state: 'locked', locksAt: null, head: null, problems: [] }
  }

  #take(status: VaultStatus): void {
    this.status = status
    this.problems = status.problems
    this.#mark(status)
    if (this.#operator.who === '') this.#operator.who = status.who
    if (!status.clock.behind) this.#operator.clockConfirmed = false
  }

  /** `marker`: what was remembered before it was unlocked. */
  #compare({ kind, createdAt, head, isReadOnly }: VaultStatus, marker: VaultMarker | null): void {
    const found = kind === 'main' && createdAt && head && { createdAt, isReadOnly, revision: head.revision }
    this.earlierThan = found && isEarlier(marker, found) ? (marker?.revision ?? null) : null
  }

  /** A sample, or the vault of a rehearsal, is meant to be deleted. */
  #mark({ kind, state, createdAt, lastBackupAt, head }: VaultStatus): void {
    if (kind !== 'main') return
    if (state === 'absent') this.lost = readMarker()
    else if (createdAt) {
      this.lost = null
      // While it is locked the date of the backup is not authenticated, and may be older than the one remembered.
      const known = readMarker()
      const isSame = known?.createdAt.getTime() === createdAt.getTime()
      if (state !== 'unlocked' && isSame) return
      const before = isSame ? known : null
      const isDoubted = this.earlierThan !== null
      const seen = Math.max(before?.revision ?? 0, isDoubted ? 0 : (head?.revision ?? 0))
      writeMarker({ createdAt, lastBackupAt, revision: seen || null, isDoubted })
    }
  }
}
