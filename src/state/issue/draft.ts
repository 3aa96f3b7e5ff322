import type { ExtensionInputs, NameConstraintsInput, NameInput, ValidityInput } from '../../ca/input.ts'
import type { KeyUsageBit } from '../../x509/extensions/key-usage.ts'
import { hexOf, fromBase64 } from '../../octets.ts'
import { readTypedName, typedText } from '../../x509/typed-names.ts'
import type { IssueInput } from '../../border/protocol.ts'
import type { EndEntityKeeping, KeyKeeping } from '../../border/words.ts'
import type { RequestView } from '../../border/protocol/request.ts'

export const ATTRIBUTE_TYPES = [
  'commonName',
  'organizationName',
  'organizationalUnitName',
  'countryName',
  'stateOrProvinceName',
  'localityName',
  'streetAddress',
  'postalCode',
  'serialNumber',
  'givenName',
  'surname',
  'title',
  'domainComponent',
  'userId',
  'emailAddress',
] as const

/** The operator's input for one certificate. Plain data; text exactly as typed. */
export interface Draft {
  /** Issuing authority; '' makes a self-signed root. */
  authorityId: string
  profileId: string
  commonName: string
  /** Its position among the attributes. */
  commonNamePlace: number
  attributes: { type: string; value: string }[]
  /** Names the certificate is for, one per line; the kind is inferred from the text unless a prefix gives it. */
  names: string
  /** 'days:200', 'years:10' or 'dates'. */
  validity: string
  notBefore: string
  notAfter: string
  keyAlgorithm: string
  signature: string
  caKey: 'vault' | 'own-passphrase'
  endEntityKey: 'sealed' | 'pkcs12' | 'pkcs8'
  more: More
  /** A request from elsewhere whose key is certified; null: a key is made here. */
  request: RequestView | null
  /** Extensions taken from it, by OID. */
  take: string[]
}

/** Fields that most people never touch. '' means: as the profile says. */
export interface More {
  pathLen: string
  keyUsage: KeyUsageBit[] | null
  extKeyUsage: string[] | null
  extKeyUsageOids: string
  permitted: string
  excluded: string
  nothingElse: boolean
  policies: string
  policyMappings: string
  requireExplicitPolicy: string
  inhibitPolicyMapping: string
  inhibitAnyPolicy: string
  crlUrls: string
  /** The signer of the lists: '' for the issuer, the DER of a CA's subject in hexadecimal, or 'other'. */
  crlIssuer: string
  /** Its name, if it is 'other'. */
  crlIssuerName: string
  ocspUrls: string
  issuerUrls: string
  mustStaple: boolean
  extensions: { oid: string; critical: boolean; value: string }[]
}

export function emptyDraft(authorityId = '', profileId = 'root'): Draft {
  return {
    authorityId,
    profileId,
    commonName: '',
    commonNamePlace: 0,
    attributes: [],
    names: '',
    validity: 'years:20',
    notBefore: '',
    notAfter: '',
    keyAlgorithm: 'p256',
    signature: '',
    caKey: 'vault',
    endEntityKey: 'sealed',
    more: {
      pathLen: '',
      keyUsage: null,
      extKeyUsage: null,
      extKeyUsageOids: '',
      permitted: '',
      excluded: '',
      nothingElse: false,
      policies: '',
      policyMappings: '',
      requireExplicitPolicy: '',
      inhibitPolicyMapping: '',
      inhibitAnyPolicy: '',
      crlUrls: '',
      crlIssuer: '',
      crlIssuerName: '',
      ocspUrls: '',
      issuerUrls: '',
      mustStaple: false,
      extensions: [],
    },
    request: null,
    take: [],
  }
}

/** Whether something was typed into it, or a request was taken. */
export const isBegun = ({ commonName, names, attributes, request }: Draft): boolean =>
  [commonName, names, ...attributes.map(({ value }) => value)].some((text) => text.trim() !== '') ||
  request !== null

/** Fills in a request's subject and names as if typed; all of it can be edited. */
export function takeRequest(draft: Draft, request: RequestView): void {
  draft.request = request
  draft.take = []
  fillIn(draft, request.subject, request.subjectAltNames)
}

/** Fills in subject and names from elsewhere, as if typed. */
export function fillIn(
  draft: Draft,
  subject: RequestView['subject'],
  subjectAltNames: RequestView['subjectAltNames'],
): void {
  const commonName = subject.find(({ type }) => type === 'commonName')
  draft.commonName = commonName?.value ?? ''
  draft.attributes = subject.filter((attribute) => attribute !== commonName).map((each) => ({ ...each }))
  draft.commonNamePlace = commonName ? subject.indexOf(commonName) : 0
  draft.names = subjectAltNames.map(typedText).join('\n')
}

/** Returns whether a name is among those typed, one per line. */
export const isAmongNames = ({ names }: Pick<Draft, 'names'>, name: NameInput): boolean =>
  lines(names).includes(typedText(name))

/** Adds a name below the others, or removes its line. */
export function putAmongNames(draft: Pick<Draft, 'names'>, name: NameInput, on: boolean): void {
  const typed = typedText(name)
  const others = lines(draft.names).filter((line) => line !== typed)
  draft.names = (on ? [...others, typed] : others).join('\n')
}

export const lines = (text: string): string[] =>
  text
    .split(/\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')

/** The common name first, or at its original position, so that a copied name stays the same. */
function attributesOf({ commonName, attributes, commonNamePlace }: Draft): Draft['attributes'] {
  return attributes.toSpliced(commonNamePlace, 0, { type: 'commonName', value: commonName })
}

/** Returns the subject as typed, without what was left empty. */
export const toSubject = (draft: Draft): Draft['attributes'] =>
  attributesOf(draft)
    .map(({ type, value }) => ({ type: type.trim(), value: value.trim() }))
    .filter(({ value }) => value !== '')

/** Returns the first value of an attribute; '' if there is none. */
export const attributeOf = ({ attributes }: Pick<Draft, 'attributes'>, type: string): string =>
  attributes.find((each) => each.type === type)?.value ?? ''

/** Sets the first value of country or organization: they come before the common name, the most general first. */
export function setAttribute(
  draft: Pick<Draft, 'attributes' | 'commonNamePlace'>,
  type: 'countryName' | 'organizationName',
  value: string,
): void {
  const { attributes } = draft
  const at = attributes.findIndex((each) => each.type === type)
  if (at >= 0 && value !== '') attributes[at]!.value = value
  else if (at >= 0) {
    attributes.splice(at, 1)
    if (at < draft.commonNamePlace) draft.commonNamePlace -= 1
  } else if (value !== '') {
    const place = type === 'countryName' ? 0 : attributes.findIndex((each) => each.type === 'countryName') + 1
    attributes.splice(place, 0, { type, value })
    if (place <= draft.commonNamePlace) draft.commonNamePlace += 1
  }
}

/** Returns the draft as worker input: trimmed, and only what was filled in. */
export function toIssueInput(draft: Draft): IssueInput {
  return {
    profileId: draft.profileId,
    subject: toSubject(draft),
    subjectAltNames: lines(draft.names).map(readTypedName),
    validity: validity(draft),
    signature: draft.signature || null,
    extensions: extensions(draft.more),
  }
}

export function validity(draft: Pick<Draft, 'validity' | 'notBefore' | 'notAfter'>): ValidityInput {
  const [unit, length] = draft.validity.split(':')
  if (unit === 'days') return { days: Number(length) }
  if (unit === 'years') return { years: Number(length) }
  const notAfter = utc(draft.notAfter)
  return draft.notBefore === '' ? { notAfter } : { notBefore: utc(draft.notBefore), notAfter }
}

/** Reads the text of a datetime-local field as UTC. */
const utc = (text: string): Date => new Date(`${text}Z`)

/** Returns overrides of the profile; an untouched extension is omitted. */
export function extensions(more: More): ExtensionInputs {
  const all: ExtensionInputs = {
    pathLen: whole(more.pathLen),
    keyUsage: more.keyUsage === null ? null : [...more.keyUsage],
    extKeyUsage: extKeyUsage(more),
    nameConstraints: nameConstraints(more),
    certificatePolicies: some(lines(more.policies)),
    policyMappings: some(lines(more.policyMappings).map(readMapping)),
    policyConstraints: constraints(more),
    inhibitAnyPolicy: whole(more.inhibitAnyPolicy),
    cRLDistributionPoints: some(lines(more.crlUrls)),
    cRLIssuer: (more.crlIssuer === 'other' ? more.crlIssuerName.trim() : more.crlIssuer) || null,
    authorityInfoAccess: access(lines(more.ocspUrls), lines(more.issuerUrls)),
    tlsFeature: more.mustStaple ? [5] : null,
    custom: some(more.extensions.filter(({ oid }) => oid.trim() !== '').map(readCustom)),
  }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null))
}

const whole = (text: string): number | null => (text.trim() === '' ? null : Number(text))
const some = <T>(items: readonly T[]): readonly T[] | null => (items.length > 0 ? items : null)

function extKeyUsage(more: More): string[] | null {
  const typed = lines(more.extKeyUsageOids)
  if (more.extKeyUsage === null && typed.length === 0) return null
  return [...(more.extKeyUsage ?? []), ...typed]
}

function nameConstraints({ permitted, excluded, nothingElse }: More): NameConstraintsInput | null {
  const [only, not] = [lines(permitted), lines(excluded)]
  return only.length + not.length === 0 ? null : { permitted: only, excluded: not, nothingElse }
}

function access(
  ocsp: string[],
  caIssuers: string[],
): NonNullable<ExtensionInputs['authorityInfoAccess']> | null {
  return ocsp.length + caIssuers.length === 0 ? null : { ocsp, caIssuers }
}

/** DER may be typed in hex or base64; hex is passed on. */
function readCustom({ oid, critical, value }: More['extensions'][number]): {
  oid: string
  critical: boolean
  value: string
} {
  const text = value.replace(/\s+/g, '')
  const isHex = text.length % 2 === 0 && /^[0-9a-f]*$/i.test(text)
  return { oid: oid.trim(), critical, value: isHex ? text : (base64ToHex(text) ?? text) }
}

function base64ToHex(text: string): string | null {
  const bytes = fromBase64(text)
  return bytes && hexOf(bytes)
}

function readMapping(line: string): { issuerDomainPolicy: string; subjectDomainPolicy: string } {
  const [issuerDomainPolicy = '', subjectDomainPolicy = ''] = line.split(/\s*(?:->|=>|→|=)\s*/)
  return { issuerDomainPolicy, subjectDomainPolicy }
}

function constraints(
  more: More,
): { requireExplicitPolicy: number | null; inhibitPolicyMapping: number | null } | null {
  const requireExplicitPolicy = whole(more.requireExplicitPolicy)
  const inhibitPolicyMapping = whole(more.inhibitPolicyMapping)
  return requireExplicitPolicy === null && inhibitPolicyMapping === null
    ? null
    : { requireExplicitPolicy, inhibitPolicyMapping }
}

/** Returns how a CA's new key is kept; the passphrase is its own. */
export const caKeeping = (kind: KeyKeeping['kind'], passphrase: string): KeyKeeping =>
  kind === 'vault' ? { kind } : { kind, passphrase }

/** Returns how an end-entity's new key is kept or handed out; the passphrase protects the file. */
export const endEntityKeeping = (
  format: 'sealed' | 'pkcs8' | 'pkcs12',
  passphrase: string,
): EndEntityKeeping =>
  format === 'sealed'
    ? { kind: format }
    : { kind: 'hand-out', format, protection: { kind: 'encrypted', passphrase } }
