import { CodedError } from '../../../errors.ts'
import { BatchRun } from '../batch-run.ts'
import type { Call, Handlers } from '../../../border/dispatch.ts'
import type { In, Out } from '../../../border/protocol.ts'
import { issuingAuthority, newId, rightToIssue } from '../../certifying/certified-key.ts'
import type { Session } from '../../session/session.ts'
import type { BatchResult } from '../../../border/views.ts'
import { planOf, readTable, type TableRow } from '../table.ts'
import { tryRows } from '../trial.ts'
import { callingName } from '../../../x509/calling-name.ts'
import { checkKeeping } from './issue.ts'
import { profileOf } from '../../certifying/methods/profile.ts'

type BatchMethods = Pick<Handlers, Extract<keyof Handlers, `batch.${string}`>>

interface Context {
  readonly session: Session
  /** By their ids; they end when the vault locks. */
  readonly running: Map<string, BatchRun>
}

async function readBatch(
  session: Session,
  { table, profileId, authorityId, keyAlgorithm, validity }: In<'batch.read'>,
  call: Call,
): Promise<Out<'batch.read'>> {
  const profile = await profileOf(session, profileId)
  const read = readTable(table, profile)
  if (authorityId === null) return planOf(read)
  const issuer = await issuingAuthority(session, authorityId)
  const wishes = { validity, signature: null, extensions: {} }
  const { problems, warned } = await session.idle.during(() =>
    tryRows(read.rows, { session, profile, issuer, keyAlgorithm, wishes }, call),
  )
  const refused = new Set(problems.map(({ line }) => line))
  const rows = read.rows.filter(({ line }) => !refused.has(line))
  return {
    ...planOf({ ...read, rows, problems: [...read.problems, ...problems] }),
    warned,
    against: issuer.against,
  }
}

async function startBatch(
  { session, running }: Context,
  input: In<'batch.start'>,
  call: Call,
): Promise<Out<'batch.start'>> {
  const { actor } = input
  await session.begin(actor)
  const [profile, issuer] = await Promise.all([
    profileOf(session, input.profileId),
    issuingAuthority(session, input.authorityId),
  ])
  const keeping = { caKey: { kind: 'vault' }, endEntityKey: input.keys, actor } as const
  await checkKeeping(session, keeping, callingName(issuer.certificate))
  const right = await rightToIssue(session, issuer, input, input.shown ?? [])
  call.signal.throwIfAborted()
  const { rows, problems } = readTable(input.table, profile)
  const report = call.progress.bind(call)
  const run = new BatchRun(newId(), { session, input, profile, issuer, right, report })
  run.problems.push(...problems)
  running.set(run.id, run)
  call.signal.addEventListener('abort', () => {
    run.stop()
  })
  try {
    const started = session.draft('batch-started', `${String(rows.length)} · ${profile.id}`, actor)
    await session.commit({ entries: [started], durability: 'strict' })
    await session.idle.during(() => run.run(rows))
  } finally {
    running.delete(run.id)
  }
  const count = `${String(run.issued.length)}/${String(rows.length)}`
  const why = run.stoppedBy?.code
  // A batch that ended because the vault was locked can no longer write to the journal.
  const finished = { ...session.draft('batch-finished', count, actor), ...(why && { reason: why }) }
  await session
    .commit({ entries: [...run.unwritten, finished], durability: 'strict' })
    .catch((error: unknown) => {
      if (!run.isStopped) throw error
    })
  return {
    batchId: run.id,
    issued: run.issued.length,
    certificateIds: run.issued.map(({ certificateId }) => certificateId),
    problems: [...run.problems].sort((a, b) => a.line - b.line),
    stopped: stopOf(run, run.leftOf(rows)),
    made: issuedFiles(run, new Date(session.now)),
  }
}

function issuedFiles({ files, issued }: BatchRun, at: Date): BatchResult['made'] {
  return issued.length === 0
    ? null
    : {
        files: files.map(({ name, bytes }) => ({ name, bytes })),
        issued: issued.map(({ line, subject, serialNumber }) => ({ line, subject, serialNumber })),
        at,
      }
}

function pause(running: Context['running'], { batchId }: In<'batch.pause'>): Out<'batch.pause'> {
  find(running, batchId).pause()
  return null
}

function resume(running: Context['running'], { batchId }: In<'batch.resume'>): Out<'batch.resume'> {
  find(running, batchId).resume()
  return null
}

function find(running: Context['running'], batchId: string): BatchRun {
  const run = running.get(batchId)
  if (!run) throw new CodedError('batch-unknown', { batchId })
  return run
}

/** A batch stopped with nothing left to do counts as complete. */
function stopOf({ stoppedBy }: BatchRun, left: readonly TableRow[]): BatchResult['stopped'] {
  const [first] = left
  return first ? { left: left.length, fromLine: first.line, why: stoppedBy } : null
}

/** Many certificates from one table. */
export function batchMethods(session: Session): BatchMethods {
  const running = new Map<string, BatchRun>()
  session.onLock.add(() => {
    for (const run of running.values()) run.end(new CodedError('vault-locked', null))
  })
  const context = { session, running }

  return {
    'batch.read': (input, call) => readBatch(session, input, call),
    'batch.start': (input, call) => startBatch(context, input, call),
    'batch.pause': (input) => pause(running, input),
    'batch.resume': (input) => resume(running, input),
  }
}
