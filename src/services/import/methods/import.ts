import { CodedError } from '../../../errors.ts'
import { checkPassphrase } from '../../../vault/key-slots.ts'
import type { Handlers } from '../../../border/dispatch.ts'
import type { ImportMethods, ImportView } from '../../../border/protocol/import.ts'
import { ImportDesk } from '../desk.ts'
import { planImport, type ImportPlan } from '../plan.ts'
import { ImportRun } from '../run.ts'
import { importView } from '../view.ts'
import { Held } from '../../session/held.ts'
import type { Session } from '../../session/session.ts'

/** Imports what other tools made: read, matched, reviewed, stored. Keys are sealed while they are read. */
export function importMethods(session: Session): Pick<Handlers, keyof ImportMethods> {
  let desk: ImportDesk | null = null
  const held = new Held<{ plan: ImportPlan; read: ImportDesk }>(session)
  session.onLock.add(() => {
    desk = null
  })

  async function planned(read: ImportDesk, signal: AbortSignal): Promise<ImportView> {
    const plan = await planImport(session, read, signal)
    return importView(held.hold({ plan, read }), read, plan)
  }

  return {
    async 'import.read'({ files }, call) {
      await session.vault.requireOpen()
      return session.idle.during(async () => {
        const reading = (desk ??= new ImportDesk(session))
        await reading.read(files, call)
        return planned(reading, call.signal)
      })
    },

    async 'import.open'({ file, password }, call) {
      await session.vault.requireOpen()
      if (!desk) throw new CodedError('answer-unknown', null)
      const reading = desk
      return session.idle.during(async () => {
        await reading.open(file, password, call)
        return planned(reading, call.signal)
      })
    },

    'import.clear': () => {
      desk = null
      held.clear()
      return null
    },

    'import.store': ({ token, choice, keyKeeping, actor }, call) =>
      held.use(token, async ({ plan, read }) => {
        await session.begin(actor)
        if (keyKeeping.kind === 'own-passphrase') checkPassphrase(keyKeeping.passphrase)
        const run = new ImportRun({
          session,
          plan,
          choice,
          keyKeeping,
          actor,
          signal: call.signal,
          report: call.progress.bind(call),
        })
        try {
          return await session.idle.during(() => run.run())
        } finally {
          // Stored items would be imported twice: the files must be read again before more of them are stored.
          held.discard(token)
          if (desk === read) desk = null
        }
      }),
  }
}
