/** A vault in this tab: absent, locked or open. The only state is kept here; the other files implement the rest. */
import { CodedError } from '../errors.ts'
import { clockBehind, isBehind, markOf } from './clock.ts'
import { checkFrame, headSummary, withAlso } from './check.ts'
import { commit, commitFirst, forgetWritten, type Change } from './commit.ts'
import { openDatabase, storageError } from './database.ts'
import { calibrateIterations, openerOf, slotName, type Opening } from './key-slots.ts'
import { LateEntries } from './last-entries.ts'
import { readSettings } from './head.ts'
import { firstSources, keptSources } from './slot-sources.ts'
import { rekey, type RekeyOptions } from './rekey.ts'
import { makeVault, openVault } from './opening.ts'
import { namedAsBefore } from './own-certificates.ts'
import { readHead, type OpenVault, type ReadableVault } from './open-vault.ts'
import type { Database } from './schema.ts'
import type { Head, Header, JournalDraft, RecordProblem, Settings, Slot, Visibility } from './shapes.ts'
import { connectTabs, isGenuine, signOfLife, type Notice, type SignOfLife, type Tabs } from './tabs.ts'
import { slotOfVault, soundHeader } from './sound-header.ts'
import { DEFAULT_SETTINGS, entriesOf, foundWhileLocked, headerIn } from './while-locked.ts'
import type { VaultOptions, VaultState } from './vault-options.ts'

export type { VaultNotice, VaultOptions } from './vault-options.ts'

export class Vault implements ReadableVault {
  readonly name: string
  readonly #options: VaultOptions
  readonly #tabs: Tabs
  #database: Database
  #open: OpenVault | null = null
  #settings: Settings = DEFAULT_SETTINGS
  #problems: RecordProblem[] = []
  readonly #late = new LateEntries()
  #knownHeader: Header | null = null
  /** How often it was locked, here or in another tab; whatever is opening it meanwhile leaves it locked. */
  #locks = 0

  private constructor(name: string, database: Database, options: VaultOptions) {
    this.name = name
    this.#database = database
    this.#options = options
    this.#tabs = connectTabs(name, (notice) => this.#hear(notice))
  }

  /** Connects to the database of this name, creating it if needed. */
  static async connect(name: string, options: VaultOptions): Promise<Vault> {
    return new Vault(name, await openDatabase(name), options)
  }

  close(): void {
    this.#drop('asked')
    this.#tabs.close()
    this.#database.close()
  }

  /** For reading and for backups; null while locked. */
  get opened(): OpenVault | null {
    return this.#open
  }

  get locks(): number {
    return this.#locks
  }

  get database(): Database {
    return this.#database
  }

  get settings(): Settings {
    return this.#settings
  }

  /** Rejects with 'vault-locked' or 'vault-absent'. */
  async requireOpen(): Promise<OpenVault> {
    if (this.#open) return this.#open
    await this.#requireHeader()
    throw new CodedError('vault-locked', null)
  }

  /** Returns null if there is no vault, or what is stored is not a header. */
  async header(): Promise<Header | null> {
    return (await this.#findHeader()).header
  }

  /** The state after locking if the database does not respond. */
  get lockedState(): VaultState {
    const known = { header: this.#knownHeader, settings: DEFAULT_SETTINGS, head: null }
    return { ...known, state: known.header ? 'locked' : 'absent', lastJournalAt: null, problems: [] }
  }

  async state(): Promise<VaultState> {
    const { header, isThere } = await this.#findHeader()
    const { head, problems } = this.#open ? await checkFrame(this.#open) : { head: null, problems: [] }
    return {
      state: !isThere ? 'absent' : this.#open ? 'unlocked' : 'locked',
      header,
      settings: this.#settings,
      head: head && (await headSummary(head)),
      lastJournalAt: head && (markOf(head) || null),
      problems: withAlso(this.#problems, problems),
    }
  }

  /** Makes the vault and opens it. Rejects with 'vault-exists'; nothing is stored until everything is made. */
  async create(input: {
    passphrase: string
    recoveryPassphrase: string | null
    visibility: Visibility
    who: string
    remark: string
    place?: string | undefined
    signal?: AbortSignal
  }): Promise<void> {
    const { locks } = this
    if ((await this.#findHeader()).isThere) throw new CodedError('vault-exists', null)
    const sources = await firstSources(input.passphrase, input.recoveryPassphrase, () => this.iterations())
    const { visibility, who, remark, place, signal } = input
    const at = this.#options.clock()
    const where = { name: this.name, database: this.#database }
    const { open, header } = await makeVault(where, sources, visibility, at, signal)
    const settings = { ...DEFAULT_SETTINGS, who }
    const entry = { ...this.draft('vault-created', open.vaultId, who, remark), ...placed(place) }
    this.requireNotLockedSince(locks)
    await commitFirst(open, header, settings, [entry])
    if (locks === this.#locks) this.#opened(open, settings, [])
    this.#tabs.tell('changed')
  }

  /** Opens the vault; problems with its records are in `state().problems`. Rejects with 'passphrase-wrong'. */
  async unlock(
    opening: Opening,
    who: string,
    remark = '',
    signal?: AbortSignal,
    place?: string,
  ): Promise<void> {
    const { locks } = this
    const header = await this.#requireHeader()
    const opener = openerOf(opening, signal)
    const where = { name: this.name, database: this.#database, clock: this.#options.clock }
    const { open, slot, settings, problems, bringUp } = await openVault(where, header, opener, who)
    signal?.throwIfAborted()
    this.requireNotLockedSince(locks)
    this.#opened(open, settings ?? DEFAULT_SETTINGS, problems)
    // A read-only vault takes no entries: the operator reads, exports, and restores a backup.
    if (open.isReadOnly) return
    const by = { slot: slotName(slot, opener), ...placed(place) }
    const unlocked = { ...this.draft('vault-unlocked', '', who, remark), ...by }
    const found = entriesOf(await foundWhileLocked(this.#database), unlocked.at)
    const { header: up } = bringUp
    const made = up ? [this.draft('vault-brought-up', String(up.next.version), who, '')] : []
    const entries = [...found, unlocked, ...made]
    const durability = up ? 'strict' : 'relaxed'
    // It is open even if its entry cannot be written: on a full disk, say.
    await this.#late.orAdd(unlocked, this.commit({ ...bringUp, entries, durability }))
    await this.#database.delete('meta', 'refusals')
  }

  /**
   * Drops every key at once, here and in the other tabs unless `alone`, and only then writes `closing` and its own
   * entry: blocking the database keeps no key alive. An entry that is too late is written with the next change.
   */
  async lock(
    reason: 'asked' | 'idle',
    who: string,
    { closing = [], alone = false }: { closing?: readonly JournalDraft[]; alone?: boolean } = {},
  ): Promise<void> {
    const open = this.#open
    if (!open) {
      this.#locks++
      return
    }
    const entries = [...closing, this.draft('vault-locked', reason, who, '')]
    this.#drop(reason)
    if (!alone) this.#tabs.tell('locked')
    if (await this.#late.writeLast(open, entries)) this.#tabs.tell('changed')
  }

  /** Stores the whole change, notifies the other tabs, and resolves when it is complete. */
  async commit(change: Change, signal?: AbortSignal): Promise<Head> {
    const open = await this.requireOpen()
    const head = await this.#late.writtenWith(this.#options.clock(), (late) =>
      commit(open, { ...change, entries: [...late, ...change.entries] }, signal),
    )
    this.#options.notify({ kind: 'changed', otherTab: false })
    this.#tabs.tell('changed')
    return head
  }

  /**
   * Returns whether the clock is earlier than the latest time seen. Rejects with 'clock-behind', and journals it, if
   * nobody has confirmed it.
   */
  async checkClock(confirmed: boolean, who = ''): Promise<{ behind: boolean }> {
    const { head } = await readHead(await this.requireOpen())
    const [now, mark] = [this.#options.clock(), markOf(head)]
    const behind = isBehind(now, mark)
    if (behind && !confirmed) {
      const entry = { ...clockBehind({ at: now, who }, mark), reason: 'act-refused' }
      await this.commit({ entries: [entry], durability: 'relaxed' }).catch(() => undefined)
      throw new CodedError('clock-behind', { now: new Date(now), last: new Date(mark) })
    }
    return { behind }
  }

  /** Changes settings in one step with their journal entries. A function is passed the revision of the settings. */
  async changeSettings(
    change: NonNullable<Change['settings']>['change'],
    entries: readonly JournalDraft[] = [],
  ): Promise<void> {
    const settings = { change, otherwise: this.#settings }
    await this.commit({ settings, entries, durability: entries.length > 0 ? 'strict' : 'relaxed' })
    await this.#readSettings()
  }

  /**
   * Gives the vault a new secret. Each given passphrase still opens it, in a slot of its own name; other slots are
   * dropped. Rejects with 'passphrase-wrong', 'record-changed' or 'locked-meanwhile', and then nothing has changed.
   */
  async rekey(
    kept: readonly { slotId: string; passphrase: Opening }[],
    who: string,
    remark: string,
    options: RekeyOptions = {},
  ): Promise<void> {
    const { locks } = this
    const open = await this.requireOpen()
    const header = await soundHeader(open)
    const sources = await keptSources(open, header, kept, await this.iterations(), options.signal)
    const dropped = header.sealed.slots.length - sources.length
    const entry = this.draft('vault-rekeyed', `${String(sources.length)}/${String(dropped)}`, who, remark)
    const requireOpen = (): void => this.requireNotLockedSince(locks)
    const rekeying = { header, settings: this.#settings, sources, entry, requireOpen }
    const next = await rekey(open, rekeying, options)
    // Tabs with the old secret can no longer write.
    this.#tabs.tell('replaced')
    const settings = (await readSettings(next)) ?? this.#settings
    if (this.#open === open) this.#opened(next, settings, [])
  }

  /** Checks that the user can open the vault. Rejects with 'passphrase-wrong' and 'record-changed'. */
  async confirmPassphrase(opening: Opening, signal?: AbortSignal): Promise<Slot> {
    const open = await this.requireOpen()
    const header = open.isReadOnly ? await this.#requireHeader() : await soundHeader(open)
    return slotOfVault(open, header, openerOf(opening, signal))
  }

  /** Tells the other tabs that someone is active, so that they do not lock. */
  async tellActive(): Promise<void> {
    if (this.#open) this.#tabs.tell(await signOfLife(this.#open.keys.tabs, this.#options.clock()))
  }

  /** Tells the other tabs to close these CAs' own keys too. */
  tellClosed(authorityIds: readonly string[]): void {
    this.#tabs.tell({ kind: 'closed', authorityIds })
  }

  /** After a restore: what was open belongs to records that no longer exist. */
  replaced(): void {
    this.#drop('asked')
    this.#tabs.tell('replaced')
  }

  /** Rejects with 'locked-meanwhile'. */
  requireNotLockedSince(locks: number): void {
    if (locks !== this.#locks) throw new CodedError('locked-meanwhile', null)
  }

  setProblems(problems: RecordProblem[]): void {
    this.#problems = namedAsBefore(this.#problems, problems)
  }

  draft(
    act: JournalDraft['act'],
    subject: string,
    who: string,
    remark: string,
    recordId: string | null = null,
  ): JournalDraft {
    return { at: this.#options.clock(), who, act, subject, recordId, remark }
  }

  /** PBKDF2 rounds for a new passphrase. */
  async iterations(): Promise<number> {
    return this.#options.iterations ?? calibrateIterations()
  }

  /** Any page may lock this tab, close its keys or make it reread; an activity notice must come from a tab with the vault open. */
  #hear(notice: Notice): void {
    if (typeof notice === 'object') {
      if (notice.kind === 'closed') this.#options.notify(notice)
      else void this.#hearLife(notice)
      return
    }
    if (notice === 'locked' || notice === 'replaced') this.#drop('other-tab')
    if (notice !== 'locked') void this.#hearChange()
  }

  /** Another tab may have changed settings too. */
  async #hearChange(): Promise<void> {
    if (this.#open) forgetWritten(this.#open)
    await this.#readSettings()
    this.#options.notify({ kind: 'changed', otherTab: true })
  }

  async #readSettings(): Promise<void> {
    const open = this.#open
    const reading = open && readHead(open).then(({ head }) => readSettings(open, head.settings))
    const settings = await reading?.catch(() => null)
    if (settings && this.#open === open) this.#settings = settings
  }

  async #hearLife(notice: SignOfLife): Promise<void> {
    const isOfThisVault = this.#open !== null && (await isGenuine(this.#open.keys.tabs, notice))
    if (isOfThisVault) this.#options.notify({ kind: 'active', at: notice.at })
  }

  #opened(open: OpenVault, settings: Settings, problems: RecordProblem[]): void {
    this.#open = open
    this.#settings = settings
    this.#problems = problems
    this.#options.notify({ kind: 'unlocked' })
  }

  #drop(reason: 'asked' | 'idle' | 'other-tab'): void {
    this.#locks++
    if (!this.#open) return
    this.#open = null
    this.#settings = DEFAULT_SETTINGS
    this.#problems = []
    this.#options.notify({ kind: 'locked', reason })
  }

  async #findHeader(): Promise<{ header: Header | null; isThere: boolean }> {
    const found = await this.#database.get('meta', 'vault').catch((error: unknown) => {
      throw storageError(error)
    })
    this.#knownHeader = headerIn(found)
    return { header: this.#knownHeader, isThere: found !== undefined }
  }

  /** Rejects with 'vault-absent', or 'record-changed' if what is stored is not a header. */
  async #requireHeader(): Promise<Header> {
    const { header, isThere } = await this.#findHeader()
    if (header) return header
    throw isThere
      ? new CodedError('record-changed', { store: 'meta', id: 'vault' })
      : new CodedError('vault-absent', null)
  }
}

const placed = (place: string | undefined): Pick<JournalDraft, 'place'> => (place ? { place } : {})
