import { isCodedError } from '../../../errors.ts'
import {
  makeBackup,
  openBackup,
  readBackup,
  restoreBackup,
  summarizeBackup,
  type BackupSummary as StoredSummary,
} from '../../../vault/backup.ts'
import { checkAll, soundHead } from '../../../vault/check.ts'
import { checkPassphrase } from '../../../vault/key-slots.ts'
import { isWorthless } from '../../../vault/passphrase-rule.ts'
import { suggestPassphrase } from '../../../vault/suggestion.ts'
import { placeOf } from '../backup-place.ts'
import type { Handlers } from '../../../border/dispatch.ts'
import type { Session } from '../../session/session.ts'
import { untilCancelled } from '../../shared/until-cancelled.ts'
import type { Actor, BackupSummary, ExportFile } from '../../../border/views.ts'

type VaultMethods = Pick<Handlers, Extract<keyof Handlers, `vault.${string}`>>

const TOUCH_INTERVAL = 5_000

/** The vault itself: its passphrases, its lock, its backups. */
export function vaultMethods(session: Session, enterSample: () => Promise<void>): VaultMethods {
  let lastTold = 0
  const status = () => session.status()
  const remark = (actor: Actor) => actor.remark ?? ''

  /** Journals a wrong passphrase typed into a form. */
  async function refusing<T>(actor: Actor, act: () => Promise<T>): Promise<T> {
    try {
      return await act()
    } catch (error) {
      if (isCodedError(error, 'passphrase-wrong'))
        await session.refuse('passphrase-refused', '', actor, error.code)
      throw error
    }
  }

  return {
    'vault.status': status,

    async 'vault.create'({ actor, ...input }, { signal }) {
      await session.vault.create({ ...input, who: actor.who, remark: remark(actor), signal })
      return status()
    },

    async 'vault.unlock'({ passphrase, place, actor }, { signal }) {
      try {
        const unlocking = session.vault.unlock(passphrase, actor.who, remark(actor), signal, place)
        await untilCancelled(unlocking, signal)
      } finally {
        // If it opened it is checked, even if its entry could not be written.
        session.checkInBackground()
      }
      return status()
    },

    async 'vault.lock'() {
      await session.lock('asked')
      return session.statusWhenLocked()
    },

    async 'vault.changePassphrase'({ slotId, current, next, actor }, { signal }) {
      await session.begin(actor)
      await refusing(actor, () =>
        session.vault.changePassphrase(slotId, current, next, actor.who, remark(actor), signal),
      )
      return status()
    },

    async 'vault.addPassphrase'({ current, next, label, actor }, { signal }) {
      await session.begin(actor)
      await refusing(actor, () =>
        session.vault.addPassphrase(current, next, label, actor.who, remark(actor), signal),
      )
      return status()
    },

    async 'vault.removeSlot'({ slotId, current, actor }, { signal }) {
      await session.begin(actor)
      await refusing(actor, () => session.vault.removeSlot(slotId, current, actor.who, remark(actor), signal))
      return status()
    },

    async 'vault.rekey'({ kept, actor }, call) {
      await session.begin(actor)
      await refusing(actor, () =>
        session.vault.rekey(kept, actor.who, remark(actor), {
          signal: call.signal,
          progress: (done, total) => {
            call.progress({ kind: 'step', step: 'rekey', done, total })
          },
        }),
      )
      return status()
    },

    async 'vault.confirmEarlier'({ seen, actor }) {
      await session.begin(actor)
      const here = (await session.vault.state()).head?.revision ?? 0
      const entry = session.draft('earlier-state-confirmed', `${String(here)} < ${String(seen)}`, actor)
      await session.commit({ entries: [entry], durability: 'strict' })
      return status()
    },

    async 'vault.setIdle'({ minutes, actor }) {
      await session.begin(actor)
      const idleMinutes = Math.min(Math.max(Math.round(minutes), 1), 24 * 60)
      const change = `${String(session.vault.settings.idleMinutes)} → ${String(idleMinutes)}`
      await session.vault.changeSettings({ idleMinutes }, [session.draft('settings-changed', change, actor)])
      session.idle.watch(idleMinutes)
      return status()
    },

    'vault.touch'() {
      session.idle.touch()
      if (session.now - lastTold > TOUCH_INTERVAL) {
        lastTold = session.now
        void session.vault.tellActive()
      }
      const { locksAt } = session.idle
      return { locksAt: locksAt === null ? null : new Date(locksAt) }
    },

    async 'vault.check'(_input, call) {
      const open = await session.vault.requireOpen()
      const result = await checkAll(open, {
        signal: call.signal,
        progress: (done, total) => {
          call.progress({ kind: 'step', step: 'check', done, total })
        },
      })
      session.vault.setProblems(result.problems)
      return result
    },

    async 'vault.setPersisted'({ persisted }) {
      if (session.vault.opened?.isReadOnly === false) await session.vault.changeSettings({ persisted })
      return status()
    },

    async 'vault.enterSample'() {
      await enterSample()
      return status()
    },

    async 'vault.leaveSample'() {
      await session.leaveSample()
      return status()
    },

    async 'vault.backup'({ passphrase, place = '', actor }, { signal }) {
      const open = await session.beginReading(actor)
      if (passphrase !== null) checkPassphrase(passphrase)
      const iterations = passphrase === null ? 0 : await session.vault.iterations()
      const own =
        passphrase === null
          ? null
          : ({ kind: 'passphrase', passphrase, label: 'backup', iterations } as const)
      const at = session.now
      // The entry precedes the backup, which then contains its own record; a cancel must precede the entry.
      const enter = async (): Promise<void> => {
        signal.throwIfAborted()
        if (open.isReadOnly) return
        const entry = session.draft('backup-made', place, actor)
        await session.vault.changeSettings(
          (backupRevision) => ({ lastBackupAt: at, backupRevision }),
          [entry],
        )
      }
      const bytes = await makeBackup(open, own, at, enter)
      const head = await soundHead(open)
      const content = await readBackup(bytes, open.keys, passphrase)
      return {
        file: backupFile(bytes, at),
        summary: summaryView(await summarizeBackup(content, { open, head }), await placeOf(content)),
      }
    },

    async 'vault.checkBackup'({ file, passphrase }, { signal }) {
      const content = await untilCancelled(openBackup(file, passphrase, signal), signal)
      const open = session.vault.opened
      const present = open && { open, head: await soundHead(open) }
      return summaryView(await summarizeBackup(content, present), await placeOf(content))
    },

    async 'vault.restore'({ file, passphrase, replace, place, actor }, { signal }) {
      const { vault: before } = session
      const asked = before.locks
      const content = await untilCancelled(openBackup(file, passphrase, signal), signal)
      const summary = summaryView(await summarizeBackup(content, null), await placeOf(content))
      // Writing starts here, and is not left half done.
      signal.throwIfAborted()
      before.requireNotLockedSince(asked)
      await session.leaveSample()
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
      // If one of the vault's own passphrases opened the backup, it opens the restored vault too.
      if (content.keys && !wasLocked)
        await vault.unlock(passphrase, actor.who, remark(actor), undefined, place)
      return { status: await status(), summary }
    },

    'vault.checkPassphrase'({ passphrase }) {
      checkPassphrase(passphrase)
      return null
    },

    'vault.isWorthless': ({ passphrase }) => isWorthless(passphrase),

    'vault.suggestPassphrase': ({ words }) => suggestPassphrase(words),
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
