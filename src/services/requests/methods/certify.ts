import { exportCertificate, exportChain } from '../../../containers/export.ts'
import { stopping, warnings } from '../../../ca/issue.ts'
import type { ExtensionInputs } from '../../../ca/input.ts'
import type { Profile } from '../../../ca/profiles.ts'
import type { KeyUsageBit } from '../../../x509/extensions/key-usage.ts'
import { wantedOf, type WantedExtension } from '../../../ca/request-wishes.ts'
import { suggestedProfile } from '../../../ca/suggested-profile.ts'
import { faultyNames } from '../../../ca/faulty-names.ts'
import { CodedError } from '../../../errors.ts'
import type { FindingCode } from '../../../findings.ts'
import { requestSums } from '../sums.ts'
import { nameToText } from '../../../x509/name.ts'
import { sameOctets } from '../../../octets.ts'
import type { CertificationRequest } from '../../../x509/request.ts'
import { verifySigned } from '../../../x509/signed.ts'
import { certifiedRecords, comparedView, prepareCertified, receivedRecord } from '../certified.ts'
import type { Call, Handlers } from '../../../border/dispatch.ts'
import type { In, Out } from '../../../border/protocol.ts'
import { keyAlgorithmOf } from '../../shared/facts.ts'
import { endsRun, failureOf } from '../../../border/failure.ts'
import { serialOf } from '../../../x509/serial-number.ts'
import { generalNameLine } from '../../../x509/general-name-text.ts'
import {
  issuingAuthority,
  newId,
  rightToIssue,
  signPrepared,
  type IssuingAuthority,
} from '../../certifying/certified-key.ts'
import type {
  CertifyChoices,
  CertifyItem,
  CertifyPreview,
  CertifyResult,
} from '../../../border/protocol/request.ts'
import type { CodedFailure } from '../../../border/words.ts'
import { noticesOf } from '../notices.ts'
import {
  requestName,
  requestWrite,
  storedRequest,
  type StoredRequest,
} from '../../records/request-records.ts'
import { Held } from '../../session/held.ts'
import type { Session } from '../../session/session.ts'
import type { Authorization } from '../../signing/signed.ts'
import type { Actor, Stop } from '../../../border/views.ts'
import { foundKinds } from '../../../containers/pile/found-kinds.ts'
import { readFiles } from '../../files/reading.ts'
import { profileOf } from '../../certifying/methods/profile.ts'
import { namesOf, subjectOf } from '../requested.ts'
import { readableRequests } from './request.ts'

/** One of the requests being reviewed. */
interface Lying {
  readonly request: CertificationRequest
  readonly stored: StoredRequest | null
  readonly item: CertifyItem
}

/** The requests being reviewed, and the indices of those that were certified. */
interface Desk {
  readonly lying: readonly Lying[]
  readonly done: Set<number>
}

const chosenOf = ({ lying, done }: Desk, chosen: readonly number[]): Lying[] =>
  chosen.filter((index) => !done.has(index)).flatMap((index) => lying[index] ?? [])

/** Nobody reviews more than this one by one; a table (batch) suits those. */
const MOST = 1000
const KEEPING = { caKey: { kind: 'vault' }, endEntityKey: 'sealed' } as const

interface Context {
  readonly session: Session
  readonly desk: Held<Desk>
}

async function read(
  { session, desk }: Context,
  { files, requestIds }: In<'certify.read'>,
  call: Call,
): Promise<Out<'certify.read'>> {
  session.idle.touch()
  await session.vault.requireOpen()
  const { items, problems } = await readFiles(files, { privateKeys: 'match' }, call)
  const stored = await Promise.all(requestIds.map((id) => storedRequest(session, id)))
  const { read: found, unreadable } = readableRequests(items)
  const read = found.map((each) => ({ ...each, stored: null }))
  const all = [...stored.map((each) => ({ request: each.request, file: '', stored: each })), ...read]
  if (all.length > MOST) throw new CodedError('pile-too-many', { limit: MOST })
  const lying = await Promise.all(
    all.map(async ({ request, file, stored: at }, index): Promise<Lying> => {
      const first = all.findIndex((other) => sameKey(other.request, request))
      const item = await itemOf(request, file)
      const sameKeyAs = first < index ? first : null
      return { request, stored: at, item: { ...item, index, requestId: at?.id ?? null, sameKeyAs } }
    }),
  )
  return {
    token: desk.hold({ lying, done: new Set() }),
    items: lying.map(({ item }) => item),
    problems: [...problems, ...unreadable],
    found: foundKinds(items),
  }
}

async function preview(
  { session, desk }: Context,
  { chosen, ...choices }: In<'certify.preview'>,
  { signal }: Call,
): Promise<Out<'certify.preview'>> {
  session.idle.touch()
  await session.vault.requireOpen()
  const { profile, issuer } = await partsOf(session, choices)
  const lying = chosenOf(desk.find(choices.token), chosen)
  const previews: CertifyPreview[] = []
  for (const each of lying) {
    signal.throwIfAborted()
    previews.push(await previewOf(session, each, profile, issuer, choices))
  }
  const wanted = stillWanted(wantedByAny(profile, lying), previews)
  return { previews, wanted, against: issuer.against }
}

function keep(
  { session, desk }: Context,
  { token, chosen, actor }: In<'certify.keep'>,
): Promise<Out<'certify.keep'>> {
  return desk.use(token, async (read) => {
    await session.begin(actor)
    const fresh = chosenOf(read, chosen).filter(({ stored }) => stored === null)
    const kept = fresh.map(({ request }) => ({ id: newId(), request }))
    await session.commit({
      writes: kept.map(({ id, request }) => requestWrite(id, receivedRecord(session, request, actor), 'add')),
      entries: kept.map(({ id, request }) =>
        session.draft('request-received', requestName(request), actor, id),
      ),
      durability: 'strict',
    })
    desk.discard(token)
    return null
  })
}

async function sign(
  session: Session,
  read: Desk,
  { chosen, acknowledged, shown = [], actor, ...choices }: In<'certify.sign'>,
  call: Call,
): Promise<CertifyResult> {
  await session.begin(actor)
  const lying = chosenOf(read, chosen)
  const parts = { ...(await partsOf(session, choices)), choices, acknowledged, actor }
  // A locked key is reported once, before anything is signed.
  const right = await rightToIssue(session, parts.issuer, parts, shown)
  const result: Certified = { certified: [], failed: [], files: [] }
  const stopped = await session.idle.during(async (): Promise<Stop | null> => {
    for (const [done, each] of lying.entries()) {
      const left = lying.length - done
      call.progress({ kind: 'step', step: 'certify', done, total: lying.length })
      if (call.signal.aborted) return { left, why: null }
      const why = await certifyOne(session, each, { ...parts, right }, result)
      if (why) return { left, why }
    }
    return null
  })
  const { certified, failed, files } = result
  // Nothing is signed twice, even if the call is repeated after some have failed.
  for (const { index } of certified) read.done.add(index)
  const issued = certified.map(({ index, name, serialNumber }) => ({
    line: index + 1,
    subject: name,
    serialNumber,
  }))
  const made = issued.length === 0 ? null : { files, issued, at: new Date(session.now) }
  return { certified, failed, stopped, made }
}

async function partsOf(session: Session, { authorityId, profileId }: CertifyChoices) {
  const profile = await profileOf(session, profileId)
  return { profile, issuer: await issuingAuthority(session, authorityId) }
}

async function previewOf(
  session: Session,
  lying: Lying,
  profile: Profile,
  issuer: IssuingAuthority,
  choices: CertifyChoices,
): Promise<CertifyPreview> {
  const { item, request, stored } = lying
  const nothing = { index: item.index, fields: [], validity: null, findings: [], errors: [], warnings: [] }
  try {
    const preparation = await prepareOne(session, lying, profile, issuer, choices)
    const { findings, certificate } = preparation
    const { notBefore, notAfter } = certificate
    return {
      index: item.index,
      fields: comparedView(
        profile,
        {
          request,
          stored,
          take: choices.take,
          typed: false,
          renamed: confirmedOf(item, choices).length > 0,
        },
        preparation,
      ),
      validity: { notBefore, notAfter },
      findings,
      errors: stopping(findings),
      warnings: warnings(findings),
      failure: null,
    }
  } catch (error) {
    return { ...nothing, failure: failureOf(error) }
  }
}

interface Certified {
  certified: CertifyResult['certified'][number][]
  failed: CertifyResult['failed'][number][]
  files: { name: string; bytes: Uint8Array }[]
}

interface Parts {
  readonly profile: Profile
  readonly issuer: IssuingAuthority
  readonly choices: CertifyChoices
  readonly acknowledged: readonly FindingCode[]
  readonly actor: Actor
  readonly right: Authorization
}

/** Returns the positions of this request's names for which the operator confirmed a replacement. */
const confirmedOf = ({ index }: CertifyItem, { confirmed = [] }: CertifyChoices): number[] =>
  confirmed.filter((each) => each.index === index).map(({ place }) => place)

/** Subject and names as in the request; the rest from the profile, and the accepted extensions. */
function prepareOne(
  session: Session,
  { item, request, stored }: Lying,
  profile: Profile,
  issuer: IssuingAuthority,
  choices: CertifyChoices,
) {
  const { validity, take } = choices
  const confirmed = confirmedOf(item, choices)
  const wrong = profile.subjectAltName === 'absent' ? [] : item.faultyNames
  const open = wrong.find(({ place, instead }) => instead === null || !confirmed.includes(place))
  if (open) {
    const { kind, text, instead } = open
    throw new CodedError('name-not-ascii', { kind, text, instead: instead?.value ?? null })
  }
  const names = namesOf(request, confirmed).filter((name) => name !== null)
  const wishes = {
    subject: subjectOf(request.subject),
    subjectAltNames: profile.subjectAltName === 'absent' ? [] : names,
    validity,
    signature: null,
    extensions: choices.answersOcsp ? answering(profile, request) : {},
  }
  return prepareCertified(session, profile, issuer, wishes, { request, take, stored })
}

/** The usual key usage of a CA, and digitalSignature: without it, its key may not sign OCSP responses. */
function answering({ kind, keyUsage }: Profile, { spki }: CertificationRequest): ExtensionInputs {
  if (kind === 'endEntity' || !keyUsage) return {}
  const usual = spki.rsa ? keyUsage.rsa : keyUsage.other
  return { keyUsage: [...new Set<KeyUsageBit>(['digitalSignature', ...usual])] }
}

/** Adds a stored certificate, or a failure with nothing stored; returns a failure that ends the run. */
async function certifyOne(
  session: Session,
  lying: Lying,
  parts: Parts,
  into: Certified,
): Promise<CodedFailure | null> {
  const { item, request, stored } = lying
  const { profile, issuer, choices, acknowledged, actor, right } = parts
  const { index, name } = item
  try {
    const preparation = await prepareOne(session, lying, profile, issuer, choices)
    const { token, findings } = preparation
    if (!token) throw new CodedError('issue-refused', { codes: stopping(findings) })
    const certifying = { request, take: choices.take, stored }
    const prepared = { ...preparation, token, profileId: profile.id, issuer, key: null, certifying }
    const signed = await signPrepared(prepared, right, acknowledged)
    const { certificate, certificateId } = await signed.store(session, async (certificate) => {
      const records = await certifiedRecords(session, prepared, certificate, KEEPING, actor)
      const { certificateId, authorityId: _authority, ...change } = records
      return { ...change, durability: 'strict', result: { certificate, certificateId } }
    })
    into.certified.push({ index, name, certificateId, serialNumber: serialOf(certificate) })
    const chain = [certificate, issuer.certificate, ...issuer.chain] as const
    for (const file of [exportCertificate(certificate, 'pem'), exportChain(chain, { includeRoot: false })])
      into.files.push({ name: file.name, bytes: file.bytes })
  } catch (error) {
    const failure = failureOf(error)
    await session.refuse('certificate-refused', name, actor, failure.code)
    if (endsRun(error)) return failure
    into.failed.push({ index, name, failure })
  }
  return null
}

async function itemOf(
  request: CertificationRequest,
  file: string,
): Promise<Omit<CertifyItem, 'index' | 'requestId' | 'sameKeyAs'>> {
  const verdict = await verifySigned(request, request.spki)
  return {
    file,
    name: requestName(request),
    subject: nameToText(request.subject),
    subjectAltNames: (request.subjectAltName ?? []).map(generalNameLine),
    keyAlgorithm: keyAlgorithmOf(request.spki),
    ...(await requestSums(request)),
    possession: typeof verdict === 'string' ? verdict : 'unchecked',
    suggested: suggestedProfile(request),
    notices: noticesOf(request),
    faultyNames: faultyNames(request.subjectAltName),
  }
}

/** Returns each extension once; allowed if it is for any of them. */
function wantedByAny(profile: Profile, lying: readonly Lying[]): WantedExtension[] {
  const wanted = new Map<string, WantedExtension>()
  for (const each of lying.flatMap(({ request }) => wantedOf(profile, request))) {
    const known = wanted.get(each.oid)
    if (!known || (known.refusal !== null && each.refusal === null)) wanted.set(each.oid, each)
  }
  return [...wanted.values()]
}

/** Leaves out extensions refused but given anyway, because the profile sets the same value. */
function stillWanted(
  wanted: readonly WantedExtension[],
  previews: readonly CertifyPreview[],
): WantedExtension[] {
  return wanted.filter(({ field, refusal }) => {
    const asked = previews.flatMap(({ fields }) =>
      fields.filter((each) => each.field === field && each.asked),
    )
    return refusal === null || asked.length === 0 || asked.some(({ verdict }) => verdict !== 'same')
  })
}

const sameKey = (one: CertificationRequest, other: CertificationRequest): boolean =>
  sameOctets(one.spki.publicKey, other.spki.publicKey)

/** Many requests from elsewhere: parsed, shown next to what they would get, certified one after the other. */
export function certifyMethods(
  session: Session,
): Pick<Handlers, Extract<keyof Handlers, `certify.${string}`>> {
  const desk = new Held<Desk>(session)
  const context = { session, desk }

  return {
    'certify.read': (input, call) => read(context, input, call),
    'certify.preview': (input, call) => preview(context, input, call),
    'certify.sign': (input, call) => desk.use(input.token, (read) => sign(session, read, input, call)),
    'certify.keep': (input) => keep(context, input),
  }
}
