import type { BulkAct, BulkMethods as Bulk, BulkWhich } from '../../../border/protocol/bulk.ts'
import { BulkRun } from '../bulk-run.ts'
import type { Call, Handlers } from '../../../border/dispatch.ts'
import type { In, Out } from '../../../border/protocol.ts'
import type { Accepted } from '../../certifying/certified-key.ts'
import { hasNoRight } from '../../../border/failure.ts'
import type { Session } from '../../session/session.ts'
import { rightOfAuthority } from '../../signing/rights.ts'

type BulkMethods = Pick<Handlers, keyof Bulk>

/** Certificates listed one by one in a preview; the rest are counted. */
const NAMED = 200

interface Context {
  readonly session: Session
  /** They end when the vault locks. */
  readonly running: Set<BulkRun>
}

/** Shows what an act would do to each certificate. */
async function planBulk(
  context: Context,
  { which, act }: In<'bulk.plan'>,
  call: Call,
): Promise<Out<'bulk.plan'>> {
  const { session } = context
  const { signal } = call
  await session.vault.requireOpen()
  const ids = await chosen(session, which)
  const plan = await during(context, act, signal, (run) =>
    run.preview(ids, (done) => {
      call.progress({ kind: 'step', step: 'bulk.plan', done, total: ids.length })
    }),
  )
  signal.throwIfAborted()
  return plan
}

/** Does it, with a journal entry before and after. */
async function runBulk(
  context: Context,
  { ids, act, acknowledged, shown = [], signers, actor }: In<'bulk.run'>,
  call: Call,
): Promise<Out<'bulk.run'>> {
  const { session } = context
  await session.begin(actor)
  for (const id of signers ?? []) await requireOpenKey(session, id, { acknowledged, actor })
  call.signal.throwIfAborted()
  const whole = [...new Set(ids)]
  const started = session.draft('batch-started', `${act.kind} · ${String(whole.length)}`, actor)
  await session.commit({ entries: [started], durability: 'strict' })
  return during(context, act, call.signal, async (run) => {
    await run.run(whole, { acknowledged, shown, actor }, (done) => {
      call.progress({ kind: 'step', step: 'bulk.run', done, total: whole.length })
    })
    const count = `${act.kind} · ${String(run.done)}/${String(whole.length)}`
    const finished = session.draft('batch-finished', count, actor)
    // A run ended by the vault's lock can no longer write to the journal.
    await session.commit({ entries: [finished], durability: 'strict' }).catch((error: unknown) => {
      if (!run.isStopped) throw error
    })
    return { done: run.done, made: run.made, refused: run.refused, cancelled: run.isStopped }
  })
}

async function chosen(session: Session, which: BulkWhich): Promise<readonly string[]> {
  if ('ids' in which) return [...new Set(which.ids)]
  return session.inventory.ids(which.query, session.now)
}

/** Runs until done, or until the vault locks or the call is cancelled. */
async function during<T>(
  { session, running }: Context,
  act: BulkAct,
  signal: AbortSignal,
  work: (run: BulkRun) => Promise<T>,
) {
  const run = new BulkRun(session, act, NAMED)
  running.add(run)
  signal.addEventListener('abort', () => {
    run.stop()
  })
  if (signal.aborted) run.stop()
  try {
    return await session.idle.during(() => work(run))
  } finally {
    running.delete(run)
  }
}

/** Reports a locked key before anything is signed; if a CA may not sign, its certificates are left out. */
async function requireOpenKey(session: Session, authorityId: string, accepted: Accepted): Promise<void> {
  try {
    await rightOfAuthority(session, {
      authorityId,
      certificateId: null,
      purpose: 'certificate',
      ...accepted,
    })
  } catch (error) {
    if (!hasNoRight(error)) throw error
  }
}

/** One operation on many certificates. */
export function bulkMethods(session: Session): BulkMethods {
  const running = new Set<BulkRun>()
  session.onLock.add(() => {
    for (const run of running) run.stop()
  })
  const context = { session, running }

  return {
    'bulk.plan': (input, call) => planBulk(context, input, call),
    'bulk.run': (input, call) => runBulk(context, input, call),
  }
}
