/** The extensions of a planned certificate: each is written out, or null where it is left out. */
import { readCustomExtension, readExtensions, readPathLen } from '../../ca/extensions.ts'
import type { CustomExtension, ExtensionInputs, NameConstraintsInput, NameInput } from '../../ca/input.ts'
import { readGeneralName } from '../../ca/names.ts'
import { checked, choice, flag, key, listOf, orNull, wholeNumber } from '../../strict-json/shape.ts'
import { KEY_USAGE_BITS } from '../../x509/extensions/key-usage.ts'
import { visibleValue, distinct, record, takeable, type Form, type Shape } from './forms.ts'
import { PLAN_LIMITS } from './limits.ts'

type Value<K extends keyof ExtensionInputs> = K extends 'nameConstraints'
  ? Required<NameConstraintsInput>
  : NonNullable<ExtensionInputs[K]>

/** All of them: one that a plan does not have would be the profile's. */
export type Every = { readonly [K in keyof ExtensionInputs]-?: Value<K> | null }

const { names, values } = PLAN_LIMITS
const MOST = 2 ** 31 - 1
const count = wholeNumber(0, MOST)
const texts = distinct(visibleValue, 'values', values, 1)
const mayBeNone = distinct(visibleValue, 'values', values)

const SHAPE_OF_NAME: Shape<NameInput> = {
  kind: key('kind', visibleValue),
  value: key('value', visibleValue),
}
export const generalName: Form<NameInput> = takeable(record(SHAPE_OF_NAME), (name) =>
  readGeneralName(name, 'subjectAltName'),
)

const CONSTRAINTS: Shape<Required<NameConstraintsInput>> = {
  permitted: key('permitted', mayBeNone),
  excluded: key('excluded', mayBeNone),
  nothingElse: key('nothingElse', flag),
}
const MAPPING: Shape<{ issuerDomainPolicy: string; subjectDomainPolicy: string }> = {
  issuerDomainPolicy: key('issuerDomainPolicy', visibleValue),
  subjectDomainPolicy: key('subjectDomainPolicy', visibleValue),
}
const POLICY_CONSTRAINTS: Shape<NonNullable<Every['policyConstraints']>> = {
  requireExplicitPolicy: key('requireExplicitPolicy', orNull(count)),
  inhibitPolicyMapping: key('inhibitPolicyMapping', orNull(count)),
}
const AUTHORITY_ACCESS: Shape<NonNullable<Every['authorityInfoAccess']>> = {
  ocsp: key('ocsp', mayBeNone),
  caIssuers: key('caIssuers', mayBeNone),
}
const SUBJECT_ACCESS: Shape<NonNullable<Every['subjectInfoAccess']>> = {
  caRepository: key('caRepository', mayBeNone),
  timeStamping: key('timeStamping', mayBeNone),
}
const CUSTOM: Shape<CustomExtension> = {
  oid: key('oid', visibleValue),
  critical: key('critical', flag),
  value: key(
    'value',
    checked(PLAN_LIMITS.custom, (text) => text),
  ),
}

/** The form of each, before it is known whether a certificate can have the value. */
const PLAIN: { readonly [K in keyof Every]: Form<NonNullable<Every[K]>> } = {
  pathLen: count,
  keyUsage: distinct(choice(KEY_USAGE_BITS), 'values', KEY_USAGE_BITS.length, 1),
  extKeyUsage: texts,
  nameConstraints: record(CONSTRAINTS),
  certificatePolicies: texts,
  policyMappings: listOf(record(MAPPING), 'values', values, 1),
  policyConstraints: record(POLICY_CONSTRAINTS),
  inhibitAnyPolicy: count,
  cRLDistributionPoints: texts,
  cRLIssuer: visibleValue,
  freshestCRL: texts,
  authorityInfoAccess: record(AUTHORITY_ACCESS),
  subjectInfoAccess: record(SUBJECT_ACCESS),
  issuerAltName: listOf(generalName, 'names', names, 1),
  tlsFeature: listOf(wholeNumber(0, 65_535), 'values', values, 1),
  ocspNoCheck: flag,
  netscapeComment: visibleValue,
  microsoftTemplateName: visibleValue,
  custom: listOf(takeable(record(CUSTOM), readCustomExtension), 'values', values, 1),
}

/** Throws as ca/ does if no certificate can have this. */
const take = (inputs: ExtensionInputs): void => {
  readExtensions(inputs)
  if (typeof inputs.pathLen === 'number') readPathLen(inputs.pathLen)
}

const keyOf = <K extends keyof Every>(name: K): Shape<Every>[K] =>
  // One name with its own form and value; TypeScript does not follow that through the union.
  key(
    name,
    orNull(takeable(PLAIN[name] as Form<unknown>, (value) => take({ [name]: value }))),
  ) as Shape<Every>[K]

const NAMES = Object.keys(PLAIN) as (keyof Every)[]

export const EXTENSIONS_SHAPE = Object.fromEntries(NAMES.map((name) => [name, keyOf(name)])) as Shape<Every>

/** Every extension of a certificate, by the names of ExtensionInputs. */
export const extensions: Form<ExtensionInputs> = {
  read: record(EXTENSIONS_SHAPE).read,
  write: ({ nameConstraints, ...inputs }) =>
    record(EXTENSIONS_SHAPE).write({
      ...NO_EXTENSIONS,
      ...inputs,
      nameConstraints: nameConstraints ? { nothingElse: false, ...nameConstraints } : null,
    }),
}

/** Each of them left out. */
export const NO_EXTENSIONS = Object.fromEntries(NAMES.map((name) => [name, null])) as Every
