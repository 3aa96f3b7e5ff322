/** The OCSP responses of a step: drafted with a throw-away key, then signed. They are kept in the record alone. */
import type { Said } from '../../ceremony/events.ts'
import type { PlannedResponses, Step } from '../../ceremony/plan.ts'
import { CodedError } from '../../errors.ts'
import { calledIn } from '../../x509/calling-name.ts'
import { parseCertificate, type Certificate } from '../../x509/certificate.ts'
import type { Call } from '../../border/dispatch.ts'
import {
  draftAnswers,
  signAnswers,
  type PlannedAnswer,
  type PlannedAnswers,
} from '../lists/planned-responses.ts'
import { sha256Hex } from '../../webcrypto/signature.ts'
import { authorityFor } from './existing.ts'
import { actorOf, type CeremonyContext, type Drafted } from './objects.ts'
import { objectFile, type CeremonyRun } from './run.ts'

const plannedResponses = ({ plan }: CeremonyRun, { on }: Step): PlannedResponses => {
  const found = plan.responses.find(({ id }) => id === on)
  if (!found) throw new Error('a step signs responses that are not in the plan')
  return found
}

/** Each response with its place among those of its step. */
export const responseObject = (responses: string, i: number): string => `${responses}-${String(i + 1)}`

/** Responses signed with a throw-away key of the signer's kind. Rejects with 'ceremony-responses' if the plan has more than fit. */
export async function draftedResponses(
  context: CeremonyContext,
  step: Step,
  call: Call,
): Promise<readonly Drafted[]> {
  const { session, run, throwAway } = context
  const planned = plannedResponses(run, step)
  const asked = await answersOf(context, step, call)
  const answers = await draftAnswers(
    session,
    asked,
    ({ spki: { keyType } }) => {
      if (keyType === null)
        throw new CodedError('ceremony-issuer', { issuer: planned.responder ?? planned.issuer })
      return throwAway.of(keyType)
    },
    call,
  )
  const count = planned.count * asked.certificates.length * asked.hashes.length
  if (answers.length !== count)
    throw new CodedError('ceremony-responses', { planned: count, possible: answers.length })
  return answers.map((answer, i) => drafted(responseObject(planned.id, i), answer))
}

const drafted = (
  object: string,
  { der, certificate, revocation, hash, thisUpdate, nextUpdate }: PlannedAnswer,
): Drafted => ({
  object,
  kind: 'response',
  name: calledIn(certificate).name,
  der,
  fields: [
    { field: 'certStatus', value: revocation ? 'revoked' : 'good', from: 'computed' },
    ...(revocation
      ? [
          { field: 'revocationTime', value: revocation.since.toISOString(), from: 'computed' } as const,
          { field: 'revocationReason', value: revocation.reason ?? 'unspecified', from: 'computed' } as const,
        ]
      : []),
    { field: 'certID.hashAlgorithm', value: hash, from: 'operator' },
    { field: 'thisUpdate', value: thisUpdate.toISOString(), from: 'operator' },
    { field: 'nextUpdate', value: nextUpdate.toISOString(), from: 'operator' },
  ],
  findings: [],
})

/** Signs them, and returns them in their order. */
export async function signedResponses(
  context: CeremonyContext,
  step: Step,
  call: Call,
): Promise<readonly PlannedAnswer[]> {
  return signAnswers(context.session, await answersOf(context, step, call), call)
}

/** Ends the step: the responses are in the record with this line, or nowhere. */
export async function endResponses(
  run: CeremonyRun,
  step: Step,
  answers: readonly PlannedAnswer[],
  reread: string,
): Promise<void> {
  const { id, certificates, hashes } = plannedResponses(run, step)
  const objects = answers.map((_, i) => responseObject(id, i))
  const said: Said['responses'] = {
    objects,
    sha256: await Promise.all(answers.map(({ der }) => sha256Hex(der))),
    // In the order in which they are asked: of each time all certificates, of each all hashes.
    about: answers.map((_, i) => certificates[Math.floor(i / hashes.length) % certificates.length]!),
    paths: answers.map(({ path }) => path),
    reread,
  }
  const files = answers.map(({ der }, i) => ({ name: objectFile(objects[i]!, 'response'), bytes: der }))
  await run.endStep(step.id, { ...said }, files)
}

async function answersOf(context: CeremonyContext, step: Step, call: Call): Promise<PlannedAnswers> {
  const { run } = context
  const planned = plannedResponses(run, step)
  const { issuer, responder, hashes, thisUpdate: from, days, overlapDays, count } = planned
  return {
    authorityId: await authorityFor(context, step, issuer, call),
    responderId: responder === null ? null : responderHere(run, responder),
    certificates: await Promise.all(planned.certificates.map((id) => certificateOf(run, id))),
    ...{ hashes, from, days, overlapDays, count },
    actor: actorOf(run, step),
  }
}

/** The record in the vault of a certificate that the ceremony made. */
function responderHere(run: CeremonyRun, id: string): string {
  const step = run.plan.steps.find(({ act, on }) => act === 'certificate' && on === id)
  const record = step && run.said(step.id, 'record')
  if (typeof record !== 'string') throw new CodedError('ceremony-issuer', { issuer: id })
  return record
}

/** One that was made here, or that there was before: of that one only its number is in a response. */
async function certificateOf(run: CeremonyRun, id: string): Promise<Certificate> {
  const existing = run.plan.existing.find((each) => each.id === id)
  const der = existing?.certificate ?? (await run.store.file(objectFile(id, 'certificate')))
  if (!der) throw new CodedError('ceremony-issuer', { issuer: id })
  return parseCertificate(der)
}
