import { CodedError } from '../../../errors.ts'
import { checkPassphrase } from '../../../vault/key-slots.ts'
import type { Call, Handlers } from '../../../border/dispatch.ts'
import type { In, Out } from '../../../border/protocol.ts'
import type { ImportMethods, ImportView } from '../../../border/protocol/import.ts'
import { ImportDesk } from '../desk.ts'
import { planImport, type ImportPlan } from '../plan.ts'
import { ImportRun } from '../run.ts'
import { importView } from '../view.ts'
import { Held } from '../../session/held.ts'
import type { Session } from '../../session/session.ts'

interface Context {
  readonly session: Session
  /** What was read since the last import; null if nothing. */
  desk: ImportDesk | null
  readonly held: Held<{ plan: ImportPlan; read: ImportDesk }>
}

async function read(context: Context, { files }: In<'import.read'>, call: Call): Promise<ImportView> {
  const { session } = context
  await session.vault.requireOpen()
  return session.idle.during(async () => {
    const reading = (context.desk ??= new ImportDesk(session))
    await reading.read(files, call)
    return planned(context, reading, call.signal)
  })
}

async function open(
  context: Context,
  { file, password }: In<'import.open'>,
  call: Call,
): Promise<ImportView> {
  const { session } = context
  await session.vault.requireOpen()
  const reading = context.desk
  if (!reading) throw new CodedError('answer-unknown', null)
  return session.idle.during(async () => {
    await reading.open(file, password, call)
    return planned(context, reading, call.signal)
  })
}

async function planned(
  { session, held }: Context,
  read: ImportDesk,
  signal: AbortSignal,
): Promise<ImportView> {
  const plan = await planImport(session, read, signal)
  return importView(held.hold({ plan, read }), read, plan)
}

function clear(context: Context): null {
  context.desk = null
  context.held.clear()
  return null
}

function store(
  context: Context,
  { token, choice, keyKeeping, actor }: In<'import.store'>,
  call: Call,
): Promise<Out<'import.store'>> {
  const { session, held } = context
  return held.use(token, async ({ plan, read }) => {
    await session.begin(actor)
    if (keyKeeping.kind === 'own-passphrase') checkPassphrase(keyKeeping.passphrase)
    const { signal } = call
    const report = call.progress.bind(call)
    const run = new ImportRun({ session, plan, choice, keyKeeping, actor, signal, report })
    try {
      return await session.idle.during(() => run.run())
    } finally {
      // Stored items would be imported twice: the files must be read again before more of them are stored.
      held.discard(token)
      if (context.desk === read) context.desk = null
    }
  })
}

/** Imports what other tools made: read, matched, reviewed, stored. Keys are sealed while they are read. */
export function importMethods(session: Session): Pick<Handlers, keyof ImportMethods> {
  const context: Context = { session, desk: null, held: new Held(session) }
  session.onLock.add(() => {
    context.desk = null
  })

  return {
    'import.read': (input, call) => read(context, input, call),
    'import.open': (input, call) => open(context, input, call),
    'import.clear': () => clear(context),
    'import.store': (input, call) => store(context, input, call),
  }
}
