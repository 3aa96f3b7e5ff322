import { schedulePeriods, type Period } from '../../../ca/list-schedule.ts'
import {
  filePathOf,
  maySignResponses,
  ocspResponder,
  type CertIdHash,
  type OcspResponder,
} from '../../../ca/ocsp-response.ts'
import { exportStem } from '../../../containers/file-name.ts'
import { CodedError } from '../../../errors.ts'
import { isBehind } from '../../../vault/clock.ts'
import { onCurrentRecords } from '../../../vault/commit.ts'
import { allRecords, recordsOf } from '../../../vault/reading.ts'
import type { CertificateRecord } from '../../../vault/shapes.ts'
import { parseCertificate, type Certificate } from '../../../x509/certificate.ts'
import { ACCESS_METHOD_OIDS, EKU_OIDS } from '../../../x509/oids.ts'
import { breathe } from '../../shared/breathe.ts'
import type { Call, Handlers } from '../../../border/dispatch.ts'
import { callingName } from '../../../x509/calling-name.ts'
import { graverThan, knownRevocations, type KnownRevocations } from '../../records/known-revocations.ts'
import { revocationOf } from '../../shared/facts.ts'
import type { Revocation } from '../../../ca/revoke.ts'
import { serialOf } from '../../../x509/serial-number.ts'
import { largeZip, type LargeZip } from '../../shared/large-zip.ts'
import type { In, Out } from '../../../border/protocol.ts'
import type { Responder } from '../../../border/protocol/response.ts'
import {
  countRevoked,
  newestSay,
  recordBatchesOf,
  requireSaid,
  saidOf,
  stillSaid,
  storedAuthority,
  usualSignature,
  type IsAbout,
  type Said,
} from '../revoked.ts'
import type { Session } from '../../session/session.ts'
import { tiersAgainst } from '../../signing/lost-keys.ts'
import { responderOf } from '../responder.ts'
import { sideBySide } from '../../shared/side-by-side.ts'

type ResponseMethods = Pick<Handlers, Extract<keyof Handlers, `response.${string}`>>

/** Most files per run: 100,000 certificates, with both hashes, for two periods. */
const MOST = 400_000
const MOST_PERIODS = 120
/** Responders live for weeks: only this many of the newest of each kind are searched. */
const LOOKED_THROUGH = 1000
/** Signed concurrently. */
const LANES = 16

async function plan(session: Session, { authorityId }: In<'response.plan'>): Promise<Out<'response.plan'>> {
  await session.vault.requireOpen()
  const now = new Date(session.now)
  const { certificate } = await storedAuthority(session, authorityId)
  // Those below a CA that is not valid are answered for, too.
  const inTime = await Promise.all(
    (['good', 'broken'] as const).map((state) => session.inventory.ids({ authorityId, state }, session.now)),
  )
  const revoked = await countRevoked(session, authorityId, now.getTime())
  const { lastJournalAt } = await session.vault.state()
  return {
    responders: await respondersOf(session, authorityId, now),
    certificates: inTime.flat().length + revoked,
    revoked,
    addresses: await newestSay(session, authorityId, respondersNamed),
    authorityNotAfter: certificate.notAfter,
    authorityMaySign: maySignResponses(certificate),
    against: (await tiersAgainst(session, authorityId)).against,
    clock: {
      now,
      lastJournalAt: lastJournalAt === null ? null : new Date(lastJournalAt),
      behind: isBehind(now.getTime(), lastJournalAt),
    },
  }
}

async function sign(session: Session, input: In<'response.sign'>, call: Call): Promise<Out<'response.sign'>> {
  await session.begin(input.actor)
  // If something is revoked meanwhile, in any tab, they are signed again.
  return session.idle.during(() => onCurrentRecords(() => signResponses(session, input, call)))
}

async function signResponses(
  session: Session,
  input: In<'response.sign'>,
  call: Call,
): Promise<Out<'response.sign'>> {
  const { authorityId, actor, hashes } = input
  const { certificate: issuer } = await storedAuthority(session, authorityId)
  const { responder, right } = await responderOf(session, input, issuer)
  const from = new Date(Math.floor(session.now / 1000) * 1000)
  const periods = periodsOf(input, from, responder)
  const perTarget = periods.length * hashes.length
  // Counted before the first record is read.
  const isAbout = targetsOf(input, from)
  const said = await saidOf(session, isAbout)
  const ids = input.certificateIds === null ? [...said.status.keys()] : [...new Set(input.certificateIds)]
  checkCount(ids.length * perTarget)
  // A stored list may name what the record does not.
  const { known, lists, authority } = await knownRevocations(session, authorityId)
  const asking = { authorityId, from, periods, hashes, status: said.status, known }
  const signed = await right.sign(async (signer) => {
    const answer = await ocspResponder({ issuer, responder, signature: usualSignature(responder) }, signer)
    return answersTo(session, ids, asking, answer, call)
  })
  const name = callingName(issuer)
  // Responses in an authority's name are journalled before they are handed over.
  const { zip, addresses, targets, done } = await signed.store(session, async (answers) => ({
    certificates: await stillSaid(session, isAbout, said),
    lists,
    basedOn: [authority],
    current: [authority],
    entries: [session.draft('responses-signed', `${name} · ${String(answers.done)}`, actor, authorityId)],
    durability: 'strict',
    result: answers,
  }))
  return {
    archive: zip.pause(),
    periods: periods.map((period) => ({ ...whenOf(period), folder: folderOf(period) })),
    perPeriod: targets * hashes.length,
    certificates: targets,
    responses: done,
    name,
    stem: exportStem(issuer),
    address: addresses[0] ?? null,
    at: new Date(session.now),
    by: actor.who,
  }
}

const whenOf = ({ thisUpdate, publishUntil, nextUpdate }: Period) => ({
  thisUpdate,
  publishUntil,
  nextUpdate,
})

interface Answers {
  readonly zip: LargeZip
  /** OCSP responder addresses named in the certificates. */
  readonly addresses: readonly string[]
  readonly targets: number
  readonly done: number
}

/** Every response for these certificates, under its request path. */
async function answersTo(
  session: Session,
  ids: readonly string[],
  asking: Asking,
  answer: OcspResponder,
  call: Call,
): Promise<Answers> {
  const perTarget = asking.periods.length * asking.hashes.length
  const zip = largeZip(new Date(session.now))
  const addresses = new Set<string>()
  let [targets, done] = [0, 0]
  for await (const records of recordBatchesOf(session, ids)) {
    for (const { id, value } of records) requireSaid(id, value, asking.status)
    const asked = records.flatMap(({ value }) => questionsOf(value, asking))
    for (const { certificate } of asked)
      for (const address of respondersNamed(certificate)) addresses.add(address)
    await sideBySide(asked, LANES, async (question) => {
      call.signal.throwIfAborted()
      await addAnswer(zip, answer, question)
      done += 1
      if (done % 50 !== 0) return
      call.progress({ kind: 'step', step: 'response.sign', done, total: ids.length * perTarget })
      await breathe()
    })
    targets += asked.length / perTarget
  }
  if (done === 0) throw new CodedError('response-of-nothing', null)
  call.signal.throwIfAborted()
  return { zip, addresses: [...addresses], targets, done }
}

/** Returns certificates with OCSPSigning issued by the authority itself, whose keys are here (RFC 6960 §4.2.2.2). */
async function respondersOf(session: Session, authorityId: string, now: Date): Promise<Responder[]> {
  const { vault, inventory } = session
  // The built-in profile, the operator's own, and any certificate with the word in its names: no other record is read.
  const own = (await allRecords(vault, 'profiles')).map(({ id }) => id)
  const newest = { authorityId, sort: 'createdAt', descending: true } as const
  const asked = ['ocspSigner', 'custom', ...own].map((profileId) =>
    inventory.ids({ ...newest, profileId }, session.now),
  )
  const named = inventory.ids({ ...newest, search: 'ocsp' }, session.now)
  const ids = (await Promise.all([...asked, named])).flatMap((found) => found.slice(0, LOOKED_THROUGH))
  const records = await recordsOf(vault, 'certificates', [...new Set(ids)], () => undefined)
  return records
    .filter(({ value }) => isUsable(value))
    .map(({ id, value }) => ({ id, certificate: parseCertificate(value.der) }))
    .filter(({ certificate }) => answers(certificate) && isStanding(certificate, now))
    .map(({ id, certificate }) => ({
      certificateId: id,
      name: callingName(certificate),
      serialNumber: serialOf(certificate),
      notAfter: certificate.notAfter,
      maySign: maySignResponses(certificate),
    }))
    .sort((a, b) => Number(b.maySign) - Number(a.maySign) || b.notAfter.getTime() - a.notAfter.getTime())
}

const isUsable = ({ key, keyId, status }: CertificateRecord): boolean =>
  key === 'sealed' && keyId !== null && status === 'good'
const answers = ({ extKeyUsage }: Certificate): boolean =>
  extKeyUsage?.includes(EKU_OIDS.OCSPSigning) ?? false
const isStanding = ({ notBefore, notAfter }: Certificate, at: Date): boolean =>
  notBefore <= at && at < notAfter

function periodsOf(
  { days, overlapDays, count }: In<'response.sign'>,
  from: Date,
  { notAfter }: Certificate,
): Period[] {
  return schedulePeriods({
    from,
    days,
    overlapDays,
    count: Math.max(1, Math.min(count, MOST_PERIODS)),
    firstNumber: 0n,
    until: notAfter,
  })
}

function checkCount(count: number): void {
  if (count > MOST) throw new CodedError('response-too-many', { count, most: MOST })
}

/** The chosen ones, or all that have not expired. */
function targetsOf({ authorityId, certificateIds }: In<'response.sign'>, from: Date): IsAbout {
  const chosen = certificateIds && new Set(certificateIds)
  return ({ ids, authorityId: issuer, ownAuthorityId, notAfter }, at) =>
    chosen
      ? chosen.has(ids[at]!)
      : issuer[at] === authorityId && ownAuthorityId[at] !== authorityId && notAfter[at]! > from.getTime()
}

interface Asking {
  readonly authorityId: string
  readonly from: Date
  readonly periods: readonly Period[]
  readonly hashes: readonly CertIdHash[]
  readonly status: Said['status']
  readonly known: KnownRevocations
}

interface OcspQuestion {
  readonly revocation: Revocation | null
  readonly certificate: Certificate
  readonly period: Period
  readonly hash: CertIdHash
}

/** Returns every request for one certificate; none if it belongs to another authority or has expired. */
function questionsOf(
  record: CertificateRecord,
  { authorityId, from, periods, hashes, known }: Asking,
): OcspQuestion[] {
  if (record.authorityId !== authorityId || record.ownAuthorityId === authorityId) return []
  const certificate = parseCertificate(record.der)
  if (certificate.notAfter <= from) return []
  const graver = graverThan(record, known.of(certificate))
  const revocation = revocationOf(graver ? { revocation: graver } : record)
  return periods.flatMap((period) => hashes.map((hash) => ({ revocation, certificate, period, hash })))
}

/** Signs the response and adds it under its request path. */
async function addAnswer(
  zip: LargeZip,
  answer: OcspResponder,
  { revocation, certificate, period, hash }: OcspQuestion,
): Promise<void> {
  const { serialNumber } = certificate
  const { thisUpdate, nextUpdate } = period
  const said = { serialNumber, revocation, hash, thisUpdate, nextUpdate }
  const { response, path } = await answer(said)
  zip.add(`${folderOf(period)}/${filePathOf(path)}`, response.der)
}

/** Periods that start on the same day have the hour in their names too. */
const folderOf = ({ thisUpdate }: Period): string =>
  thisUpdate.toISOString().slice(0, 16).replace(/[T:]/g, '-')

/** Returns the OCSP responder addresses in authorityInfoAccess (RFC 5280 §4.2.2.1). */
function respondersNamed({ authorityInfoAccess }: Certificate): string[] {
  return (authorityInfoAccess ?? []).flatMap(({ method, location }) =>
    method === ACCESS_METHOD_OIDS.ocsp && location.kind === 'uniformResourceIdentifier'
      ? [location.value]
      : [],
  )
}

/** OCSP responses signed ahead, as files for a server without OCSP support. */
export function responseMethods(session: Session): ResponseMethods {
  return {
    'response.plan': (input) => plan(session, input),
    'response.sign': (input, call) => sign(session, input, call),
  }
}
