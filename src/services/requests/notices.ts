import { faultyNames } from '../../ca/faulty-names.ts'
import { attributeTypeName } from '../../ca/subject.ts'
import { keyFindings } from '../../lint/keys/index.ts'
import { generalNameLine } from '../../x509/general-name-text.ts'
import { extensionNameOf } from '../../x509/extensions/table.ts'
import { sameOctets } from '../../octets.ts'
import { REQUEST_ATTRIBUTE_OIDS, oidName } from '../../x509/oids.ts'
import type { CertificationRequest } from '../../x509/request.ts'
import type { RequestNotice } from '../../border/words.ts'
import { requestedName } from './requested.ts'

const { challengePassword, extensionRequest, microsoftExtensionRequest } = REQUEST_ATTRIBUTE_OIDS
/** Granted from, or shown on their own. */
const HEEDED: ReadonlySet<string> = new Set([challengePassword, extensionRequest, microsoftExtensionRequest])
const NAMED = 8

const fieldOf = (oid: string): string => extensionNameOf(oid) ?? oidName(oid) ?? oid

/** Returns what of a request is merged, ignored or left out before anything is decided about it. */
export function noticesOf(request: CertificationRequest): RequestNotice[] {
  const { extensions, extensionLists, setAside, subject } = request
  const notices: RequestNotice[] = keyFindings(request.spki).map((finding) => ({ kind: 'key', finding }))
  if (extensionLists > 1) notices.push({ kind: 'lists-joined', lists: extensionLists })
  const unread = request.findings.flatMap(({ code, detail }) =>
    code === 'extension-unreadable' ? [detail.oid] : [],
  )
  for (const oid of new Set(unread)) notices.push({ kind: 'not-read', field: fieldOf(oid) })
  const again = new Map<string, boolean>()
  for (const { oid, critical, value } of setAside) {
    const taken = extensions.find((each) => each.oid === oid)
    const differs = !taken || taken.critical !== critical || !sameOctets(taken.value, value)
    again.set(oid, differs || (again.get(oid) ?? false))
  }
  for (const [oid, differs] of again) notices.push({ kind: 'asked-again', field: fieldOf(oid), differs })
  for (const { oid, text } of subject.rdns.flat())
    if (text === null) notices.push({ kind: 'subject-no-text', field: attributeTypeName(oid) })
  const offers = new Map(faultyNames(request.subjectAltName).map(({ place, instead }) => [place, instead]))
  for (const [place, each] of (request.subjectAltName ?? []).entries()) {
    const name = generalNameLine(each)
    const instead = offers.get(place)
    if (instead) notices.push({ kind: 'name-offered', name, instead })
    else if (requestedName(each) === null) notices.push({ kind: 'name-not-taken', name })
  }
  const passwords = request.attributes
    .filter(({ oid }) => oid === challengePassword)
    .reduce((sum, { values }) => sum + values.length, 0)
  if (passwords > 1) notices.push({ kind: 'password-again', passwords })
  const left = new Set(request.attributes.map(({ oid }) => oid).filter((oid) => !HEEDED.has(oid)))
  const attributes = [...left].slice(0, NAMED).map((oid) => oidName(oid) ?? oid)
  if (left.size > 0) notices.push({ kind: 'attributes-left', attributes, all: left.size })
  return notices
}
