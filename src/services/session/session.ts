/** State the worker keeps between calls: the current vault, opened keys, and the idle timer. */
import { CodedError, isCodedError } from '../../errors.ts'
import { checkAll } from '../../vault/check.ts'
import type { Change } from '../../vault/commit.ts'
import { readCurrent } from '../../vault/current.ts'
import { Idle } from '../../vault/idle.ts'
import type { OpenVault } from '../../vault/open-vault.ts'
import { findRecord, requireRecord, type Read } from '../../vault/reading.ts'
import type { JournalAct, JournalDraft } from '../../vault/shapes.ts'
import { openerOf } from '../../vault/key-slots.ts'
import { unlockSigningKey, type SigningKey } from '../../vault/signing-keys.ts'
import { isWorthless } from '../../vault/passphrase-rule.ts'
import { Vault } from '../../vault/vault.ts'
import type { VaultNotice, VaultState } from '../../vault/vault-options.ts'
import { Inventory } from '../catalogue/inventory.ts'
import type { ReadAgain } from '../second-reading/second-reader.ts'
import { rereadOf, type Parsed } from '../second-reading/stored.ts'
import { authorityName } from '../shared/facts.ts'
import type { VaultEvent } from '../../border/protocol.ts'
import type { KeyProtection, Opens } from '../../border/words.ts'
import type { Actor, VaultKind, VaultStatus } from '../../border/views.ts'
import { closeAside, openAside, type Aside, type AsideKind } from './aside.ts'
import { GivenShares } from './given-shares.ts'
import { statusOf } from './status.ts'

export interface SessionOptions {
  /** Name of the main vault's database. */
  name: string
  clock: () => number
  send: (event: VaultEvent) => void
  /** Reads CA certificates, requests and lists a second time before they are stored; omitted: nothing does. */
  readAgain?: ReadAgain
  /** For tests: PBKDF2 iterations instead of a measurement. */
  iterations?: number
}

const LONGEST_REST = 100
const STATUS_WAITS = 1_000

export class Session {
  readonly inventory: Inventory
  readonly idle: Idle
  /** Called when keys are dropped; anything else cached from an open vault is dropped with them. */
  readonly onLock = new Set<() => void>()
  readonly #options: SessionOptions
  readonly #main: Vault
  #aside: Aside | null = null
  readonly #signingKeys = new Map<string, Promise<SigningKey>>()
  /** CAs whose key was opened with its own passphrase, by name. */
  readonly #ownKeys = new Map<string, string>()
  readonly shares = new GivenShares()
  #checking: AbortController | null = null

  private constructor(options: SessionOptions, connect: (notify: (notice: VaultNotice) => void) => Vault) {
    this.#options = options
    this.#main = connect((notice) => {
      if (!this.#aside) this.#hear(notice)
    })
    this.idle = new Idle({ clock: options.clock, lock: (alone) => this.lock('idle', alone) })
    this.inventory = new Inventory({
      vault: () => this.vault,
      now: () => this.now,
      isReady: (id, { key }) =>
        this.vault.opened?.isReadOnly === false && (key === 'vault' || this.#signingKeys.has(id)),
      report: (problem) => {
        options.send({ name: 'problems', problems: [problem] })
      },
    })
  }

  static async start(options: SessionOptions): Promise<Session> {
    const notices: ((notice: VaultNotice) => void)[] = []
    const vault = await Vault.connect(options.name, {
      ...vaultOptions(options),
      notify: (notice) => {
        for (const hear of notices) hear(notice)
      },
    })
    return new Session(options, (hear) => {
      notices.push(hear)
      return vault
    })
  }

  get vault(): Vault {
    return this.#aside?.vault ?? this.#main
  }

  /** Of the main vault's database. */
  get mainName(): string {
    return this.#main.name
  }

  get kind(): VaultKind {
    return this.#aside?.kind ?? 'main'
  }

  /** Undefined: there is no second reader. */
  get readAgain(): ReadAgain | undefined {
    return this.#options.readAgain
  }

  get now(): number {
    return this.#options.clock()
  }

  /** Before an operation: the vault is open, the clock is plausible or confirmed, and the idle timer is reset. */
  async begin(actor: Actor): Promise<OpenVault> {
    await this.idle.look()
    const open = await this.vault.requireOpen()
    if (open.isReadOnly) throw new CodedError('vault-read-only', null)
    const { behind } = await this.vault.checkClock(actor.clockConfirmed ?? false, actor.who)
    if (behind) {
      const entry = this.draft('clock-confirmed', new Date(this.now).toISOString(), actor)
      await this.vault.commit({ entries: [entry], durability: 'strict' })
    }
    this.idle.touch()
    if (actor.who !== this.vault.settings.who) await this.vault.changeSettings({ who: actor.who })
    return open
  }

  /** Before an operation that stores nothing but its entry; allowed in a read-only vault too. */
  async beginReading(actor: Actor): Promise<OpenVault> {
    const { opened } = this.vault
    if (!opened?.isReadOnly) return this.begin(actor)
    this.idle.touch()
    return opened
  }

  draft(act: JournalAct, subject: string, actor: Actor, recordId: string | null = null): JournalDraft {
    return this.vault.draft(act, subject, actor.who, actor.remark ?? '', recordId)
  }

  /**
   * Stores a change and updates the catalogue. A confirmed clock that is behind is journalled too. The signal counts
   * until it is stored. Rejects with 'second-reading-differs'.
   */
  async commit(change: Change, parsed?: Parsed, signal?: AbortSignal): Promise<void> {
    const { readAgain } = this.#options
    const reread = readAgain ? await rereadOf(change, readAgain, parsed, signal) : null
    const entries = reread ? change.entries.map((entry) => ({ ...entry, reread })) : change.entries
    const catalogue = await this.inventory.edit(change.writes ?? [], parsed)
    await this.vault.commit({ ...change, entries, ...(catalogue && { catalogue }) }, signal)
    this.idle.workedOn()
  }

  /** Journals a refused operation if there is a journal to write to, with the reason next to the remark. */
  async refuse(act: JournalAct, subject: string, actor: Actor, reason: string): Promise<void> {
    const entry = { ...this.draft(act, subject, actor), reason }
    await this.vault.commit({ entries: [entry], durability: 'relaxed' }).catch(() => undefined)
  }

  /**
   * Returns a CA's opened key; what it may sign is decided elsewhere (signing/rights.ts). Rejects with 'key-locked',
   * 'key-destroyed' or 'key-elsewhere'.
   */
  async signingKey(authorityId: string): Promise<SigningKey> {
    const { keys } = await this.vault.requireOpen()
    const { value } = await requireRecord(this.vault, 'authorities', authorityId)
    // Another tab may have destroyed it since it was opened here.
    if (value.keyId === null) this.forgetSigningKey(authorityId)
    const found = this.#signingKeys.get(authorityId)
    if (found) return found
    if (value.key !== 'vault') throw await this.#withoutKey(authorityId, value)
    return this.openSigningKey(authorityId, { kind: 'vault', wrappingKey: keys.wrapping })
  }

  /** Opens a CA's key and keeps it, not extractable, until the vault locks. */
  async openSigningKey(
    authorityId: string,
    opener: Parameters<typeof unlockSigningKey>[2],
  ): Promise<SigningKey> {
    const { value } = await requireRecord(this.vault, 'authorities', authorityId)
    if (value.keyId === null) throw await this.#withoutKey(authorityId, value)
    const { keyId } = value
    // An earlier record opens with an earlier passphrase.
    const record = await readCurrent(await this.vault.requireOpen(), () =>
      requireRecord(this.vault, 'keys', keyId),
    )
    const opening = unlockSigningKey(record.value, keyId, opener)
    this.#signingKeys.set(authorityId, opening)
    opening.catch(() => this.#signingKeys.delete(authorityId))
    return opening
  }

  /** Opens a key by its own passphrase or holders; this is journalled before the key can sign. */
  async openOwnKey(authorityId: string, opens: Opens, actor: Actor, signal?: AbortSignal): Promise<void> {
    const name = authorityName(await this.inventory.authority(authorityId))
    const wasOpen = this.#ownKeys.has(authorityId)
    const { slot } = await this.shares.opening(opens, (opening) =>
      this.openSigningKey(authorityId, openerOf(opening, signal)),
    )
    // Closed meanwhile, here or in another tab, or locked.
    if (!this.#signingKeys.has(authorityId)) throw new CodedError('key-locked', { name })
    if (wasOpen) return
    try {
      signal?.throwIfAborted()
      await this.commit({
        entries: [{ ...this.draft('authority-key-opened', name, actor, authorityId), slot }],
        durability: 'strict',
      })
    } catch (error) {
      this.forgetSigningKey(authorityId)
      throw error
    }
    this.#ownKeys.set(authorityId, name)
  }

  /**
   * Closes keys that were opened with their own passphrases, even if the journal entry cannot be written; in the other
   * tabs too, unless one of them asks for it.
   */
  async closeOwnKeys(authorityIds: readonly string[], actor: Actor, otherTab = false): Promise<void> {
    if (!otherTab) this.vault.tellClosed(authorityIds)
    const closed = this.#forgetOwnKeys(authorityIds, actor)
    if (closed.length > 0) await this.commit({ entries: closed, durability: 'strict' })
  }

  /** Drops them, and returns the journal entries for that. */
  #forgetOwnKeys(authorityIds: readonly string[], actor: Actor): JournalDraft[] {
    return authorityIds.flatMap((id) => {
      const name = this.#ownKeys.get(id)
      this.forgetSigningKey(id)
      return name === undefined ? [] : [this.draft('authority-key-closed', name, actor, id)]
    })
  }

  /**
   * Confirms that the operator knows a passphrase of the vault: an open vault is not enough. A sample has none that
   * anyone could know. Rejects with 'passphrase-wrong'.
   */
  async confirmPassphrase(opens: Opens, subject: string, actor: Actor): Promise<void> {
    if (this.kind === 'sample') return
    try {
      await this.shares.opening(opens, (opening) => this.vault.confirmPassphrase(opening))
    } catch (error) {
      if (isCodedError(error, 'passphrase-wrong'))
        await this.refuse('passphrase-refused', subject, actor, error.code)
      throw error
    }
  }

  /**
   * Same, before a key is exported without protection, or under a passphrase that is none; one under a better passphrase
   * needs no confirmation. Rejects with 'file-passphrase-worthless', 'plain-key-not-understood'.
   */
  async confirmLeaving(protection: KeyProtection | null, subject: string, actor: Actor): Promise<void> {
    if (protection === null) return
    if (protection.kind === 'encrypted') {
      if (protection.passphrase === '') throw new CodedError('export-passphrase-missing', null)
      if (!isWorthless(protection.passphrase)) return
    }
    const confirmed = protection.kind === 'plain' ? protection : protection.worthless
    if (!confirmed) throw new CodedError('file-passphrase-worthless', null)
    // What the page sends is not believed: its types end at the border.
    if ((confirmed.understood as unknown) !== true) throw new CodedError('plain-key-not-understood', null)
    await this.confirmPassphrase(confirmed.vaultPassphrase, subject, actor)
  }

  forgetSigningKey(authorityId: string): void {
    this.#signingKeys.delete(authorityId)
    this.#ownKeys.delete(authorityId)
  }

  /** Locking never waits: the keys are dropped before anything is written. `alone`: does not lock the other tabs. */
  async lock(reason: 'asked' | 'idle', alone = false): Promise<void> {
    const { who } = this.vault.settings
    const closing = this.#forgetOwnKeys([...this.#ownKeys.keys()], { who })
    await this.vault.lock(reason, who, { closing, alone })
  }

  /** Works in a vault beside the main one, which is locked meanwhile. */
  async enterAside(kind: AsideKind): Promise<Vault> {
    await this.leaveAside()
    await this.lock('asked')
    const aside = await openAside(kind, this.mainName, vaultOptions(this.#options), (vault, notice) => {
      if (this.#aside?.vault === vault) this.#hear(notice)
    })
    this.#aside = aside
    this.#forget()
    // It is in another state than the one before: it may be there already, locked.
    this.#options.send({ name: 'changed', otherTab: false })
    return aside.vault
  }

  /** Goes back to the main vault, and deletes the other. */
  async leaveAside(): Promise<void> {
    const aside = this.#aside
    if (!aside) return
    this.#aside = null
    this.idle.stop()
    this.#forget()
    await closeAside(aside)
    this.#options.send({ name: 'changed', otherTab: false })
  }

  async status(): Promise<VaultStatus> {
    await this.idle.look()
    return this.#statusOf(await this.vault.state())
  }

  /** After locking: neither waits for a blocked database nor fails with one that is gone. */
  async statusWhenLocked(): Promise<VaultStatus> {
    const late = new Promise<null>((resolve) => void setTimeout(resolve, STATUS_WAITS, null))
    const state = this.vault.state().catch(() => null)
    return this.#statusOf((await Promise.race([state, late])) ?? this.vault.lockedState)
  }

  #statusOf(state: VaultState): VaultStatus {
    const { kind, now, idle } = this
    return statusOf(state, { kind, now, locksAt: idle.locksAt, isReadOnly: this.vault.opened?.isReadOnly })
  }

  /** Reads and authenticates everything while the operator works; reports what it found. */
  checkInBackground(): void {
    const { opened } = this.vault
    if (!opened) return
    const controller = new AbortController()
    this.#checking = controller
    checkAll(opened, { signal: controller.signal, pace: restingAsLong() }).then(
      ({ problems }) => {
        if (controller.signal.aborted || problems.length === 0) return
        this.vault.setProblems(problems)
        this.#options.send({ name: 'problems', problems })
      },
      () => undefined,
    )
  }

  #hear(notice: VaultNotice): void {
    const { send } = this.#options
    if (notice.kind === 'active') {
      this.idle.touchElsewhere(notice.at)
    } else if (notice.kind === 'closed') {
      const { who } = this.vault.settings
      // Without its entry it is closed all the same.
      void this.closeOwnKeys(notice.authorityIds, { who }, true).catch(() => undefined)
      this.inventory.changed()
      send({ name: 'changed', otherTab: true })
    } else if (notice.kind === 'changed') {
      this.inventory.changed()
      if (notice.otherTab) {
        this.idle.change(this.vault.settings.idleMinutes)
        void this.#dropDestroyed()
      }
      send({ name: 'changed', otherTab: notice.otherTab })
    } else if (notice.kind === 'unlocked') {
      this.inventory.forget()
      this.idle.watch(this.vault.settings.idleMinutes)
      send({ name: 'unlocked' })
    } else {
      this.idle.stop()
      this.#forget()
      send({ name: 'locked', reason: notice.reason })
    }
  }

  #forget(): void {
    this.#checking?.abort()
    this.#signingKeys.clear()
    this.#ownKeys.clear()
    this.inventory.forget()
    for (const forget of this.onLock) forget()
  }

  /** Another tab wrote: a key it destroyed is dropped here too, even if nobody asks for it. */
  async #dropDestroyed(): Promise<void> {
    for (const id of this.#signingKeys.keys()) {
      const read = await findRecord(this.vault, 'authorities', id).catch(() => null)
      if (read?.value.keyId === null) this.forgetSigningKey(id)
    }
  }

  async #withoutKey(authorityId: string, { key }: Read<'authorities'>['value']): Promise<CodedError> {
    const { commonName, subject } = await this.inventory.authority(authorityId)
    const name = commonName ?? subject ?? authorityId
    if (key === 'destroyed') return new CodedError('key-destroyed', { name })
    return new CodedError(key === 'elsewhere' ? 'key-elsewhere' : 'key-locked', { name })
  }
}

/** The check of a large vault takes long: it rests as long as it works, so that the page's calls go first. */
function restingAsLong(): () => Promise<void> {
  let since = performance.now()
  return async () => {
    const worked = Math.min(performance.now() - since, LONGEST_REST)
    await new Promise((resolve) => setTimeout(resolve, worked))
    since = performance.now()
  }
}

function vaultOptions({ clock, iterations }: SessionOptions) {
  return { clock, ...(iterations === undefined ? {} : { iterations }) }
}
