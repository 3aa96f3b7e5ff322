/** Preparing and signing what a step of a ceremony signs. */
import type { Said } from '../../ceremony/events.ts'
import type { Step } from '../../ceremony/plan.ts'
import { tbsOf } from '../../ceremony/tbs-fields.ts'
import { CodedError } from '../../errors.ts'
import type { FindingCode } from '../../findings.ts'
import { sameOctets } from '../../octets.ts'
import type { CeremonyFile } from '../../vault/ceremony-store.ts'
import { schemeOf } from '../../webcrypto/algorithms.ts'
import { calledIn } from '../../x509/calling-name.ts'
import { parseCertificate } from '../../x509/certificate.ts'
import { assembleSigned } from '../../x509/encode.ts'
import { serialOf } from '../../x509/serial-number.ts'
import { encodeSignatureAlgorithm } from '../../x509/signature-algorithms.ts'
import type { Call } from '../../border/dispatch.ts'
import type { ToSign } from '../../border/protocol/ceremony.ts'
import { draftLists } from '../lists/signing.ts'
import { storedAuthority } from '../lists/revoked.ts'
import { newId } from '../shared/new-id.ts'
import {
  actorOf,
  examine,
  issueInput,
  listsInput,
  plannedCertificate,
  plannedLists,
  quietly,
  type CeremonyContext,
  type Drafted,
  type Examined,
  type LookedAt,
} from './objects.ts'
import { authorityFor } from './existing.ts'
import { draftedResponses, endResponses, signedResponses } from './responses.ts'
import { objectFile, type CeremonyRun } from './run.ts'
import { keyTypeFor } from './throw-away.ts'
import { sha256Hex } from '../../webcrypto/signature.ts'

/** What was prepared, and how it is signed. */
export interface Pending {
  readonly step: Step
  readonly token: string
  readonly examined: readonly Examined[]
  readonly warnings: readonly FindingCode[]
}

export const listObject = (lists: string, i: number): string => `${lists}-${String(i + 1)}`

/** Prepares what the step signs, and compares it; a difference is noted, and ends the ceremony. */
export async function prepareStep(
  context: CeremonyContext,
  step: Step,
  call: Call,
): Promise<{ view: ToSign; pending: Pending | null }> {
  const drafted = await draftedBy(context, step, call)
  const examined: Examined[] = []
  for (const one of drafted.objects) examined.push(await examine(context, one))
  const objects = examined.map(({ view }) => view)
  await stopWhereDifferent(context.run, objects)
  const isSound = examined.every((one) => one.isSound)
  if (!isSound || drafted.token === null) return { view: { token: null, objects }, pending: null }
  const { token, warnings } = drafted
  return { view: { token, objects }, pending: { step, token, examined, warnings } }
}

interface DraftedStep {
  readonly objects: readonly Drafted[]
  readonly token: string | null
  readonly warnings: readonly FindingCode[]
}

async function draftedBy(context: CeremonyContext, step: Step, call: Call): Promise<DraftedStep> {
  if (step.act === 'lists') return draftedLists(context, step, call)
  if (step.act !== 'responses') return draftedOne(context, step, call)
  return { objects: await draftedResponses(context, step, call), token: newId(), warnings: [] }
}

/** The certificate signed with a throw-away key: linted, and read by both readers, as it would be. */
async function draftedOne(context: CeremonyContext, step: Step, call: Call): Promise<DraftedStep> {
  const { handlers, throwAway } = context
  const planned = plannedCertificate(context.run, step)
  const issuer = planned.issuer === null ? null : await authorityFor(context, step, planned.issuer, call)
  const input = await issueInput(context, planned, issuer)
  const prepared = await handlers['issue.prepare'](input, quietly(call))
  const { token, warnings, fields, findings, name } = prepared
  const tbs = tbsOf(prepared.der)
  const algorithm = encodeSignatureAlgorithm(planned.signature)
  const { key } = await throwAway.of(keyTypeFor(planned.signature))
  const der = assembleSigned(tbs, algorithm, await key.sign(schemeOf(planned.signature), tbs))
  const object: Drafted = { object: planned.id, kind: 'certificate', name, der, fields, findings }
  return { objects: [object], token, warnings }
}

/** Lists signed with a throw-away key of the CA's kind. */
async function draftedLists(context: CeremonyContext, step: Step, call: Call): Promise<DraftedStep> {
  const { session, run, throwAway } = context
  const authorityId = await authorityFor(context, step, plannedLists(run, step).issuer, call)
  const input = listsInput(run, step, authorityId)
  const { certificate } = await storedAuthority(session, input.authorityId)
  const { keyType } = certificate.spki
  if (keyType === null) throw new CodedError('ceremony-issuer', { issuer: plannedLists(run, step).issuer })
  const lists = await draftLists(session, input, await throwAway.of(keyType), call)
  const { count, id } = plannedLists(run, step)
  // A schedule ends early where the CA does: the plan has as many as it says, or none.
  if (lists.length !== count)
    throw new CodedError('ceremony-lists', { planned: count, possible: lists.length })
  const objects = lists.map(({ list, number, thisUpdate, nextUpdate }, i): Drafted => ({
    object: listObject(id, i),
    kind: 'list',
    name: calledIn(certificate).name,
    der: list.der,
    fields: [
      { field: 'cRLNumber', value: String(number), from: 'operator' },
      { field: 'thisUpdate', value: thisUpdate.toISOString(), from: 'operator' },
      { field: 'nextUpdate', value: nextUpdate.toISOString(), from: 'operator' },
      { field: 'revokedCertificates', value: String(list.revokedCertificates.count), from: 'computed' },
    ],
    findings: [],
  }))
  return { objects, token: newId(), warnings: [] }
}

/** A difference is written down by the page itself, and nothing can be signed any more. */
async function stopWhereDifferent(run: CeremonyRun, objects: ToSign['objects']): Promise<void> {
  const [first] = objects.filter(({ difference }) => difference !== null)
  if (!first?.difference) return
  const { field, expectedAt, actualAt, expected, actual } = first.difference
  const text = `${first.object} ${field} ${String(expectedAt)} ${expected} ${String(actualAt)} ${actual}`
  await run.except({ why: 'differs', decision: 'abort', text, by: '' })
}

/** Signs what was prepared, and ends the step. What is signed has the octets that were looked at, or it is said. */
export async function signStep(context: CeremonyContext, pending: Pending, call: Call): Promise<void> {
  const { run } = context
  const { step, examined } = pending
  await passed(run, step)
  for (const { view } of examined)
    await run.add('signing', { object: view.object, tbs: view.tbs }, { step: step.id })
  try {
    if (step.act === 'lists') await signLists(context, pending, call)
    else if (step.act === 'responses') await signResponses(context, pending, call)
    else await signCertificate(context, pending, call)
  } catch (error) {
    // It may be signed and stored, or not: as after any other interruption, the room looks first.
    run.leaveStep()
    throw error
  }
}

/** From here on aborting is not undoing. */
async function passed(run: CeremonyRun, step: Step): Promise<void> {
  const { passed } = run.standing
  if (run.kind === 'rehearsal') return
  const isNewKey =
    step.act === 'certificate' && run.plan.keys.some(({ id }) => id === plannedCertificate(run, step).key)
  if (isNewKey && !passed.has('key')) await run.add('no-return', { of: 'key' }, { step: step.id })
  if (!passed.has('signature')) await run.add('no-return', { of: 'signature' }, { step: step.id })
}

async function signCertificate(
  context: CeremonyContext,
  { step, token, examined, warnings }: Pending,
  call: Call,
) {
  const { handlers, run } = context
  const [one] = examined
  const issued = await handlers['issue.sign'](
    {
      token,
      acknowledged: warnings,
      caKey: { kind: 'vault' },
      endEntityKey: { kind: 'sealed' },
      actor: actorOf(run, step),
    },
    quietly(call),
  )
  requireSame(one!, issued.der)
  await endCertificate(run, step, one!.view, issued)
}

/** The line that ends a step that signs a certificate. */
export async function endCertificate(
  run: CeremonyRun,
  step: Step,
  { object, tbs, masked, reread }: LookedAt,
  { der, certificateId, authorityId }: { der: Uint8Array; certificateId: string; authorityId: string | null },
): Promise<void> {
  const certificate = parseCertificate(der)
  const said: Said['certificate'] = {
    ...{ object, sha256: await sha256Hex(der), tbs, masked },
    serial: serialOf(certificate),
    spki: await sha256Hex(certificate.spki.der),
    ...{ reread, record: certificateId, authority: authorityId },
  }
  await run.endStep(step.id, { ...said }, [{ name: objectFile(object, 'certificate'), bytes: der }])
}

async function signLists(context: CeremonyContext, { step, examined }: Pending, call: Call): Promise<void> {
  const { handlers, run } = context
  const authorityId = await authorityFor(context, step, plannedLists(run, step).issuer, call)
  const { signed } = await handlers['list.sign'](listsInput(run, step, authorityId), quietly(call))
  if (signed.length !== examined.length)
    throw new CodedError('ceremony-lists', { planned: examined.length, possible: signed.length })
  signed.forEach(({ der }, i) => requireSame(examined[i]!, der))
  await endLists(
    run,
    step,
    examined.map(({ view }) => view),
    signed.map(({ der }) => der),
  )
}

async function signResponses(
  context: CeremonyContext,
  { step, examined }: Pending,
  call: Call,
): Promise<void> {
  const answers = await signedResponses(context, step, quietly(call))
  if (answers.length !== examined.length)
    throw new CodedError('ceremony-responses', { planned: examined.length, possible: answers.length })
  answers.forEach(({ der }, i) => requireSame(examined[i]!, der))
  await endResponses(context.run, step, answers, rereadTogether(examined.map(({ view }) => view)))
}

const rereadTogether = (views: readonly LookedAt[]): string =>
  [...new Set(views.map(({ reread }) => reread))].join(' ')

/** The line that ends a step that signs lists. */
export async function endLists(
  run: CeremonyRun,
  step: Step,
  views: readonly LookedAt[],
  ders: readonly Uint8Array[],
): Promise<void> {
  const said: Said['lists'] = {
    objects: views.map(({ object }) => object),
    sha256: await Promise.all(ders.map(sha256Hex)),
    tbs: views.map(({ tbs }) => tbs),
    masked: views.map(({ masked }) => masked),
    reread: rereadTogether(views),
  }
  const files = ders.map((bytes, i): CeremonyFile => ({ name: objectFile(views[i]!.object, 'list'), bytes }))
  await run.endStep(step.id, { ...said }, files)
}

/** What was looked at is what was signed, octet for octet. */
function requireSame({ view, tbs }: Examined, der: Uint8Array): void {
  if (!sameOctets(tbs, tbsOf(der))) throw new CodedError('ceremony-signed-other', { object: view.object })
}
