/** What a step signs: prepared, compared with the rehearsal, read by both readers, and only then signed. */
import type { PlannedCertificate, PlannedLists, Step } from '../../ceremony/plan.ts'
import { readSealed, type SealedObject } from '../../ceremony/sealed.ts'
import { differenceOf, skeletonOf, type Difference, type Skeleton } from '../../ceremony/skeleton.ts'
import { tbsOf, type ObjectKind } from '../../ceremony/tbs-fields.ts'
import { CodedError } from '../../errors.ts'
import { FINDINGS, type Finding } from '../../findings.ts'
import { parseCertificate } from '../../x509/certificate.ts'
import type { Call, Handlers } from '../../border/dispatch.ts'
import type { In } from '../../border/protocol.ts'
import type { ObjectToSign } from '../../border/protocol/ceremony.ts'
import type { Actor, PreparedFieldView } from '../../border/views.ts'
import { differenceIn, type ReadKind } from '../second-reading/compare.ts'
import type { Session } from '../session/session.ts'
import { objectFile, rehearsalFile, SEALED_FILE, type CeremonyRun } from './run.ts'
import type { ThrowAwayKeys } from './throw-away.ts'
import { sha256Hex } from '../../webcrypto/signature.ts'

/** What preparing and signing need. */
export interface CeremonyContext {
  readonly session: Session
  readonly handlers: Handlers
  readonly run: CeremonyRun
  readonly throwAway: ThrowAwayKeys
  /** Requests that were brought, by their ids in the plan. */
  readonly brought: Map<string, Uint8Array>
}

/** An object as it would be signed, but signed with a throw-away key. */
export interface Drafted {
  readonly object: string
  readonly kind: ObjectKind
  readonly name: string
  readonly der: Uint8Array
  readonly fields: readonly PreparedFieldView[]
  readonly findings: readonly Finding[]
}

/** What the transcript says of an object that is signed. */
export type LookedAt = Pick<ObjectToSign, 'object' | 'tbs' | 'masked' | 'reread'>

export interface Examined {
  readonly view: ObjectToSign
  readonly tbs: Uint8Array
  /** Why it is not signed: it differs from what was rehearsed, or has findings that nobody has accepted. */
  readonly isSound: boolean
}

/** The person who does a step is the one the vault's journal names. */
export const actorOf = ({ plan }: CeremonyRun, step: Step): Actor => ({
  who: plan.people.find(({ id }) => id === step.does)?.name ?? step.does,
  remark: `${plan.title} · ${step.id}`,
})

export const plannedCertificate = ({ plan }: CeremonyRun, { on }: Step): PlannedCertificate => {
  const found = plan.certificates.find(({ id }) => id === on)
  if (!found) throw new Error('a step signs a certificate that is not in the plan')
  return found
}

export const plannedLists = ({ plan }: CeremonyRun, { on }: Step): PlannedLists => {
  const found = plan.lists.find(({ id }) => id === on)
  if (!found) throw new Error('a step signs lists that are not in the plan')
  return found
}

/** Looks at what would be signed. Rejects with 'second-reading-differs'. */
export async function examine(
  { session, run }: CeremonyContext,
  { object, kind, name, der, fields, findings }: Drafted,
): Promise<Examined> {
  const tbs = tbsOf(der)
  const skeleton = await skeletonOf(kind, tbs)
  const rehearsed = await rehearsedOf(run, object)
  const difference = rehearsed && (await differenceFrom(run, rehearsed, { kind, tbs, skeleton }))
  const accepted = run.plan.accepted.filter(({ on }) => on === object)
  const said = findings
    .filter(({ code }) => FINDINGS[code].severity !== 'notice')
    .map((finding) => ({
      finding,
      accepted: accepted.find(({ code }) => code === finding.code)?.reason ?? null,
    }))
  const view: ObjectToSign = {
    ...{ object, name, fields, findings: said },
    tbs: await sha256Hex(tbs),
    ...{ masked: skeleton.masked, octets: tbs.length, holes: skeleton.holes.length },
    ...{ rehearsed: rehearsed?.masked ?? null, difference },
    reread: await rereadOf(session, kind, der),
  }
  const isSound = difference === null && said.every(({ accepted }) => accepted !== null)
  return { view, tbs, isSound }
}

/** In a live ceremony: what the rehearsal has fixed for it. Rejects with 'ceremony-unsealed' if it has nothing. */
async function rehearsedOf(run: CeremonyRun, object: string): Promise<SealedObject | null> {
  if (run.kind === 'rehearsal') return null
  const file = await run.store.file(SEALED_FILE)
  const found = file && readSealed(file).objects.find(({ id }) => id === object)
  if (!found) throw new CodedError('ceremony-unsealed', { object })
  return found
}

async function differenceFrom(
  run: CeremonyRun,
  rehearsed: SealedObject,
  { kind, tbs, skeleton }: { kind: ObjectKind; tbs: Uint8Array; skeleton: Skeleton },
): Promise<Difference | null> {
  if (rehearsed.kind === kind && rehearsed.masked === skeleton.masked) return null
  const kept = await run.store.file(rehearsalFile(rehearsed.id, kind))
  const found = kept && rehearsed.kind === kind ? differenceOf(kind, tbsOf(kept), tbs) : null
  // Without the rehearsed octets only that they differ is known.
  return (
    found ?? { field: '', expectedAt: 0, actualAt: 0, expected: rehearsed.masked, actual: skeleton.masked }
  )
}

/** What the second reader says of it: 'same', or why it did not read it. Rejects with 'second-reading-differs'. */
async function rereadOf({ readAgain }: Session, kind: ReadKind, der: Uint8Array): Promise<string> {
  const answer = readAgain ? await readAgain(kind, der) : null
  if (answer === null) return 'none'
  if ('notRead' in answer) return answer.notRead
  const difference = differenceIn(der, answer)
  if (difference) throw new CodedError('second-reading-differs', { kind, ...difference })
  return 'same'
}

/** What a certificate of the plan is made from. */
export async function issueInput(
  { run, brought }: CeremonyContext,
  planned: PlannedCertificate,
  authorityId: string | null,
): Promise<In<'issue.prepare'>> {
  const { key, subjectKeyIdentifier = null } = await keyOf(run, brought, planned.key)
  const { subject, subjectAltNames, notBefore, notAfter, signature, extensions, profile } = planned
  return {
    authorityId,
    request: {
      profileId: profile,
      ...{ subject, subjectAltNames, signature, extensions, subjectKeyIdentifier },
      validity: { notBefore, notAfter },
    },
    key,
  }
}

interface KeyAsked {
  readonly key: In<'issue.prepare'>['key']
  readonly subjectKeyIdentifier?: Uint8Array | null
}

/** A new key, one that an earlier step made or that there was before (a cross-certificate), or that of a request. */
async function keyOf(run: CeremonyRun, brought: CeremonyContext['brought'], id: string): Promise<KeyAsked> {
  const { plan } = run
  const certified =
    plan.existing.find((each) => each.id === id)?.certificate ?? (await certifiedHere(run, id))
  if (certified) {
    // What it has certified before names its key so.
    const { spki, subjectKeyIdentifier } = parseCertificate(certified)
    return { key: { kind: 'spki', spki: spki.der }, subjectKeyIdentifier }
  }
  const made = plan.keys.find((key) => key.id === id)
  if (made) return { key: { kind: 'generate', algorithm: made.algorithm } }
  const request = brought.get(id)
  if (!request) throw new CodedError('ceremony-request', { request: id })
  return { key: { kind: 'request', der: request, take: [], requestId: null } }
}

/** The first certificate of a key of the plan that is signed; null if the key is not made yet. */
async function certifiedHere(run: CeremonyRun, key: string): Promise<Uint8Array | null> {
  if (!run.plan.keys.some(({ id }) => id === key)) return null
  const those = new Set(run.plan.certificates.filter((each) => each.key === key).map(({ id }) => id))
  const step = run.plan.steps.find(
    ({ id, act, on }) => act === 'certificate' && on !== null && those.has(on) && run.standing.ended.has(id),
  )
  return step ? run.store.file(objectFile(step.on!, 'certificate')) : null
}

/** How the lists of a step are signed. */
export const listsInput = (run: CeremonyRun, step: Step, authorityId: string): In<'list.sign'> => {
  const { number, thisUpdate, days, overlapDays, count } = plannedLists(run, step)
  return {
    authorityId,
    ...{ kind: 'complete', parts: { kind: 'all' }, indirectFor: [] },
    ...{ days, overlapDays, count, freshestAddress: null, above: null },
    planned: { number, thisUpdate },
    actor: actorOf(run, step),
  }
}

/** A call that nobody waits for to show its progress. */
export const quietly = ({ signal }: Call): Call => ({ signal, progress: () => undefined })
