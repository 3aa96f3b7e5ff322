import { compareRequest } from '../../../ca/compare-request.ts'
import { CodedError } from '../../../errors.ts'
import { onCurrentRecords, type Change, type Write } from '../../../vault/commit.ts'
import { findRecord } from '../../../vault/reading.ts'
import type { CertificateRecord, StoreSum } from '../../../vault/shapes.ts'
import { createPool, type Pool } from '../../../validate/pool.ts'
import { validate } from '../../../validate/validate.ts'
import { digest } from '../../../webcrypto/signature.ts'
import type { Certificate } from '../../../x509/certificate.ts'
import { namesMatch } from '../../../x509/name-matching.ts'
import { nameToText } from '../../../x509/name.ts'
import { sameOctets } from '../../../octets.ts'
import { adoptAuthorities, type ComingAuthority, type ComingKey } from '../../hierarchy/adopting.ts'
import {
  issuerAmong,
  knownAuthorities,
  signatureOf,
  storedBelow,
  type KnownAuthority,
} from '../../hierarchy/issuers.ts'
import type { Call, Handlers } from '../../../border/dispatch.ts'
import type { In, Out } from '../../../border/protocol.ts'
import { callingName } from '../../../x509/calling-name.ts'
import { keyAlgorithmOf } from '../../shared/facts.ts'
import { serialOf } from '../../../x509/serial-number.ts'
import { newId } from '../../certifying/certified-key.ts'
import { certificateRecord, certificateWrite } from '../../records/certificate-records.ts'
import type { AnswerItem, StoredAnswer } from '../../../border/protocol/request.ts'
import {
  asksForCa,
  keyPlaceOf,
  requestKey,
  requestName,
  requestWrite,
  storedRequests,
} from '../../records/request-records.ts'
import type { StoredRequest } from '../../records/request-records.ts'
import { knownRevocations } from '../../records/known-revocations.ts'
import { Held } from '../../session/held.ts'
import type { Session } from '../../session/session.ts'
import type { Actor } from '../../../border/views.ts'
import { foundKinds } from '../../../containers/pile/found-kinds.ts'
import { readFiles } from '../../files/reading.ts'
import { isCa, isSelfIssued } from '../../../x509/roles.ts'

/** A received certificate, parsed and not stored yet. */
interface Come {
  readonly certificate: Certificate
  readonly request: StoredRequest | null
  readonly item: AnswerItem
}

interface Context {
  readonly session: Session
  readonly held: Held<readonly Come[]>
}

async function read(
  { session, held }: Context,
  { files }: In<'answer.read'>,
  call: Call,
): Promise<Out<'answer.read'>> {
  session.idle.touch()
  await session.vault.requireOpen()
  const { items, problems } = await readFiles(files, { privateKeys: 'match' }, call)
  const certificates = items.flatMap((item) =>
    item.kind === 'certificate' ? [{ certificate: item.certificate, file: item.source.file }] : [],
  )
  const distinct = certificates.filter(
    ({ certificate }, index) =>
      certificates.findIndex((other) => sameOctets(other.certificate.der, certificate.der)) === index,
  )
  const come = await itemsOf(session, distinct)
  const token = held.hold(come)
  return { token, items: come.map(({ item }) => item), problems, found: foundKinds(items) }
}

function store(
  { session, held }: Context,
  { token, chosen, actor }: In<'answer.store'>,
  { signal }: Call,
): Promise<Out<'answer.store'>> {
  return held.use(token, async (come) => {
    await session.begin(actor)
    const taken = chosen.flatMap((index) => come[index] ?? []).filter(isStorable)
    await requireSigned(session, taken)
    const stored = await onCurrentRecords(async () => {
      const { stored, ...change } = await storing(session, taken, actor)
      if (change.writes.length > 0)
        await session.commit({ ...change, durability: 'strict' }, undefined, signal)
      return stored
    })
    held.discard(token)
    return stored
  })
}

/** Enough for any real chain, and few enough to validate at once. */
const MOST = 500

const isStorable = ({ item: { kind, refusal } }: Come): boolean =>
  refusal === null && (kind === 'answer' || kind === 'authority')

/**
 * A CA's answer needs its issuer's certificate: one that is here, or is taken with it. An end-entity's may wait for its
 * issuer. Rejects with 'authority-not-signed'.
 */
async function requireSigned(session: Session, taken: readonly Come[]): Promise<void> {
  const here = (await knownAuthorities(session)).map(({ certificate }) => certificate)
  const cas = [...here, ...taken.map(({ certificate }) => certificate).filter(isCa)]
  for (const { certificate, request } of taken) {
    const signature = await signatureOf(cas, certificate)
    const mayWait = request === null || !asksForCa(request.request)
    if (signature === 'signed' || (mayWait && signature !== 'not-signed')) continue
    throw new CodedError('authority-not-signed', { name: callingName(certificate) })
  }
}

async function itemsOf(
  session: Session,
  found: readonly { certificate: Certificate; file: string }[],
): Promise<Come[]> {
  if (found.length > MOST) throw new CodedError('pile-too-many', { limit: MOST })
  const known = await knownAuthorities(session)
  const requests = (await storedRequests(session)).filter(({ value }) => value.origin === 'made')
  const cas: KnownAuthority[] = found
    .map(({ certificate }, index) => ({ id: `come ${String(index)}`, certificate }))
    .filter(({ certificate }) => isCa(certificate))
  const all = [...known, ...cas]
  const signed = await Promise.all(
    cas
      .filter(({ certificate }) => isSelfIssued(certificate))
      .map(async (ca) => {
        return (await issuerAmong([ca], ca.certificate)) ? [ca.certificate] : []
      }),
  )
  const pool = createPool({
    anchors: [...known.map(({ certificate }) => certificate).filter(isSelfIssued), ...signed.flat()],
    intermediates: all.map(({ certificate }) => certificate),
  })
  const at = new Date(session.now)
  const come = await Promise.all(
    found.map(async ({ certificate, file }, index) => {
      const request = await requestFor(session, requests, certificate)
      const parent = await issuerAmong(all, certificate)
      const around = { index, file, request, parent, known, all, pool, at }
      const item = await itemOf(session, certificate, around)
      return { certificate, request, item, parent }
    }),
  )
  return suggested(come)
}

interface Around {
  readonly index: number
  readonly file: string
  readonly request: StoredRequest | null
  readonly parent: KnownAuthority | null
  readonly known: readonly KnownAuthority[]
  /** Those, and the CAs among what was read. */
  readonly all: readonly KnownAuthority[]
  readonly pool: Pool
  readonly at: Date
}

/** Returns the request with this key that it answered, else the newest pending with its name, else the newest. */
async function requestFor(
  session: Session,
  requests: readonly StoredRequest[],
  certificate: Certificate,
): Promise<StoredRequest | null> {
  const own = requests
    .filter(({ request }) => sameOctets(request.spki.publicKey, certificate.spki.publicKey))
    .sort((one, other) => other.value.createdAt - one.value.createdAt)
  for (const each of own) if (await isAnswerOf(session, each, certificate)) return each
  const waiting = own.filter(({ value }) => value.certificateId === null)
  const named = waiting.find(({ request }) => namesMatch(request.subject, certificate.subject))
  return named ?? waiting[0] ?? own[0] ?? null
}

async function isAnswerOf(
  session: Session,
  { value }: StoredRequest,
  certificate: Certificate,
): Promise<boolean> {
  if (value.certificateId === null) return false
  const found = await findRecord(session.vault, 'certificates', value.certificateId)
  return found !== null && sameOctets(found.value.der, certificate.der)
}

/** Returns whether exactly this certificate is here; not while a request's key is still to be linked to it. */
function isHere(session: Session, certificate: Certificate, { known, request }: Around): Promise<boolean> {
  if (request) return isAnswerOf(session, request, certificate)
  return Promise.resolve(known.some((each) => sameOctets(each.certificate.der, certificate.der)))
}

async function itemOf(session: Session, certificate: Certificate, around: Around): Promise<AnswerItem> {
  const { index, file, request, parent, pool, at } = around
  const report = await validate(certificate, pool, { at, purpose: 'any', revocation: 'none' })
  const path = report.paths[report.best]
  const wantsCa = request !== null && asksForCa(request.request)
  return {
    index,
    file,
    name: callingName(certificate),
    issuer: nameToText(certificate.issuer),
    notBefore: certificate.notBefore,
    notAfter: certificate.notAfter,
    keyAlgorithm: keyAlgorithmOf(certificate.spki),
    spkiHash: await digest('SHA-256', certificate.spki.der),
    kind: (await isHere(session, certificate, around))
      ? 'known'
      : request
        ? 'answer'
        : isCa(certificate)
          ? 'authority'
          : 'stranger',
    request: request && { id: request.id, name: requestName(request.request), isCa: wantsCa },
    suggested: false,
    refusal: await refusalOf(certificate, around),
    fields: request ? compareRequest(request.request, certificate) : [],
    parent: parent && callingName(parent.certificate),
    verdict: report.verdict === 'valid-with-faults' ? 'valid' : report.verdict,
    findings: path?.certificates.flatMap(({ refusals }) => refusals) ?? [],
  }
}

async function refusalOf(
  certificate: Certificate,
  { request, known, all }: Around,
): Promise<AnswerItem['refusal']> {
  const wantsCa = request !== null && asksForCa(request.request)
  if (wantsCa && !isCa(certificate)) return 'not-a-ca'
  if (!request && !isCa(certificate)) return null
  const cas = all.map((each) => each.certificate)
  const signature = await signatureOf(cas, certificate)
  if (signature === 'not-signed') return 'not-signed'
  if (!wantsCa) return null
  if (signature !== 'signed') return signature
  if (namesMatch(request.request.subject, certificate.subject)) return null
  const isOther = (ca: Certificate): boolean =>
    sameOctets(ca.spki.publicKey, certificate.spki.publicKey) && !namesMatch(ca.subject, certificate.subject)
  return known.some((each) => isOther(each.certificate)) ? 'key-of-another' : null
}

/** Returns answers and the CAs above them; if there is no answer, every CA that is not here. */
function suggested(come: readonly (Come & { readonly parent: KnownAuthority | null })[]): Come[] {
  const chosen = new Set<Certificate>()
  for (const each of come.filter(({ item }) => item.kind === 'answer' && item.refusal === null)) {
    let next: (typeof come)[number] | undefined = each
    while (next && !chosen.has(next.certificate)) {
      chosen.add(next.certificate)
      const above: Certificate | undefined = next.parent?.certificate
      next = come.find(({ certificate }) => certificate === above)
    }
  }
  const isAlone = chosen.size === 0
  return come.map(({ certificate, request, item }) => ({
    certificate,
    request,
    item: {
      ...item,
      suggested: item.refusal === null && (chosen.has(certificate) || (isAlone && item.kind === 'authority')),
    },
  }))
}

interface Storing extends Pick<Change, 'entries' | 'basedOn' | 'lists'> {
  readonly writes: Write[]
  readonly stored: readonly StoredAnswer[]
}

/** Places authorities in the hierarchy, other certificates below their issuers; links requests to answers. */
async function storing(session: Session, taken: readonly Come[], actor: Actor): Promise<Storing> {
  const asAuthority = taken.filter(({ request, certificate }) =>
    request ? asksForCa(request.request) : isCa(certificate),
  )
  const coming = await Promise.all(
    asAuthority.map(async ({ certificate, request }): Promise<ComingAuthority> => {
      const key = request && (await comingKeyOf(session, request))
      if (!request) return { certificate, key }
      const nameWasAsked = namesMatch(request.request.subject, certificate.subject)
      return { certificate, key, requestId: request.id, nameWasAsked }
    }),
  )
  const { adopted, writes, entries, basedOn, known } = await adoptAuthorities(session, coming, actor)
  const stored: StoredAnswer[] = []
  const lists: StoreSum[] = []
  const join = (request: StoredRequest, certificate: Certificate, certificateId: string): void => {
    writes.push(requestWrite(request.id, { ...request.value, certificateId }, 'put'))
    const subject = `${callingName(certificate)} · ${serialOf(certificate)}`
    basedOn.push(request.read)
    entries.push(session.draft('request-answered', subject, actor, request.id))
  }
  for (const [index, { certificate, request }] of asAuthority.entries()) {
    const { authorityId, certificateId } = adopted[index]!
    if (request) join(request, certificate, certificateId)
    stored.push({
      name: callingName(certificate),
      certificateId,
      authorityId,
      requestId: request?.id ?? null,
    })
  }
  for (const { certificate, request } of taken) {
    if (!request || asksForCa(request.request)) continue
    const issuer = await issuerAmong(known, certificate)
    // It may have been imported before, as a certificate whose key is elsewhere.
    const before = issuer && (await storedBelow(session, certificate, issuer.id))
    const certificateId = before?.id ?? newId()
    const fresh = answerRecord(session, certificate, request, issuer?.id ?? null, actor)
    const { key, keyId } = fresh
    const told = issuer && !before ? await toldOf(session, issuer.id, certificate) : null
    if (told) {
      basedOn.push(told.authority)
      lists.push(...told.lists)
    }
    const value = before
      ? { ...before.value, key, keyId, requestId: request.id }
      : { ...fresh, ...told?.standing }
    writes.push(certificateWrite(certificateId, value, certificate, before ? 'put' : 'add'))
    if (before) basedOn.push(before)
    const name = callingName(certificate)
    if (!before)
      entries.push(
        session.draft('certificate-adopted', `${name} · ${serialOf(certificate)}`, actor, certificateId),
      )
    join(request, certificate, certificateId)
    stored.push({ name, certificateId, authorityId: null, requestId: request.id })
  }
  return { writes, entries, basedOn, lists, stored }
}

interface Told extends Omit<Awaited<ReturnType<typeof knownRevocations>>, 'known'> {
  readonly standing: Pick<CertificateRecord, 'status' | 'revocation'> | null
}

/** Returns what is known against a certificate that comes in, if its CA is here already. */
async function toldOf(session: Session, issuerId: string, certificate: Certificate): Promise<Told | null> {
  if (!(await findRecord(session.vault, 'authorities', issuerId))) return null
  const { known, ...from } = await knownRevocations(session, issuerId)
  const found = known.of(certificate)
  if (!found) return { ...from, standing: null }
  const { since, reason, invalidityDate } = found
  const status = reason === 'certificateHold' ? 'held' : 'revoked'
  return { ...from, standing: { status, revocation: { since, reason, invalidityDate } } }
}

async function comingKeyOf(session: Session, request: StoredRequest): Promise<ComingKey | null> {
  const key = await requestKey(session, request.value)
  return key && { id: key.id, place: keyPlaceOf(key.record), write: null }
}

function answerRecord(
  session: Session,
  certificate: Certificate,
  { id, value }: StoredRequest,
  authorityId: string | null,
  actor: Actor,
): CertificateRecord {
  const given = {
    authorityId,
    ownAuthorityId: null,
    profileId: value.profileId ?? 'custom',
    key: value.key ? ('sealed' as const) : ('brought' as const),
    keyId: value.key?.id ?? null,
    requestId: id,
  }
  return certificateRecord(session, certificate, given, actor)
}

/** Certificates that answer requests made here, and CAs whose keys are kept elsewhere: parsed, reviewed, stored. */
export function answerMethods(session: Session): Pick<Handlers, Extract<keyof Handlers, `answer.${string}`>> {
  const held = new Held<readonly Come[]>(session)
  const context = { session, held }

  return {
    'answer.read': (input, call) => read(context, input, call),
    'answer.store': (input, call) => store(context, input, call),
  }
}
