import { attributeTypeName } from '../../ca/subject.ts'
import { isCodedError } from '../../errors.ts'
import type { GeneralName } from '../../x509/general-name.ts'
import { generalNameToText } from '../../x509/general-name-text.ts'
import type { Name } from '../../x509/name.ts'
import { OTHER_NAME_OIDS, oidName } from '../../x509/oids.ts'
import { parseRequest } from '../../x509/request.ts'
import type { CertificationRequest } from '../../x509/request.ts'
import { verifySigned } from '../../x509/signed.ts'
import type { PileItem, PileProblem } from '../../containers/pile/items.ts'
import type { Handlers } from '../dispatch.ts'
import { keyAlgorithmOf } from '../facts.ts'
import { readFiles } from '../reading.ts'
import type { RequestedName, RequestView, RequestsView } from '../views.ts'
import { hexOf } from '../../x509/octets.ts'

/** Certification requests (PKCS#10) that came from elsewhere, read and their proof of possession checked. */
export const requestMethods: Pick<Handlers, 'request.read'> = {
  async 'request.read'({ files }, call): Promise<RequestsView> {
    const { items, problems } = await readFiles(files, { privateKeys: 'match' }, call)
    const { read, unreadable } = readableRequests(items)
    const views = await Promise.all(read.map(({ request, file }) => requestView(request, file)))
    return { requests: views, problems: [...problems, ...unreadable] }
  },
}

/** The requests of a pile; one that cannot be read costs itself alone, and is named. */
export function readableRequests(items: readonly PileItem[]): {
  read: { request: CertificationRequest; file: string }[]
  unreadable: PileProblem[]
} {
  const read: { request: CertificationRequest; file: string }[] = []
  const unreadable: PileProblem[] = []
  for (const item of items) {
    if (item.kind !== 'request') continue
    try {
      read.push({ request: parseRequest(item.der), file: item.source.file })
    } catch (error) {
      if (!isCodedError(error)) throw error
      unreadable.push({ code: error.code, detail: error.detail, source: item.source } as PileProblem)
    }
  }
  return { read, unreadable }
}

/** Whether its octets are such as its type has: what is no ASCII is nobody's name (RFC 5280 §4.2.1.6). */
export const isWrittenRightly = (name: GeneralName): boolean =>
  !('value' in name) || typeof name.value !== 'string' || /^\p{ASCII}*$/u.test(name.value)

async function requestView(request: CertificationRequest, file: string): Promise<RequestView> {
  const { subject, spki, subjectAltName, extensions, challengePassword } = request
  const verdict = await verifySigned(request, spki)
  const names = (subjectAltName ?? []).map(requestedName)
  return {
    file,
    der: request.der,
    spki: spki.der,
    keyAlgorithm: keyAlgorithmOf(spki),
    possession: typeof verdict === 'string' ? verdict : 'unchecked',
    subject: subjectOf(subject),
    subjectAltNames: names.filter((name) => name !== null),
    // Names and subject are taken; what a certificate may be used for is the profile's to say.
    dropped: [
      ...extensions.filter(({ oid }) => oid !== SUBJECT_ALT_NAME).map(({ oid }) => oidName(oid) ?? oid),
      ...(names.includes(null) ? ['subjectAltName'] : []),
      ...(challengePassword === null ? [] : ['challengePassword']),
    ],
  }
}

/** A name as the form writes it, attribute by attribute; what has no text is left out. */
export function subjectOf({ rdns }: Name): { type: string; value: string }[] {
  return rdns
    .flat()
    .flatMap(({ oid, text }) => (text === null ? [] : [{ type: attributeTypeName(oid), value: text }]))
}

const SUBJECT_ALT_NAME = '2.5.29.17'

/** A name as the form writes it; null for a form of name that has no text. */
export function requestedName(name: GeneralName): RequestedName | null {
  if (!isWrittenRightly(name)) return null
  if (name.kind === 'otherName') return otherName(name)
  const value = generalNameToText(name)
  return value === null ? null : { kind: name.kind, value }
}

function otherName({ typeId, value }: Extract<GeneralName, { kind: 'otherName' }>): RequestedName {
  if (typeId === OTHER_NAME_OIDS.userPrincipalName || typeId === OTHER_NAME_OIDS.smtpUTF8Mailbox) {
    const text = readable({ kind: 'otherName', typeId, value })
    if (text !== null)
      return {
        kind: typeId === OTHER_NAME_OIDS.userPrincipalName ? 'userPrincipalName' : 'rfc822Name',
        value: text,
      }
  }
  return { kind: 'otherName', value: `${typeId};${hexOf(value)}` }
}

function readable(name: GeneralName): string | null {
  try {
    return generalNameToText(name)
  } catch (error) {
    if (isCodedError(error)) return null
    throw error
  }
}
