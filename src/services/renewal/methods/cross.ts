import { prepareCross, type CrossSubject } from '../../../ca/cross.ts'
import type { ValidityInput } from '../../../ca/input.ts'
import { stopping } from '../../../ca/issue.ts'
import type { IssuanceToken } from '../../../ca/token.ts'
import { CodedError } from '../../../errors.ts'
import { onCurrentRecords, type Write } from '../../../vault/commit.ts'
import { requireRecord } from '../../../vault/reading.ts'
import type { AuthorityRecord } from '../../../vault/shapes.ts'
import { digest } from '../../../webcrypto/signature.ts'
import { parseCertificate, type Certificate } from '../../../x509/certificate.ts'
import { nameToText } from '../../../x509/name.ts'
import { sameOctets } from '../../../octets.ts'
import { parseRequest, type CertificationRequest } from '../../../x509/request.ts'
import { verifySigned } from '../../../x509/signed.ts'
import type { CrossMethods as Cross, OutsideAuthority } from '../../../border/protocol/cross.ts'
import type { Call, Handlers } from '../../../border/dispatch.ts'
import { callingName, subjectCalled } from '../../../x509/calling-name.ts'
import { keyAlgorithmOf } from '../../shared/facts.ts'
import { serialOf } from '../../../x509/serial-number.ts'
import {
  clockOf,
  issuingAuthority,
  newId,
  rightToIssue,
  signPrepared,
  type IssuingAuthority,
  noteRefusal,
} from '../../certifying/certified-key.ts'
import { surroundings } from '../../certifying/surroundings.ts'
import type { In, Out } from '../../../border/protocol.ts'
import type { Session } from '../../session/session.ts'
import { requireKeptKey } from '../../signing/lost-keys.ts'
import type { Storing } from '../../signing/signed.ts'
import { Waiting } from '../../signing/waiting.ts'
import type { Actor } from '../../../border/views.ts'
import { certificateRecord, certificateWrite } from '../../records/certificate-records.ts'
import { withOthers } from '../../records/other-certificates.ts'
import { readableRequests } from '../../requests/methods/request.ts'
import { partView } from '../part-view.ts'
import { readFiles } from '../../files/reading.ts'

type CrossMethods = Pick<Handlers, keyof Cross>

interface PreparedCross {
  readonly token: IssuanceToken
  readonly certificate: Certificate
  readonly issuer: IssuingAuthority
}

/** At most this many prepared cross-certificates wait for a signature. */
const WAITING = 10
/** A cross-certificate binds two organisations: shorter-lived than a CA. */
const USUAL_YEARS = 5

interface Context {
  readonly session: Session
  readonly waiting: Waiting<PreparedCross>
}

async function readOutside({ files }: In<'cross.read'>, call: Call): Promise<Out<'cross.read'>> {
  const { items, problems } = await readFiles(files, { privateKeys: 'match' }, call)
  const { read, unreadable } = readableRequests(items)
  const found = await Promise.all([
    ...items.flatMap((item) =>
      item.kind === 'certificate' ? [outside(item.kind, item.certificate, item.source.file)] : [],
    ),
    ...read.map(({ request, file }) => outside('request', request, file)),
  ])
  return { found, problems: [...problems, ...unreadable] }
}

async function prepareOutside(
  { session, waiting }: Context,
  input: In<'cross.prepare'>,
): Promise<Out<'cross.prepare'>> {
  session.idle.touch()
  await session.vault.requireOpen()
  const at = new Date(session.now)
  const issuer = await issuingAuthority(session, input.authorityId)
  const subject = await requireProved(input)
  await requireKeptKey(session, { spki: subject.spki, name: nameToText(subject.subject) })
  const choices = {
    constraints: input.constraints,
    validity: input.validity ?? usualValidity(subject, at),
  }
  const preparation = await prepareCross(subject, choices, issuer, surroundings(at, issuer.against))
  const { certificate } = preparation
  const token = preparation.token && waiting.add({ token: preparation.token, certificate, issuer }, at)
  if (token === null) {
    const { who } = session.vault.settings
    const name = callingName(preparation.certificate)
    await session.refuse('certificate-refused', name, { who }, stopping(preparation.findings).join(' '))
  }
  const part = partView({ role: 'renewed', preparation })
  return { token, part, clock: await clockOf(session, at) }
}

async function signOutside(
  { session, waiting }: Context,
  { token, acknowledged, actor }: In<'cross.sign'>,
  { signal }: Call,
): Promise<Out<'cross.sign'>> {
  const prepared = waiting.find(token)
  await session.begin(actor)
  const { issuer } = prepared
  try {
    const signed = await signPrepared(
      prepared,
      await rightToIssue(session, issuer, { acknowledged, actor }),
      acknowledged,
    )
    waiting.remove(token)
    const certificateId = newId()
    await onCurrentRecords(() =>
      signed.store(
        session,
        (certificate) => records(session, certificateId, certificate, issuer.id, actor),
        signal,
      ),
    )
    return { certificateId }
  } catch (error) {
    await noteRefusal(session, error, prepared.certificate, actor, signal)
    throw error
  }
}

async function records(
  session: Session,
  id: string,
  certificate: Certificate,
  issuerId: string,
  actor: Actor,
): Promise<Storing<null>> {
  const known = await authorityWith(session, certificate)
  const ownAuthorityId = known?.id ?? newId()
  const own = {
    authorityId: issuerId,
    ownAuthorityId,
    profileId: 'intermediate',
    key: known?.value.key ?? ('elsewhere' as const),
    keyId: known?.value.keyId ?? null,
  }
  const record = certificateRecord(session, certificate, own, actor)
  const value: AuthorityRecord = known
    ? withOthers(known.value, [id])
    : {
        parentId: issuerId,
        certificateId: id,
        key: 'elsewhere',
        keyId: null,
        createdAt: session.now,
        retiredAt: null,
      }
  const name = callingName(certificate)
  const serialNumber = serialOf(certificate)
  const writes: Write[] = [
    certificateWrite(id, record, certificate),
    { store: 'authorities', id: ownAuthorityId, value, mode: known ? 'put' : 'add' },
  ]
  const entries = [session.draft('authority-cross-certified', `${name} · ${serialNumber}`, actor, id)]
  const basedOn = known ? [known] : []
  return { writes, entries, basedOn, durability: 'strict', result: null }
}

/** Returns the CA with this name and key if it exists: the certificate is then one more of its own. */
async function authorityWith(session: Session, { subject, spki }: Certificate) {
  const hash = await digest('SHA-256', spki.der)
  for (const { id, spkiHash, subject: name } of await session.inventory.authorities())
    if (sameOctets(spkiHash, hash) && name === nameToText(subject))
      return requireRecord(session.vault, 'authorities', id)
  return null
}

type Asked = Pick<In<'cross.prepare'>, 'kind' | 'der'>

const parsed = ({ kind, der }: Asked): Certificate | CertificationRequest =>
  kind === 'certificate' ? parseCertificate(der) : parseRequest(der)

/** Rejects with 'cross-not-proved' if its own signature does not verify with its key. */
async function requireProved(asked: Asked): Promise<Certificate | CertificationRequest> {
  const subject = parsed(asked)
  if ((await signatureOf(subject)) === 'invalid')
    throw new CodedError('cross-not-proved', { name: nameToText(subject.subject) })
  return subject
}

function usualValidity(subject: CrossSubject & { notAfter?: Date }, at: Date): ValidityInput {
  const until = new Date(at)
  until.setUTCFullYear(at.getUTCFullYear() + USUAL_YEARS)
  return subject.notAfter && subject.notAfter < until
    ? { notAfter: subject.notAfter }
    : { years: USUAL_YEARS }
}

async function outside(
  kind: OutsideAuthority['kind'],
  subject: Certificate | CertificationRequest,
  file: string,
): Promise<OutsideAuthority> {
  return {
    kind,
    der: subject.der,
    file,
    subject: nameToText(subject.subject),
    name: subjectCalled(subject),
    keyAlgorithm: keyAlgorithmOf(subject.spki),
    spkiHash: await digest('SHA-256', subject.spki.der),
    signature: await signatureOf(subject),
    notAfter: 'notAfter' in subject ? subject.notAfter : null,
    ca: subject.basicConstraints?.ca ?? null,
  }
}

async function signatureOf(
  subject: Certificate | CertificationRequest,
): Promise<OutsideAuthority['signature']> {
  if ('issuer' in subject && !sameOctets(subject.issuer.der, subject.subject.der)) return 'by-another'
  const verdict = await verifySigned(subject, subject.spki)
  return typeof verdict === 'string' ? verdict : 'unchecked'
}

/** Certifies another CA below one of ours, within limits that we set. */
export function crossMethods(session: Session): CrossMethods {
  const context = { session, waiting: new Waiting<PreparedCross>(session, WAITING) }

  return {
    'cross.read': readOutside,
    'cross.prepare': (input) => prepareOutside(context, input),
    'cross.sign': (input, call) => signOutside(context, input, call),
  }
}
