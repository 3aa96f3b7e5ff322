/** The file of a plan: JSON in which every key is there. docs/ceremony.md says what each means. */
import { encodeSubject } from '../ca/subject.ts'
import { invalidField, type AttributeInput } from '../ca/input.ts'
import { CERT_ID_HASHES } from '../ca/ocsp-response.ts'
import { utf8 } from '../octets.ts'
import { readFile } from '../strict-json/file.ts'
import { pem, type Kind } from '../strict-json/pem.ts'
import {
  choice,
  instant,
  key,
  listOf,
  orNull,
  readShape,
  wholeNumber,
  writeShape,
} from '../strict-json/shape.ts'
import {
  KEY_ALGORITHMS,
  SIGNATURE_ALGORITHMS,
  type KeyAlgorithmId,
  type SignatureAlgorithmId,
} from '../webcrypto/algorithms.ts'
import { parseCertificate } from '../x509/certificate.ts'
import { nameFromDer } from '../x509/name.ts'
import {
  LISTED_REASONS,
  PLAN_FORMAT,
  PLAN_VERSION,
  PLANNED_PROFILES,
  ROLES,
  STEP_ACTS,
  type Accepted,
  type ExistingAuthority,
  type Material,
  type Person,
  type Plan,
  type PlannedCertificate,
  type PlannedDestruction,
  type PlannedKey,
  type PlannedLists,
  type PlannedRequest,
  type PlannedResponses,
  type PlannedRevocation,
  type Step,
} from './plan.ts'
import { extensions, generalName } from './plan-file/extensions.ts'
import { FAMILY, newFaults, type Counted, type PlanFault } from './plan-file/fault.ts'
import {
  decimal,
  distinct,
  finding,
  hash,
  id,
  line,
  lineOrNone,
  mayBeEmpty,
  prose,
  record,
  serial,
  takeable,
  visibleValue,
  type Form,
  type Shape,
} from './plan-file/forms.ts'
import { PLAN_LIMITS } from './plan-file/limits.ts'
import { checkReferences } from './plan-file/references.ts'

/** What was read, or everything that is wrong with it, in the order of the file. */
export type ReadPlan = { readonly plan: Plan } | { readonly faults: readonly PlanFault[] }

type Whole = Plan & { readonly format: typeof PLAN_FORMAT; readonly version: number }

const at = instant('whole seconds')
/** In the range of a certificate's times, which begins in 1950 (RFC 5280 §4.1.2.5). */
const certified = takeable(at, (date) => {
  if (date.getUTCFullYear() < 1950) throw invalidField('validity', date.toISOString(), 'range')
})
const certificate: Kind<Uint8Array, Counted> = {
  ...{ label: 'CERTIFICATE', what: 'certificate', counted: 'certificates' },
  parse: (der) => parseCertificate(der).der,
  derOf: (der) => der,
}

const PERSON: Shape<Person> = {
  id: key('id', id),
  name: key('name', line),
  organization: key('organization', mayBeEmpty),
  roles: key('roles', distinct(choice(ROLES), 'roles', ROLES.length, 1)),
}
const REVOKED: Shape<PlannedRevocation> = {
  serial: key('serial', serial),
  since: key('since', at),
  reason: key('reason', orNull(choice(LISTED_REASONS))),
  invalidityDate: key('invalidityDate', orNull(at)),
}
const MATERIAL: Shape<Material> = {
  what: key('what', line),
  serial: key('serial', lineOrNone),
  bag: key('bag', lineOrNone),
}
const EXISTING: Shape<ExistingAuthority> = {
  id: key('id', id),
  certificate: key('certificate', pem(certificate, PLAN_LIMITS.pem)),
  revoked: key('revoked', listOf(record(REVOKED), 'revoked', PLAN_LIMITS.revoked)),
}
const KEY: Shape<PlannedKey> = {
  id: key('id', id),
  algorithm: key('algorithm', choice(Object.keys(KEY_ALGORITHMS) as KeyAlgorithmId[])),
  holders: key('holders', distinct(id, 'holders', PLAN_LIMITS.people)),
}
const REQUEST: Shape<PlannedRequest> = {
  id: key('id', id),
  sha256: key('sha256', hash),
  from: key('from', prose),
}

const ATTRIBUTE: Shape<AttributeInput> = {
  type: key('type', visibleValue),
  value: key('value', visibleValue),
}
/** What is certified is what the plan says: a country in lower case would become one in upper case. */
const attribute: Form<AttributeInput> = takeable(record(ATTRIBUTE), (each) => {
  const [[certified] = []] = nameFromDer(encodeSubject([each])).rdns
  if (certified?.text !== each.value) throw invalidField('subject', each.value, 'syntax')
})

const CERTIFICATE: Shape<PlannedCertificate> = {
  id: key('id', id),
  key: key('key', id),
  issuer: key('issuer', orNull(id)),
  profile: key('profile', choice(PLANNED_PROFILES)),
  subject: key('subject', listOf(attribute, 'attributes', PLAN_LIMITS.attributes, 1)),
  subjectAltNames: key('subjectAltNames', listOf(generalName, 'names', PLAN_LIMITS.names)),
  notBefore: key('notBefore', certified),
  notAfter: key('notAfter', certified),
  signature: key('signature', choice(Object.keys(SIGNATURE_ALGORITHMS) as SignatureAlgorithmId[])),
  serial: key('serial', choice<'random'>(['random'])),
  extensions: key('extensions', extensions),
  section: key('section', mayBeEmpty),
}
const LISTS: Shape<PlannedLists> = {
  id: key('id', id),
  issuer: key('issuer', id),
  number: key('number', decimal),
  thisUpdate: key('thisUpdate', at),
  days: key('days', wholeNumber(1, PLAN_LIMITS.days)),
  overlapDays: key('overlapDays', wholeNumber(0, PLAN_LIMITS.overlapDays)),
  count: key('count', wholeNumber(1, PLAN_LIMITS.count)),
}
const RESPONSES: Shape<PlannedResponses> = {
  id: key('id', id),
  issuer: key('issuer', id),
  responder: key('responder', orNull(id)),
  certificates: key('certificates', distinct(id, 'certificates', PLAN_LIMITS.certificates, 1)),
  hashes: key('hashes', distinct(choice(CERT_ID_HASHES), 'hashes', CERT_ID_HASHES.length, 1)),
  thisUpdate: key('thisUpdate', at),
  days: key('days', wholeNumber(1, PLAN_LIMITS.days)),
  overlapDays: key('overlapDays', wholeNumber(0, PLAN_LIMITS.overlapDays)),
  count: key('count', wholeNumber(1, PLAN_LIMITS.count)),
}
const DESTRUCTION: Shape<PlannedDestruction> = {
  id: key('id', id),
  authority: key('authority', id),
  reason: key('reason', prose),
}
const ACCEPTED: Shape<Accepted> = {
  code: key('code', finding),
  on: key('on', id),
  reason: key('reason', prose),
  by: key('by', id),
}
const STEP: Shape<Step> = {
  id: key('id', id),
  act: key('act', choice(STEP_ACTS)),
  on: key('on', orNull(id)),
  reads: key('reads', id),
  does: key('does', id),
  note: key('note', mayBeEmpty),
}
const WINDOW: Shape<Plan['window']> = { from: key('from', at), to: key('to', at) }

/** The keys of each record of the file, by what the record is. */
export const PLAN_SHAPES = {
  person: PERSON,
  material: MATERIAL,
  existing: EXISTING,
  revoked: REVOKED,
  key: KEY,
  request: REQUEST,
  certificate: CERTIFICATE,
  lists: LISTS,
  responses: RESPONSES,
  destruction: DESTRUCTION,
  accepted: ACCEPTED,
  step: STEP,
} as const

const parts = <T>(
  shape: Shape<T>,
  what: Exclude<Counted, 'values' | 'roles' | 'holders' | 'hashes' | 'revoked'>,
): Form<readonly T[]> => listOf(record(shape), what, PLAN_LIMITS[what])

/** The keys of the file itself. */
export const PLAN_SHAPE: Shape<Whole> = {
  format: key('format', choice([PLAN_FORMAT])),
  version: key('version', wholeNumber(PLAN_VERSION, PLAN_VERSION)),
  title: key('title', line),
  purpose: key('purpose', prose),
  place: key('place', line),
  window: key('window', record(WINDOW)),
  tool: key('tool', hash),
  previous: key('previous', orNull(hash)),
  words: key('words', choice<'en-1'>(['en-1'])),
  people: key('people', parts(PERSON, 'people')),
  materials: key('materials', parts(MATERIAL, 'materials')),
  existing: key('existing', parts(EXISTING, 'existing')),
  keys: key('keys', parts(KEY, 'keys')),
  requests: key('requests', parts(REQUEST, 'requests')),
  certificates: key('certificates', parts(CERTIFICATE, 'certificates')),
  lists: key('lists', parts(LISTS, 'lists')),
  responses: key('responses', parts(RESPONSES, 'responses')),
  destructions: key('destructions', parts(DESTRUCTION, 'destructions')),
  accepted: key('accepted', parts(ACCEPTED, 'accepted')),
  steps: key('steps', parts(STEP, 'steps')),
  stop: key('stop', listOf(prose, 'rules', PLAN_LIMITS.rules)),
}

const KIND = {
  family: FAMILY,
  format: PLAN_FORMAT,
  version: PLAN_VERSION,
  limit: PLAN_LIMITS.octets,
} as const

/** Reads a plan. Its identity is the SHA-256 of the octets, not of what is in them. */
export function readPlan(octets: Uint8Array): ReadPlan {
  const json = readFile(octets, KIND)
  if ('faults' in json) return json
  const faults = newFaults()
  const whole = readShape(json.value, PLAN_SHAPE, faults)
  if (whole) checkReferences(whole, json.value, faults)
  if (!whole || faults.found.length > 0) return { faults: faults.found }
  const { format: _format, version: _version, ...plan } = whole
  return { plan }
}

/** Returns the one text of a plan, in UTF-8: reading it gives the same again. */
export function writePlan(plan: Plan): Uint8Array<ArrayBuffer> {
  const whole: Whole = { ...plan, format: PLAN_FORMAT, version: PLAN_VERSION }
  return utf8(`${JSON.stringify(writeShape(whole, PLAN_SHAPE), null, 2)}\n`)
}
