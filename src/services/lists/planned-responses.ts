/** OCSP responses about certificates that a plan names, at the times that it names. */
import { schedulePeriods, type Period } from '../../ca/list-schedule.ts'
import {
  filePathOf,
  ocspResponder,
  type CertIdHash,
  type OcspAnswer,
  type OcspResponder,
} from '../../ca/ocsp-response.ts'
import type { Signer } from '../../ca/issue.ts'
import { onCurrentRecords } from '../../vault/commit.ts'
import { requireRecord } from '../../vault/reading.ts'
import type { CertificateRecord } from '../../vault/shapes.ts'
import { callingName } from '../../x509/calling-name.ts'
import { parseCertificate, type Certificate } from '../../x509/certificate.ts'
import { serialOf } from '../../x509/serial-number.ts'
import type { Spki } from '../../x509/spki.ts'
import type { Call } from '../../border/dispatch.ts'
import type { Actor } from '../../border/views.ts'
import { paddedSerial } from '../catalogue/index.ts'
import { isHold } from '../records/listed.ts'
import { baseOf, requireKeptLists, type KeptList } from '../records/list-records.ts'
import { graverThan, knownRevocations } from '../records/known-revocations.ts'
import { revocationOf } from '../shared/facts.ts'
import type { Session } from '../session/session.ts'
import { responderOf } from './responder.ts'
import {
  recordBatchesOf,
  requireSaid,
  saidOf,
  stillSaid,
  storedAuthority,
  usualSignature,
  type IsAbout,
} from './revoked.ts'

export interface PlannedAnswers {
  readonly authorityId: string
  /** A certificate here whose key signs; null: the authority signs. */
  readonly responderId: string | null
  /** In this order, whether the vault has them or not. */
  readonly certificates: readonly Certificate[]
  readonly hashes: readonly CertIdHash[]
  readonly from: Date
  readonly days: number
  readonly overlapDays: number
  readonly count: number
  readonly actor: Actor
}

/** One response, and where a server of files has it. */
export interface PlannedAnswer extends Omit<OcspAnswer, 'serialNumber'> {
  readonly der: Uint8Array
  readonly certificate: Certificate
  readonly path: string
}

/**
 * Returns the responses as they would be signed, but signed with another key, of the responder's kind, that verifies with
 * `spki`. Nothing is stored.
 */
export async function draftAnswers(
  session: Session,
  planned: PlannedAnswers,
  throwAway: (responder: Certificate) => Promise<{ readonly key: Signer; readonly spki: Spki }>,
  call: Call,
): Promise<PlannedAnswer[]> {
  const { authorityId, responderId } = planned
  const { certificate: issuer } = await storedAuthority(session, authorityId)
  const responder = responderId === null ? issuer : await certificateOf(session, responderId)
  const { key, spki } = await throwAway(responder)
  const authority = { issuer, responder, signature: usualSignature(responder) }
  const answer = await ocspResponder(authority, key, { verifiedBy: spki })
  const { questions } = await questionsOf(session, planned, responder)
  return answersTo(questions, answer, call)
}

/** Signs the responses; they are in the journal of the vault before they are returned, and kept nowhere. */
export async function signAnswers(
  session: Session,
  planned: PlannedAnswers,
  call: Call,
): Promise<PlannedAnswer[]> {
  await session.begin(planned.actor)
  return session.idle.during(() => onCurrentRecords(() => signOnce(session, planned, call)))
}

async function signOnce(session: Session, planned: PlannedAnswers, call: Call): Promise<PlannedAnswer[]> {
  const { authorityId, actor } = planned
  const { certificate: issuer } = await storedAuthority(session, authorityId)
  const { responder, right } = await responderOf(session, planned, issuer)
  const { questions, isAbout, said, lists, authority } = await questionsOf(session, planned, responder)
  const signed = await right.sign(async (signer) => {
    const by = { issuer, responder, signature: usualSignature(responder) }
    return answersTo(questions, await ocspResponder(by, signer), call)
  })
  return signed.store(
    session,
    async (answers) => ({
      certificates: await stillSaid(session, isAbout, said),
      lists,
      basedOn: [authority],
      current: [authority],
      entries: [
        session.draft(
          'responses-signed',
          `${callingName(issuer)} · ${String(answers.length)}`,
          actor,
          authorityId,
        ),
      ],
      durability: 'strict',
      result: answers,
    }),
    call.signal,
  )
}

const certificateOf = async (session: Session, id: string): Promise<Certificate> =>
  parseCertificate((await requireRecord(session.vault, 'certificates', id)).value.der)

type Status = Pick<CertificateRecord, 'status' | 'revocation'>
type Question = Omit<PlannedAnswer, 'der' | 'path'>

/** What is asked, and of which state of the vault the answers are. */
async function questionsOf(session: Session, planned: PlannedAnswers, responder: Certificate) {
  const { authorityId, certificates, hashes } = planned
  const serials = new Set(certificates.map((each) => paddedSerial(serialOf(each))))
  const isAbout: IsAbout = ({ authorityId: issuer, serialNumbers }, at) =>
    issuer[at] === authorityId && serials.has(serialNumbers[at]!)
  const said = await saidOf(session, isAbout)
  const records = new Map<string, CertificateRecord>()
  for await (const batch of recordBatchesOf(session, [...said.status.keys()]))
    for (const { id, value } of batch) {
      requireSaid(id, value, said.status)
      records.set(serialOf(parseCertificate(value.der)), value)
    }
  // A stored list may name what no record does.
  const { known, lists, authority } = await knownRevocations(session, authorityId)
  const newest = baseOf(await requireKeptLists(session, authorityId), null, planned.from)
  const questions = periodsOf(planned, responder).flatMap(({ thisUpdate, nextUpdate }) =>
    certificates.flatMap((certificate) => {
      const record: Status = records.get(serialOf(certificate)) ?? heldBy(newest, certificate)
      const graver = graverThan(record, known.of(certificate))
      const revocation = revocationOf(graver ? { revocation: graver } : record)
      return hashes.map((hash): Question => ({ certificate, revocation, hash, thisUpdate, nextUpdate }))
    }),
  )
  return { questions, isAbout, said, lists, authority }
}

/** A hold of what has no record here is as the newest list says. */
function heldBy(newest: KeptList | null, { serialNumber }: Certificate): Status {
  const held = newest?.list.revokedCertificates
    .find(serialNumber)
    .find(({ reasonCode }) => isHold({ reason: reasonCode }))
  if (!newest || !held) return { status: 'good' }
  const { revocationDate, reasonCode: reason, invalidityDate } = held
  return {
    status: 'held',
    revocation: {
      since: (revocationDate ?? newest.list.thisUpdate).getTime(),
      ...{ reason, invalidityDate: invalidityDate?.getTime() ?? null },
    },
  }
}

/** Fewer than planned where the signer ends before. */
const periodsOf = (
  { from, days, overlapDays, count }: PlannedAnswers,
  { notAfter: until }: Certificate,
): Period[] => schedulePeriods({ from, days, overlapDays, count, firstNumber: 0n, until })

async function answersTo(
  questions: readonly Question[],
  answer: OcspResponder,
  { signal }: Call,
): Promise<PlannedAnswer[]> {
  const answers: PlannedAnswer[] = []
  for (const question of questions) {
    signal.throwIfAborted()
    const { serialNumber } = question.certificate
    const { response, path } = await answer({ ...question, serialNumber })
    answers.push({ ...question, der: response.der, path: filePathOf(path) })
  }
  return answers
}
