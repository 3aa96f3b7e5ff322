import { CodedError, isCodedError } from '../../../errors.ts'
import {
  makeBackup,
  openBackup,
  readBackup,
  restoreBackup,
  summarizeBackup,
  type BackupSummary as StoredSummary,
} from '../../../vault/backup.ts'
import { checkAll, soundHead } from '../../../vault/check.ts'
import { checkPassphrase, type Opening } from '../../../vault/key-slots.ts'
import { isWorthless } from '../../../vault/passphrase-rule.ts'
import { suggestPassphrase } from '../../../vault/suggestion.ts'
import { addPassphrase, changePassphrase, removeSlot } from '../../../vault/ways-in.ts'
import { placeOf } from '../backup-place.ts'
import type { Call, Handlers } from '../../../border/dispatch.ts'
import type { In, Out } from '../../../border/protocol.ts'
import type { Session } from '../../session/session.ts'
import { untilCancelled } from '../../shared/until-cancelled.ts'
import type { Opens } from '../../../border/words.ts'
import type { Actor, BackupSummary, ExportFile } from '../../../border/views.ts'

type VaultMethods = Pick<Handlers, Extract<keyof Handlers, `vault.${string}`>>

const TOUCH_INTERVAL = 5_000

const remark = (actor: Actor) => actor.remark ?? ''

interface Context {
  readonly session: Session
  /** When the other tabs were last told that someone is here. */
  readonly told: { at: number }
}

async function create(
  session: Session,
  { actor, ...input }: In<'vault.create'>,
  { signal }: Call,
): Promise<Out<'vault.create'>> {
  await session.vault.create({ ...input, who: actor.who, remark: remark(actor), signal })
  return session.status()
}

async function unlock(
  session: Session,
  { passphrase, place, actor }: In<'vault.unlock'>,
  { signal }: Call,
): Promise<Out<'vault.unlock'>> {
  try {
    const unlocking = session.shares.opening(passphrase, (opening) =>
      session.vault.unlock(opening, actor.who, remark(actor), signal, place),
    )
    await untilCancelled(unlocking, signal)
  } finally {
    // If it opened it is checked, even if its entry could not be written.
    session.checkInBackground()
  }
  return session.status()
}

async function lock(session: Session): Promise<Out<'vault.lock'>> {
  await session.lock('asked')
  return session.statusWhenLocked()
}

async function change(
  session: Session,
  { slotId, current: opens, next, actor }: In<'vault.changePassphrase'>,
  { signal }: Call,
): Promise<Out<'vault.changePassphrase'>> {
  await session.begin(actor)
  await openedBy(session, actor, opens, (current) =>
    changePassphrase(session.vault, slotId, next, { current, ...by(actor, signal) }),
  )
  return session.status()
}

async function add(
  session: Session,
  { current: opens, next, label, actor }: In<'vault.addPassphrase'>,
  { signal }: Call,
): Promise<Out<'vault.addPassphrase'>> {
  await session.begin(actor)
  await openedBy(session, actor, opens, (current) =>
    addPassphrase(session.vault, next, label, { current, ...by(actor, signal) }),
  )
  return session.status()
}

async function remove(
  session: Session,
  { slotId, current: opens, actor }: In<'vault.removeSlot'>,
  { signal }: Call,
): Promise<Out<'vault.removeSlot'>> {
  await session.begin(actor)
  await openedBy(session, actor, opens, (current) =>
    removeSlot(session.vault, slotId, { current, ...by(actor, signal) }),
  )
  return session.status()
}

async function rekey(
  session: Session,
  { kept, actor }: In<'vault.rekey'>,
  call: Call,
): Promise<Out<'vault.rekey'>> {
  await session.begin(actor)
  await refusing(session, actor, () =>
    session.shares.openings(
      kept.map(({ passphrase }) => passphrase),
      (openings) =>
        session.vault.rekey(
          kept.map(({ slotId }, i) => ({ slotId, passphrase: openings[i]! })),
          actor.who,
          remark(actor),
          {
            signal: call.signal,
            progress: (done, total) => {
              call.progress({ kind: 'step', step: 'rekey', done, total })
            },
          },
        ),
    ),
  )
  return session.status()
}

async function confirmEarlier(
  session: Session,
  { seen, actor }: In<'vault.confirmEarlier'>,
): Promise<Out<'vault.confirmEarlier'>> {
  await session.begin(actor)
  const here = (await session.vault.state()).head?.revision ?? 0
  const entry = session.draft('earlier-state-confirmed', `${String(here)} < ${String(seen)}`, actor)
  await session.commit({ entries: [entry], durability: 'strict' })
  return session.status()
}

async function setIdle(
  session: Session,
  { minutes, actor }: In<'vault.setIdle'>,
): Promise<Out<'vault.setIdle'>> {
  await session.begin(actor)
  const idleMinutes = Math.min(Math.max(Math.round(minutes), 1), 24 * 60)
  const change = `${String(session.vault.settings.idleMinutes)} → ${String(idleMinutes)}`
  await session.vault.changeSettings({ idleMinutes }, [session.draft('settings-changed', change, actor)])
  session.idle.watch(idleMinutes)
  return session.status()
}

function touch({ session, told }: Context): Out<'vault.touch'> {
  session.idle.touch()
  if (session.now - told.at > TOUCH_INTERVAL) {
    told.at = session.now
    void session.vault.tellActive()
  }
  const { locksAt } = session.idle
  return { locksAt: locksAt === null ? null : new Date(locksAt) }
}

async function check(session: Session, call: Call): Promise<Out<'vault.check'>> {
  const open = await session.vault.requireOpen()
  const result = await checkAll(open, {
    signal: call.signal,
    progress: (done, total) => {
      call.progress({ kind: 'step', step: 'check', done, total })
    },
  })
  // Names of what is in it are not shown once it is locked.
  if (session.vault.opened !== open) throw new CodedError('locked-meanwhile', null)
  session.vault.setProblems(result.problems)
  return result
}

async function setPersisted(
  session: Session,
  { persisted }: In<'vault.setPersisted'>,
): Promise<Out<'vault.setPersisted'>> {
  if (session.vault.opened?.isReadOnly === false) await session.vault.changeSettings({ persisted })
  return session.status()
}

async function leaveSample(session: Session): Promise<Out<'vault.leaveSample'>> {
  await session.leaveAside()
  return session.status()
}

async function backup(
  session: Session,
  { passphrase, place = '', actor }: In<'vault.backup'>,
  { signal }: Call,
): Promise<Out<'vault.backup'>> {
  const open = await session.beginReading(actor)
  if (passphrase !== null) checkPassphrase(passphrase)
  const iterations = passphrase === null ? 0 : await session.vault.iterations()
  const own =
    passphrase === null ? null : ({ kind: 'passphrase', passphrase, label: 'backup', iterations } as const)
  const at = session.now
  // The entry precedes the backup, which then contains its own record; a cancel must precede the entry.
  const enter = async (): Promise<void> => {
    signal.throwIfAborted()
    if (open.isReadOnly) return
    const entry = session.draft('backup-made', place, actor)
    await session.vault.changeSettings((backupRevision) => ({ lastBackupAt: at, backupRevision }), [entry])
  }
  const bytes = await makeBackup(open, own, at, enter)
  const head = await soundHead(open)
  const content = await readBackup(bytes, open.keys, passphrase)
  return {
    file: backupFile(bytes, at),
    summary: summaryView(await summarizeBackup(content, { open, head }), await placeOf(content)),
  }
}

async function checkBackup(
  session: Session,
  { file, passphrase }: In<'vault.checkBackup'>,
  { signal }: Call,
): Promise<Out<'vault.checkBackup'>> {
  // The shares stay for the restore that follows.
  const content = await untilCancelled(openBackup(file, session.shares.look(passphrase), signal), signal)
  const open = session.vault.opened
  const present = open && { open, head: await soundHead(open) }
  return summaryView(await summarizeBackup(content, present), await placeOf(content))
}

const restore = (session: Session, input: In<'vault.restore'>, call: Call): Promise<Out<'vault.restore'>> =>
  session.shares.opening(input.passphrase, (opening) => restoreBy(session, opening, input, call))

async function restoreBy(
  session: Session,
  opening: Opening,
  { file, replace, place, actor }: In<'vault.restore'>,
  { signal }: Call,
): Promise<Out<'vault.restore'>> {
  const { vault: before } = session
  const asked = before.locks
  const content = await untilCancelled(openBackup(file, opening, signal), signal)
  const summary = summaryView(await summarizeBackup(content, null), await placeOf(content))
  // Writing starts here, and is not left half done.
  signal.throwIfAborted()
  before.requireNotLockedSince(asked)
  await session.leaveAside()
  const { vault } = session
  const { locks } = vault
  await restoreBackup(vault.database, content, {
    replace,
    at: session.now,
    who: actor.who,
    remark: remark(actor),
  })
  const wasLocked = vault.locks !== locks
  vault.replaced()
  // What opened the backup in the place of the vault opens the restored vault too.
  if (content.keys && !wasLocked) await vault.unlock(opening, actor.who, remark(actor), undefined, place)
  return { status: await session.status(), summary }
}

function tryPassphrase({ passphrase }: In<'vault.checkPassphrase'>): Out<'vault.checkPassphrase'> {
  checkPassphrase(passphrase)
  return null
}

const by = (actor: Actor, signal: AbortSignal) => ({ who: actor.who, remark: remark(actor), signal })

/** Passes what was typed or given, and journals a refusal. */
const openedBy = <T>(session: Session, actor: Actor, opens: Opens, act: (opening: Opening) => Promise<T>) =>
  refusing(session, actor, () => session.shares.opening(opens, act))

/** Journals a wrong passphrase typed into a form. */
async function refusing<T>(session: Session, actor: Actor, act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    if (isCodedError(error, 'passphrase-wrong'))
      await session.refuse('passphrase-refused', '', actor, error.code)
    throw error
  }
}

function backupFile(bytes: Uint8Array, at: number): ExportFile {
  const day = new Date(at).toISOString().slice(0, 16).replace(/[:T]/g, '-')
  return { name: `rootcellar-${day}.backup`, type: 'application/octet-stream', bytes }
}

function summaryView(
  { madeAt, vaultCreatedAt, counts, head, compared, problems, recordsChecked }: StoredSummary,
  place: string | null,
): BackupSummary {
  return {
    madeAt: new Date(madeAt),
    place,
    vaultCreatedAt: new Date(vaultCreatedAt),
    authorities: counts.authorities,
    certificates: counts.certificates,
    keys: counts.keys + counts.endEntityKeys,
    journalEntries: counts.journal,
    head,
    compared,
    problems,
    recordsChecked,
  }
}

/** The vault itself: its passphrases, its lock, its backups. */
export function vaultMethods(session: Session, enterSample: () => Promise<void>): VaultMethods {
  const context = { session, told: { at: 0 } }

  return {
    'vault.status': () => session.status(),
    'vault.create': (input, call) => create(session, input, call),
    'vault.unlock': (input, call) => unlock(session, input, call),
    'vault.lock': () => lock(session),
    'vault.changePassphrase': (input, call) => change(session, input, call),
    'vault.addPassphrase': (input, call) => add(session, input, call),
    'vault.removeSlot': (input, call) => remove(session, input, call),
    'vault.rekey': (input, call) => rekey(session, input, call),
    'vault.confirmEarlier': (input) => confirmEarlier(session, input),
    'vault.setIdle': (input) => setIdle(session, input),
    'vault.touch': () => touch(context),
    'vault.check': (_input, call) => check(session, call),
    'vault.setPersisted': (input) => setPersisted(session, input),
    'vault.enterSample': () => enterSample().then(() => session.status()),
    'vault.leaveSample': () => leaveSample(session),
    'vault.backup': (input, call) => backup(session, input, call),
    'vault.checkBackup': (input, call) => checkBackup(session, input, call),
    'vault.restore': (input, call) => restore(session, input, call),
    'vault.checkPassphrase': tryPassphrase,
    'vault.isWorthless': ({ passphrase }) => isWorthless(passphrase),
    'vault.suggestPassphrase': ({ words }) => suggestPassphrase(words),
  }
}
