/** Certificates for keys made elsewhere: prepared from a request, compared with it, and stored with it. */
import { compareRequest } from '../../ca/compare-request.ts'
import type { ExtensionInputs } from '../../ca/input.ts'
import { prepare, type Preparation } from '../../ca/prepare.ts'
import type { Profile } from '../../ca/profiles.ts'
import { wantedOf, wishesOf } from '../../ca/request-wishes.ts'
import { CodedError } from '../../errors.ts'
import type { Finding } from '../../findings.ts'
import type { Write } from '../../vault/commit.ts'
import type { RequestRecord } from '../../vault/shapes.ts'
import type { Certificate } from '../../x509/certificate.ts'
import type { GeneralName } from '../../x509/general-name.ts'
import { generalNameLine } from '../../x509/general-name-text.ts'
import { nameToText } from '../../x509/name.ts'
import type { CertificationRequest } from '../../x509/request.ts'
import { verifySigned } from '../../x509/signed.ts'
import { adoptAuthority } from '../hierarchy/adopting.ts'
import { callingName } from '../../x509/calling-name.ts'
import { serialOf } from '../../x509/serial-number.ts'
import {
  newId,
  recordsOf,
  type IssuingAuthority,
  type Keeping,
  type Prepared,
  type Stored,
} from '../certifying/certified-key.ts'
import { surroundings } from '../certifying/surroundings.ts'
import type { IssueInput } from '../../border/protocol.ts'
import type { ComparedView, NotGiven } from '../../border/words.ts'
import { requestedName } from './requested.ts'
import { requestName, requestWrite } from '../records/request-records.ts'
import type { Certifying } from '../certifying/certifying.ts'
import type { Session } from '../session/session.ts'
import { requireKeptKey } from '../signing/lost-keys.ts'
import type { Actor, PreparedFieldView } from '../../border/views.ts'
import { isCa } from '../../x509/roles.ts'

/**
 * As prepare(), with the accepted parts of the request laid over the profile. Rejects with 'request-not-proved' if its
 * signature is wrong: possession of the key has not been proved (RFC 2986 §3).
 */
export async function prepareCertified(
  session: Session,
  profile: Profile,
  issuer: IssuingAuthority | null,
  wishes: Omit<IssueInput, 'profileId'>,
  { request, take }: Certifying,
): Promise<Preparation> {
  const possession = await verifySigned(request, request.spki)
  if (possession === 'invalid') throw new CodedError('request-not-proved', { name: requestName(request) })
  await requireKeptKey(session, { spki: request.spki, name: requestName(request) })
  const known: Finding[] =
    possession === 'valid' ? [] : [{ code: 'possession-unchecked', detail: { what: possession.unchecked } }]
  const extensions = joined(wishesOf(profile, request, take), wishes.extensions)
  return prepare(profile, { ...wishes, extensions, key: request.spki.der }, issuer, {
    ...surroundings(new Date(session.now)),
    known: [...known, ...(issuer?.against ?? [])],
  })
}

/** Typed values override requested ones; further extensions are merged. */
function joined(asked: ExtensionInputs, typed: ExtensionInputs): ExtensionInputs {
  const custom = [...(typed.custom ?? []), ...(asked.custom ?? [])]
  return { ...asked, ...typed, ...(custom.length > 0 ? { custom } : {}) }
}

const DATES: ReadonlySet<string> = new Set(['notBefore', 'notAfter'])

/** Returns the fields of the certificate to issue; values both requested and given have the request as origin. */
export function fieldsOf(
  profile: Profile,
  { request, take, typed = true, renamed = false }: Certifying,
  preparation: Preparation,
): readonly PreparedFieldView[] {
  const compared = compareRequest(request, preparation.certificate)
  const asked = new Set([
    ...compared.filter(({ verdict }) => verdict === 'same').map(({ field }) => field),
    ...takenAsRead(request, preparation.certificate),
    ...wantedOf(profile, request)
      .filter(({ oid, refusal }) => refusal === null && take.includes(oid))
      .map(({ field }) => field),
  ])
  const requested = new Set(compared.filter((each) => each.asked !== null).map(({ field }) => field))
  return preparation.fields.map((field) => {
    if (field.field === 'subjectPublicKeyInfo') return { ...field, from: 'request' }
    if (field.from !== 'operator' || DATES.has(field.field)) return field
    if (renamed && field.field === 'subjectAltName') return field
    if (asked.has(field.field)) return { ...field, from: 'request' }
    // A name derived from the common name was not requested.
    if (!typed) return { ...field, from: requested.has(field.field) ? 'request' : 'computed' }
    return field
  })
}

/** Returns which of subject and names were given as far as they could be read: the operator removed none. */
function takenAsRead(request: CertificationRequest, certificate: Certificate): string[] {
  const lines = (names: readonly GeneralName[] | null): string =>
    (names ?? []).map(generalNameLine).join('\n')
  const rdns = request.subject.rdns.map((rdn) => rdn.filter(({ text }) => text !== null))
  const read = { ...request.subject, rdns: rdns.filter((rdn) => rdn.length > 0) }
  const names = request.subjectAltName?.filter((name) => requestedName(name) !== null) ?? []
  return [
    ...(nameToText(read) === nameToText(certificate.subject) ? ['subject'] : []),
    ...(names.length > 0 && lines(names) === lines(certificate.subjectAltName) ? ['subjectAltName'] : []),
  ]
}

/** Returns requested and given values, and why they differ. */
export function comparedView(
  profile: Profile,
  certifying: Certifying,
  preparation: Preparation,
): readonly ComparedView[] {
  const { request } = certifying
  const compared = compareRequest(request, preparation.certificate)
  const origins = new Map(fieldsOf(profile, certifying, preparation).map(({ field, from }) => [field, from]))
  const refusals = new Map(
    wantedOf(profile, request).map(({ field, refusal }) => [field, refusal ?? ('not-chosen' as const)]),
  )
  const whyNot = (field: string): NotGiven =>
    field === 'challengePassword' ? 'no-place' : (refusals.get(field) ?? 'not-chosen')
  return compared.map((each) => ({
    ...each,
    why: each.given === null ? whyNot(each.field) : (origins.get(each.field) ?? null),
  }))
}

/**
 * Returns everything written for a certificate whose key may be elsewhere: a CA's takes its place in the hierarchy, and
 * the request is linked to its answer.
 */
export async function certifiedRecords(
  session: Session,
  prepared: Prepared,
  certificate: Certificate,
  keeping: Keeping,
  actor: Actor,
): Promise<Stored> {
  const { certifying } = prepared
  if (!certifying) return recordsOf(session, prepared, certificate, keeping, actor)
  const forCa = isCa(certificate)
  const stored = forCa
    ? await adopted(session, prepared, certificate, actor)
    : await recordsOf(session, prepared, certificate, keeping, actor)
  const id = certifying.stored?.id ?? newId()
  const { certificateId, authorityId, entries } = stored
  const writes = stored.writes.map((write): Write =>
    write.store === 'certificates' && write.id === certificateId
      ? { ...write, value: { ...write.value, requestId: id } }
      : write,
  )
  const name = requestName(certifying.request)
  return {
    certificateId,
    authorityId,
    basedOn: [...(stored.basedOn ?? []), ...(certifying.stored ? [certifying.stored.read] : [])],
    writes: [
      ...writes,
      requestWrite(
        id,
        {
          ...(certifying.stored?.value ?? receivedRecord(session, certifying.request, actor)),
          certificateId,
        },
        certifying.stored ? 'put' : 'add',
      ),
    ],
    entries: [
      ...(certifying.stored ? [] : [session.draft('request-received', name, actor, id)]),
      ...entries,
      session.draft('request-answered', `${name} · ${serialOf(certificate)}`, actor, id),
    ],
  }
}

export function receivedRecord(session: Session, { der }: CertificationRequest, actor: Actor): RequestRecord {
  return {
    der: der.slice(),
    origin: 'received',
    key: null,
    certificateId: null,
    createdAt: session.now,
    createdBy: actor.who,
  }
}

async function adopted(
  session: Session,
  { profileId }: Prepared,
  certificate: Certificate,
  actor: Actor,
): Promise<Stored> {
  const adoption = await adoptAuthority(session, { certificate, key: null, profileId }, actor)
  const { certificateId, authorityId, writes, entries, basedOn } = adoption
  const subject = `${callingName(certificate)} · ${serialOf(certificate)}`
  return {
    certificateId,
    authorityId,
    writes,
    basedOn,
    entries: [session.draft('certificate-issued', subject, actor, certificateId), ...entries],
  }
}
