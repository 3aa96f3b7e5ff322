import { EXCEPTIONS, type CeremonyKind, type Decision } from '../../../ceremony/events.ts'
import { SIGNING_ACTS } from '../../../ceremony/plan.ts'
import { lintPlan } from '../../../ceremony/lint-plan.ts'
import { readPlan } from '../../../ceremony/plan-file.ts'
import type { Phase } from '../../../ceremony/standing.ts'
import { CodedError } from '../../../errors.ts'
import { utf8 } from '../../../octets.ts'
import { parseRequest } from '../../../x509/request.ts'
import { nameToText } from '../../../x509/name.ts'
import type { Call, Handlers } from '../../../border/dispatch.ts'
import type { In, Out } from '../../../border/protocol.ts'
import type { Session } from '../../session/session.ts'
import type { CeremonyFile } from '../../../vault/ceremony-store.ts'
import { forgetRehearsal } from '../../session/aside.ts'
import { readableRequests } from '../../requests/methods/request.ts'
import { readFiles } from '../../files/reading.ts'
import { requirePerson, requireReason, requireSame, saidBy, typedText } from '../answers.ts'
import { endWith, storedBefore } from '../found.ts'
import { HeldCeremony } from '../held.ts'
import { authorityFor } from '../existing.ts'
import { actorOf } from '../objects.ts'
import { keptOf } from '../rehearsed.ts'
import { CeremonyRun, objectFileOfRequest, PLAN_FILE } from '../run.ts'
import { prepareStep, signStep } from '../signing.ts'
import { requireKind, requireVault, vaultOf, viewOf } from '../view.ts'
import { enrolByName } from '../witnesses.ts'
import { planFormMethods } from './plan-form.ts'
import { recordMethods } from './record.ts'
import { sha256Hex } from '../../../webcrypto/signature.ts'

type CeremonyMethods = Pick<Handlers, Extract<keyof Handlers, `ceremony.${string}`>>
type TurnMethods = Omit<CeremonyMethods, 'ceremony.readPlan' | keyof typeof planFormMethods>

async function readPlanFile(
  { now }: Session,
  { file }: In<'ceremony.readPlan'>,
): Promise<Out<'ceremony.readPlan'>> {
  const read = readPlan(file)
  if ('faults' in read) return { plan: null, faults: read.faults }
  return { plan: read.plan, sha256: await sha256Hex(file), findings: lintPlan(read.plan, new Date(now)) }
}

async function view(held: HeldCeremony): Promise<Out<'ceremony.view'>> {
  const run = await held.current()
  return run && viewOf(held.session, run)
}

const shown = async (held: HeldCeremony): Promise<Out<'ceremony.open'>> =>
  viewOf(held.session, await held.required())

async function open(
  held: HeldCeremony,
  { kind, plan: file, sealed, policy, place }: In<'ceremony.open'>,
): Promise<Out<'ceremony.open'>> {
  const { session } = held
  const build = await sha256Hex(utf8(policy))
  const before = await held.current()
  if (before && !isOver(before)) throw new CodedError('ceremony-running', null)
  const read = readPlan(file)
  if ('faults' in read) throw new CodedError('ceremony-plan', { faults: read.faults.length })
  const { plan } = read
  const errors = lintPlan(plan, new Date(session.now)).filter(({ severity }) => severity === 'error')
  if (errors.length > 0) throw new CodedError('ceremony-plan', { faults: errors.length })
  const sha256 = await sha256Hex(file)
  const kept: readonly CeremonyFile[] = kind === 'live' ? await keptOf(sealed, sha256, build, before) : []
  const store = await held.store()
  const files = [{ name: PLAN_FILE, bytes: file }, ...kept] as const satisfies readonly CeremonyFile[]
  const opened = {
    ...{ kind, plan: sha256, build, place: typedText(place), before: plan.previous },
    sealed: kept[0] ? await sha256Hex(kept[0].bytes) : null,
    people: plan.people.map(({ id }) => id),
    names: plan.people.map(({ name }) => name),
  }
  if (kind === 'rehearsal') {
    // The vault of the rehearsal before may still be the one of this tab.
    await session.leaveAside()
    await forgetRehearsal(session.mainName)
  }
  held.set(await CeremonyRun.begin(store, () => session.now, files, opened))
  await enterVault(session, kind)
  return shown(held)
}

const isOver = (run: CeremonyRun): boolean => ['completed', 'aborted'].includes(run.standing.phase)

async function enterVault(session: Session, kind: CeremonyKind): Promise<void> {
  if (kind === 'rehearsal' && session.kind !== 'rehearsal') await session.enterAside('rehearsal')
  if (kind === 'live') await session.leaveAside()
}

async function enter(held: HeldCeremony): Promise<Out<'ceremony.enter'>> {
  const run = await held.required()
  await enterVault(held.session, run.kind)
  return shown(held)
}

/** The vault must be the ceremony's. Rejects with 'ceremony-vault'. */
async function begin(held: HeldCeremony, { step }: In<'ceremony.begin'>): Promise<Out<'ceremony.begin'>> {
  const run = await held.required()
  await enterVault(held.session, run.kind)
  await run.beginStep(step)
  return shown(held)
}

async function answer(held: HeldCeremony, input: In<'ceremony.answer'>): Promise<Out<'ceremony.answer'>> {
  const run = await held.required()
  const step = run.doing(input.step, input.answer.act)
  if (input.answer.act === 'request') {
    const der = held.brought.get(step.on ?? '')
    if (!der) throw new CodedError('ceremony-request', { request: step.on ?? '' })
    requirePerson(run.plan, input.answer.readBy)
    const said = { object: step.on!, ...(await sumsOf(der)), readBy: input.answer.readBy }
    await run.endStep(step.id, said, [{ name: objectFileOfRequest(step.on!), bytes: der }])
  } else {
    const said = await saidBy(run, input.answer, held.session.now)
    if (input.answer.act === 'roll-call') await enrolByName(run, input.answer.present)
    await run.endStep(step.id, said)
  }
  return shown(held)
}

async function sumsOf(der: Uint8Array): Promise<{ sha256: string; spki: string }> {
  const { spki } = parseRequest(der)
  return { sha256: await sha256Hex(der), spki: await sha256Hex(spki.der) }
}

async function vaultOpened(
  held: HeldCeremony,
  { step: id, how }: In<'ceremony.vaultOpened'>,
): Promise<Out<'ceremony.vaultOpened'>> {
  const run = await held.required()
  const step = run.doing(id, 'vault')
  requireVault(held.session, run)
  await run.endStep(step.id, { opened: how === 'made' ? 'made' : 'unlocked' })
  return shown(held)
}

/** One request, in any container. Rejects with 'ceremony-other' if it is not the planned one. */
async function bring(
  held: HeldCeremony,
  { step: id, files }: In<'ceremony.bring'>,
  call: Call,
): Promise<Out<'ceremony.bring'>> {
  const run = await held.required()
  const step = run.doing(id, 'request')
  const planned = run.plan.requests.find((request) => request.id === step.on)
  const { items } = await readFiles(files, { privateKeys: 'match' }, call)
  const [first, ...others] = readableRequests(items).read
  if (others.length > 0) throw new CodedError('ceremony-requests', { count: others.length + 1 })
  if (!planned || !first) throw new CodedError('ceremony-request', { request: step.on ?? '' })
  const { request } = first
  const sums = await sumsOf(request.der)
  requireSame('request', planned.sha256, sums.sha256)
  held.brought.set(planned.id, request.der)
  return { ...sums, subject: nameToText(request.subject) }
}

async function prepare(
  held: HeldCeremony,
  { step: id }: In<'ceremony.prepare'>,
  call: Call,
): Promise<Out<'ceremony.prepare'>> {
  const context = await held.context()
  const step = context.run.doing(id, ...SIGNING_ACTS)
  requireVault(held.session, context.run)
  await recallRequests(held, context.run)
  const { view, pending } = await prepareStep(context, step, call)
  held.pending = pending
  return view
}

/** What was brought before this page was opened. */
async function recallRequests(held: HeldCeremony, run: CeremonyRun): Promise<void> {
  for (const { id } of run.plan.requests) {
    const der = held.brought.get(id) ?? (await run.store.file(objectFileOfRequest(id)))
    if (der) held.brought.set(id, der)
  }
}

async function sign(
  held: HeldCeremony,
  { step: id, token }: In<'ceremony.sign'>,
  call: Call,
): Promise<Out<'ceremony.sign'>> {
  const context = await held.context()
  context.run.doing(id, ...SIGNING_ACTS)
  requireVault(held.session, context.run)
  const { pending } = held
  if (pending?.token !== token || pending.step.id !== id) throw new CodedError('token-used', null)
  held.pending = null
  if (await storedBefore(held.session, context.run)) throw new CodedError('ceremony-found', null)
  await signStep(context, pending, call)
  return shown(held)
}

async function destroy(
  held: HeldCeremony,
  { step: id, vaultPassphrase }: In<'ceremony.destroy'>,
  call: Call,
): Promise<Out<'ceremony.destroy'>> {
  const context = await held.context()
  const { run, session, handlers } = context
  const step = run.doing(id, 'destroy')
  requireVault(session, run)
  const planned = run.plan.destructions.find((each) => each.id === step.on)
  if (!planned) throw new CodedError('ceremony-issuer', { issuer: step.on ?? '' })
  const authorityId = await authorityFor(context, step, planned.authority, call)
  const { commonName, subject, key } = await session.inventory.authority(authorityId)
  const typedName = commonName ?? subject ?? authorityId
  // This step was interrupted once the key was gone: that cannot be done again, and need not.
  const isDone = key === 'destroyed' && run.tries(step.id) > 1
  if (!isDone)
    await handlers['authority.destroyKey'](
      { authorityId, typedName, seen: [], vaultPassphrase, actor: actorOf(run, step) },
      call,
    )
  try {
    await run.endStep(step.id, { authority: planned.authority })
  } catch (error) {
    run.leaveStep()
    throw error
  }
  return shown(held)
}

async function close(held: HeldCeremony, { step: id }: In<'ceremony.close'>): Promise<Out<'ceremony.close'>> {
  const run = await held.required()
  const step = run.doing(id, 'close')
  // Another vault would be locked, and this one stay open in the other tab.
  requireKind(held.session, run)
  await held.session.lock('asked')
  await run.endStep(step.id, { locked: true })
  return shown(held)
}

/** When the room may decide what. */
const DECIDED_IN: Readonly<Record<Decision, readonly Phase[]>> = {
  again: ['doing', 'interrupted'],
  found: ['doing', 'interrupted'],
  'go-on': ['ready', 'doing', 'interrupted', 'break', 'done'],
  abort: ['ready', 'doing', 'interrupted', 'break', 'done'],
}

/** What the step was about to sign, if it is stored: only the vault knows. Rejects with 'ceremony-vault'. */
async function storedSoFar(held: HeldCeremony, run: CeremonyRun): ReturnType<typeof storedBefore> {
  const { session } = held
  if (run.standing.signing.length === 0) return null
  // With the vault all was lost that it had signed and stored.
  if ((await vaultOf(session, run)) === 'lost') return null
  requireVault(session, run)
  return storedBefore(session, run)
}

async function except(
  held: HeldCeremony,
  { why, decision, text, by }: In<'ceremony.except'>,
): Promise<Out<'ceremony.except'>> {
  const run = await held.required()
  requirePerson(run.plan, by)
  requireReason(text)
  // What differs is found by the page alone.
  if (why === 'differs' || !EXCEPTIONS.includes(why))
    throw new Error('an exception of a kind that nobody decides')
  run.requirePhase(...DECIDED_IN[decision])
  const stored = decision === 'again' || decision === 'found' ? await storedSoFar(held, run) : null
  if (decision === 'found' && !stored) throw new CodedError('ceremony-not-found', null)
  // Nothing is signed twice.
  if (decision === 'again' && stored) throw new CodedError('ceremony-found', null)
  await run.except({ why, decision, text: typedText(text), by })
  if (decision === 'found' && stored) await endWith(run, stored)
  return shown(held)
}

async function abort(held: HeldCeremony, { text, by }: In<'ceremony.abort'>): Promise<Out<'ceremony.abort'>> {
  const run = await held.required()
  requirePerson(run.plan, by)
  requireReason(text)
  if (isOver(run)) throw new CodedError('ceremony-not-over', null)
  await run.add('aborted', { text: typedText(text), by })
  return shown(held)
}

async function pause(held: HeldCeremony, { text }: In<'ceremony.pause'>): Promise<Out<'ceremony.pause'>> {
  const run = await held.required()
  run.requirePhase('ready', 'doing', 'interrupted')
  await run.add('break', { text: typedText(text) })
  return shown(held)
}

async function resume(held: HeldCeremony): Promise<Out<'ceremony.resume'>> {
  const run = await held.required()
  run.requirePhase('break')
  await run.add('resumed', {})
  return shown(held)
}

async function forget(held: HeldCeremony): Promise<Out<'ceremony.forget'>> {
  // What cannot be read cannot be ended first.
  const run = await held.readable()
  if (run && !isOver(run)) throw new CodedError('ceremony-running', null)
  await held.session.leaveAside()
  await forgetRehearsal(held.session.mainName)
  await (await held.store()).clear()
  held.set(null)
  return null
}

/** A ceremony by its plan: rehearsed in a vault that is thrown away, live in this browser's own. */
export function ceremonyMethods(session: Session, handlers: () => Handlers): CeremonyMethods {
  let made: HeldCeremony | null = null
  const held = (): HeldCeremony => (made ??= new HeldCeremony(session, handlers()))
  return {
    'ceremony.readPlan': (input) => readPlanFile(session, input),
    ...planFormMethods,
    ...inTurn(held, {
      'ceremony.view': () => view(held()),
      'ceremony.open': (input) => open(held(), input),
      'ceremony.enter': () => enter(held()),
      'ceremony.begin': (input) => begin(held(), input),
      'ceremony.answer': (input) => answer(held(), input),
      'ceremony.vaultOpened': (input) => vaultOpened(held(), input),
      'ceremony.bring': (input, call) => bring(held(), input, call),
      'ceremony.prepare': (input, call) => prepare(held(), input, call),
      'ceremony.sign': (input, call) => sign(held(), input, call),
      'ceremony.destroy': (input, call) => destroy(held(), input, call),
      'ceremony.close': (input) => close(held(), input),
      'ceremony.except': (input) => except(held(), input),
      'ceremony.pause': (input) => pause(held(), input),
      'ceremony.resume': () => resume(held()),
      'ceremony.abort': (input) => abort(held(), input),
      'ceremony.forget': () => forget(held()),
      ...recordMethods(held, shown),
    }),
  }
}

/** The same methods, of which one runs at a time. */
function inTurn(held: () => HeldCeremony, methods: TurnMethods): TurnMethods {
  const each = Object.entries(methods) as [string, (input: unknown, call: Call) => Promise<unknown>][]
  return Object.fromEntries(
    each.map(([name, method]) => [
      name,
      (input: unknown, call: Call) => held().inTurn(() => method(input, call)),
    ]),
  ) as unknown as TurnMethods
}
