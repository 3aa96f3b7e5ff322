import { digest } from '../../../webcrypto/signature.ts'
import { compareRequest } from '../../../ca/compare-request.ts'
import type { ComparedField } from '../../../ca/compare-request.ts'
import type { AttributeInput } from '../../../ca/input.ts'
import { issueRequest, prepareRequest } from '../../../ca/request.ts'
import { wantedOf } from '../../../ca/request-wishes.ts'
import { encodeSubject } from '../../../ca/subject.ts'
import { sanitize } from '../../../containers/file-name.ts'
import type { PrivateKey } from '../../../containers/private-key.ts'
import { parseWhole } from '../../../der/reader.ts'
import { CodedError } from '../../../errors.ts'
import type { Finding } from '../../../findings.ts'
import { onCurrentRecords } from '../../../vault/commit.ts'
import { checkPassphrase } from '../../../vault/key-slots.ts'
import { requireRecord } from '../../../vault/reading.ts'
import type { RequestRecord } from '../../../vault/shapes.ts'
import { parseCertificate } from '../../../x509/certificate.ts'
import type { Certificate } from '../../../x509/certificate.ts'
import { namesMatch } from '../../../x509/name-matching.ts'
import { parseName } from '../../../x509/name.ts'
import { sameOctets, utf8 } from '../../../octets.ts'
import { encodePem } from '../../../x509/pem.ts'
import { parseRequest, type CertificationRequest } from '../../../x509/request.ts'
import type { Call, Handlers } from '../../../border/dispatch.ts'
import type { In, Out } from '../../../border/protocol.ts'
import {
  broughtKey,
  keptRecord,
  keyWrite,
  newId,
  newKey,
  newSigner,
  type Accepted,
  type NewKey,
} from '../../certifying/certified-key.ts'
import type { KeyKeeping } from '../../../border/words.ts'
import type { RequestKey } from '../../../border/protocol/request.ts'
import {
  keyPlaceOf,
  requestKey,
  requestName,
  requestRow,
  requestWrite,
  storedRequest,
  storedRequests,
} from '../../records/request-records.ts'
import type { StoredRequest } from '../../records/request-records.ts'
import type { Session } from '../../session/session.ts'
import { requireCurrentNow } from '../../signing/current-records.ts'
import { rightOfAuthority, rightOfKept } from '../../signing/rights.ts'
import { ownKey, type Signing } from '../../signing/signed.ts'
import type { Actor } from '../../../border/views.ts'
import { callingName } from '../../../x509/calling-name.ts'
import { readFiles } from '../../files/reading.ts'
import { profileOf } from '../../certifying/methods/profile.ts'
import { noticesOf } from '../notices.ts'
import { requestedName, subjectOf } from '../requested.ts'

type Made = 'make' | 'again' | 'wanted' | 'list' | 'detail' | 'export' | 'remove'

async function make(
  session: Session,
  { request: wishes, key: wanted, keyKeeping, acknowledged = [], shown = [], actor }: In<'request.make'>,
  call: Call,
): Promise<Out<'request.make'>> {
  await session.begin(actor)
  const profile = await profileOf(session, wishes.profileId)
  const isCa = profile.kind !== 'endEntity'
  if (isCa && keyKeeping.kind === 'own-passphrase') checkPassphrase(keyKeeping.passphrase)
  const caKey = isCa ? keyKeeping : null
  const key = await keyOf(session, wanted, caKey, wishes.subject, { acknowledged, shown, actor }, call)
  const prepared = prepareRequest(profile, { ...wishes, key: key.spki })
  const signed = await key.signing.sign((signer) => issueRequest(prepared, signer))
  const id = newId()
  const recordOf = (request: CertificationRequest): RequestRecord => ({
    der: request.der.slice(),
    origin: 'made',
    key: { store: isCa ? 'keys' : 'endEntityKeys', id: key.id },
    certificateId: null,
    profileId: profile.id,
    ...(key.made ? {} : { keyIsShared: true }),
    createdAt: session.now,
    createdBy: actor.who,
  })
  const kept = key.made && caKey ? await keptRecord(session, key.made, caKey, call.signal) : undefined
  const keyWrites = key.made ? [await keyWrite(session, key.made, caKey, kept)] : []
  // Storing starts here, and is not left half done.
  call.signal.throwIfAborted()
  const stored = await signed.store(
    session,
    (request) => {
      const value = recordOf(request)
      return {
        writes: [...keyWrites, requestWrite(id, value, 'add')],
        entries: [session.draft('request-made', requestName(request), actor, id)],
        durability: 'strict',
        result: { id, value, request },
      }
    },
    call.signal,
  )
  return requestRow(session, stored)
}

async function again(
  session: Session,
  { certificateId }: In<'request.again'>,
): Promise<Out<'request.again'>> {
  const { value } = await requireRecord(session.vault, 'certificates', certificateId)
  const certificate = parseCertificate(value.der)
  const names = (certificate.subjectAltName ?? []).map(requestedName)
  const isCa = value.ownAuthorityId !== null
  const profile = await profileOf(session, value.profileId).catch(() => null)
  return {
    name: callingName(certificate),
    isCa,
    authorityId: value.ownAuthorityId,
    profileId: isCa ? 'intermediate' : (profile?.id ?? 'custom'),
    subject: subjectOf(certificate.subject),
    subjectAltNames: names.filter((name) => name !== null),
  }
}

async function wantedBy(
  session: Session,
  { der, profileId }: In<'request.wanted'>,
): Promise<Out<'request.wanted'>> {
  return wantedOf(await profileOf(session, profileId), parseRequest(der))
}

async function list(session: Session): Promise<Out<'request.list'>> {
  const stored = await storedRequests(session)
  const rows = await Promise.all(stored.map((each) => requestRow(session, each)))
  return rows.sort((one, other) => other.createdAt.getTime() - one.createdAt.getTime())
}

async function detail(session: Session, { requestId }: In<'request.detail'>): Promise<Out<'request.detail'>> {
  const stored = await storedRequest(session, requestId)
  const { der } = stored.value
  return {
    row: await requestRow(session, stored),
    sha256: await digest('SHA-256', der),
    der,
    pem: encodePem('CERTIFICATE REQUEST', der),
    fields: await fieldsOf(session, stored),
    notices: noticesOf(stored.request),
  }
}

async function exportRequest(
  session: Session,
  { requestId, format }: In<'request.export'>,
): Promise<Out<'request.export'>> {
  await session.vault.requireOpen()
  const { value, request } = await storedRequest(session, requestId)
  const name = sanitize(requestName(request)) || 'unnamed'
  return format === 'der'
    ? { name: `${name}.csr.der`, type: 'application/pkcs10', bytes: value.der }
    : {
        name: `${name}.csr.pem`,
        type: 'application/x-pem-file',
        bytes: utf8(encodePem('CERTIFICATE REQUEST', value.der)),
      }
}

async function remove(
  session: Session,
  { requestId, actor }: In<'request.remove'>,
): Promise<Out<'request.remove'>> {
  await session.begin(actor)
  await onCurrentRecords(() => removeOnce(session, requestId, actor))
  return null
}

/** Removes the request, and its key unless something else uses it. */
async function removeOnce(session: Session, requestId: string, actor: Actor): Promise<void> {
  const { value, request, read } = await storedRequest(session, requestId)
  const name = requestName(request)
  if (value.certificateId !== null) throw new CodedError('request-answered-already', { name })
  const others = (await storedRequests(session)).filter(({ id }) => id !== requestId)
  const heirs = others.filter(({ value: { key } }) => key !== null && key.id === value.key?.id)
  const lone = value.keyIsShared || heirs.length > 0 ? null : value.key
  await session.commit({
    // The next request that shares the key becomes its owner; the last one removes it.
    writes: value.keyIsShared
      ? []
      : heirs
          .slice(0, 1)
          .map(({ id, value: { keyIsShared: _shared, ...heir } }) => requestWrite(id, heir, 'put')),
    removals: [{ store: 'requests', id: requestId }, ...(lone ? [lone] : [])],
    entries: [session.draft('request-removed', name, actor, requestId)],
    basedOn: [read, ...heirs.slice(0, 1).map((heir) => heir.read)],
    durability: 'strict',
  })
}

/** Returns the signing key; `made` is to be stored with the request, and null for a key that is here already. */
async function keyOf(
  session: Session,
  wanted: RequestKey,
  caKey: KeyKeeping | null,
  subject: readonly AttributeInput[],
  accepted: AcceptedShown,
  call: Call,
): Promise<RequestSigner> {
  const isCa = caKey !== null
  if (wanted.kind === 'kept') return keptKey(session, wanted.certificateId, isCa, subject, accepted)
  if (wanted.kind === 'generate') return signerOf(session, await newKey(session, wanted.algorithm))
  const brought = await readBroughtKey(wanted, call)
  const here = caKey?.kind === 'own-passphrase' ? null : await keyOfWaiting(session, brought.spki, isCa)
  if (!here) return signerOf(session, await broughtKey(session, brought))
  brought.pkcs8.fill(0)
  const { id } = here
  const name = subject[0]?.value ?? ''
  const signing = await rightOfKept(session, { store: isCa ? 'keys' : 'endEntityKeys', id, name })
  return { id, spki: here.record.spki, made: null, signing }
}

async function signerOf(session: Session, made: NewKey): Promise<RequestSigner> {
  const signing = ownKey(await newSigner(session, made))
  return { id: made.id, spki: made.record.spki, made, signing }
}

/** Returns the key imported for another request, sealed once. One with its own passphrase is not opened. */
async function keyOfWaiting(session: Session, spki: Uint8Array, isCa: boolean): Promise<NewKey | null> {
  const store = isCa ? 'keys' : 'endEntityKeys'
  for (const { value, request, read } of await storedRequests(session)) {
    if (value.certificateId !== null || value.key?.store !== store) continue
    if (!sameOctets(request.spki.der, spki)) continue
    // One that was removed, and its key with it, may have been put back.
    await requireCurrentNow(session, [read])
    const key = await requestKey(session, value)
    if (key && keyPlaceOf(key.record) === 'vault') return key
  }
  return null
}

/** Rejects with 'export-no-key', 'request-key-of-ca' or 'request-key-not-ca'. */
async function keptKey(
  session: Session,
  certificateId: string,
  isCa: boolean,
  subject: readonly AttributeInput[],
  accepted: AcceptedShown,
): Promise<RequestSigner> {
  const { value } = await requireRecord(session.vault, 'certificates', certificateId)
  const certificate = parseCertificate(value.der)
  const { keyId, ownAuthorityId } = value
  const name = callingName(certificate)
  if (keyId === null) throw new CodedError('export-no-key', { name })
  // A CA is one name with one key: with another name, the same key would be a second CA.
  if (ownAuthorityId !== null && (!isCa || !sameSubject(subject, certificate)))
    throw new CodedError('request-key-of-ca', { name })
  if (ownAuthorityId === null && isCa) throw new CodedError('request-key-not-ca', { name })
  const signing =
    ownAuthorityId === null
      ? await rightOfKept(session, { store: 'endEntityKeys', id: keyId, name })
      : await rightOfAuthority(session, {
          authorityId: ownAuthorityId,
          certificateId: null,
          purpose: 'request',
          ...accepted,
        })
  return { id: keyId, spki: certificate.spki.der, made: null, signing }
}

/** Returns requested and given values; while it is pending, nothing is given. */
async function fieldsOf(
  session: Session,
  { value, request }: StoredRequest,
): Promise<readonly ComparedField[]> {
  if (value.certificateId === null) return compareRequest(request, null)
  const answer = await requireRecord(session.vault, 'certificates', value.certificateId)
  return compareRequest(request, parseCertificate(answer.value.der))
}

const sameSubject = (subject: readonly AttributeInput[], certificate: Certificate): boolean =>
  namesMatch(
    parseWhole(encodeSubject(subject), (reader) => parseName(reader, 'subject', [])),
    certificate.subject,
  )

/** What the operator accepted, and what was shown for that. */
type AcceptedShown = Accepted & { readonly shown: readonly Finding[] }

interface RequestSigner {
  readonly id: string
  readonly spki: Uint8Array
  readonly made: NewKey | null
  readonly signing: Signing
}

/** Returns the only private key of a file. Rejects with 'brought-key-count', 'container-*' or another fault in it. */
async function readBroughtKey(
  { file, passphrase }: Extract<RequestKey, { kind: 'brought' }>,
  call: Call,
): Promise<PrivateKey> {
  // Some files use the empty password.
  const options = { privateKeys: 'keep', passwords: [passphrase] } as const
  const { items, problems } = await readFiles([file], options, call)
  const keys = items.flatMap((item) =>
    item.kind === 'privateKey' && item.pkcs8 !== null
      ? [{ keyType: item.keyType, pkcs8: item.pkcs8, spki: item.spki }]
      : [],
  )
  const [only, ...more] = keys
  if (only && more.length === 0) return only
  for (const { pkcs8 } of keys) pkcs8.fill(0)
  const locked = items.find((item) => item.kind === 'locked')
  if (locked) {
    const { format, part } = locked
    if (part !== 'whole' && passphrase !== '') throw new CodedError('container-key-password', { format })
    const code = passphrase === '' ? 'container-password-needed' : 'container-password-wrong'
    throw new CodedError(code, { format })
  }
  const [problem] = problems
  if (keys.length === 0 && problem) throw new CodedError(problem.code, problem.detail)
  throw new CodedError('brought-key-count', { found: keys.length })
}

/** Requests made here for another CA to answer, and the list of all stored requests. */
export function requestMakeMethods(session: Session): Pick<Handlers, `request.${Made}`> {
  return {
    'request.make': (input, call) => make(session, input, call),
    'request.again': (input) => again(session, input),
    'request.wanted': (input) => wantedBy(session, input),
    'request.list': () => list(session),
    'request.detail': (input) => detail(session, input),
    'request.export': (input) => exportRequest(session, input),
    'request.remove': (input) => remove(session, input),
  }
}
