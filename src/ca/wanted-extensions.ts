import { forbiddenBits } from '../lint/key-facts.ts'
import type { ExtensionFields } from '../x509/encode.ts'
import type { GeneralName } from '../x509/general-name.ts'
import { EXTENSION_OIDS } from '../x509/oids.ts'
import type { Spki } from '../x509/spki.ts'
import { withAddresses, type IssuerAddresses } from './addresses.ts'
import { encodeValue, readCustomExtension, readExtensions, readPathLen } from './extensions.ts'
import type { RequestedValues } from './extensions.ts'
import { invalidField } from './input.ts'
import type { ExtensionInputs, IssuanceRequest } from './input.ts'
import { nameFromSubject, readGeneralName } from './names.ts'
import type { FieldOrigin } from './prepared-fields.ts'
import { CRITICALITY } from './profiles.ts'
import type { Profile } from './profiles.ts'

/** The origin of each field, by its name. */
export type Origins = Map<string, FieldOrigin>

const COMPUTED: readonly string[] = [
  EXTENSION_OIDS.subjectKeyIdentifier,
  EXTENSION_OIDS.authorityKeyIdentifier,
]

/** The extensions that profile and operator want in a certificate or request: constraints, names, usage, addresses. */
export function wantedExtensions(
  profile: Profile,
  request: Pick<IssuanceRequest, 'subject' | 'subjectAltNames' | 'extensions'>,
  spki: Spki,
  origins: Origins,
  addresses: IssuerAddresses | null = null,
): ExtensionFields[] {
  const chosen: ExtensionInputs = { ...profile.extensions, ...request.extensions }
  const inputs = withAddresses(chosen, addresses)
  const values = readExtensions(withKeyUsage(inputs, profile, spki))
  const isCa = profile.kind !== 'endEntity'
  const out: ExtensionFields[] = []
  if (isCa) {
    const pathLen = typeof inputs.pathLen === 'number' ? readPathLen(inputs.pathLen) : null
    out.push(encodeValue('basicConstraints', { ca: true, pathLen }, true))
    origins.set('basicConstraints', 'pathLen' in request.extensions ? 'operator' : 'profile')
  }
  const names = subjectAltNames(profile, request, origins)
  if (names.length > 0) out.push(encodeValue('subjectAltName', names, request.subject.length === 0))
  for (const name of Object.keys(values) as (keyof RequestedValues)[]) {
    const critical = profile.critical[name as keyof ExtensionInputs] ?? CRITICALITY[name]?.critical ?? false
    out.push(encodeValue(name, values[name]!, critical))
    const isFilledIn = name in inputs && !(name in chosen)
    origins.set(name, name in request.extensions ? 'operator' : isFilledIn ? 'setting' : 'profile')
  }
  for (const custom of inputs.custom ?? []) {
    const extension = readCustomExtension(custom)
    if (COMPUTED.includes(extension.oid) || out.some(({ oid }) => oid === extension.oid))
      throw invalidField(`custom.${extension.oid}`, extension.oid, 'unknown')
    out.push(extension)
    origins.set(`custom.${extension.oid}`, 'operator')
  }
  return out
}

/**
 * keyUsage by the kind of key, unless the operator chose the bits; if the key supports none of them, the rules report
 * it.
 */
function withKeyUsage(inputs: ExtensionInputs, profile: Profile, spki: Spki): ExtensionInputs {
  if ('keyUsage' in inputs || !profile.keyUsage) return inputs
  const usual = spki.keyType === 'rsa' ? profile.keyUsage.rsa : profile.keyUsage.other
  const forbidden = forbiddenBits(spki)
  const fitting = usual.filter((bit) => !forbidden.includes(bit))
  return { keyUsage: fitting.length > 0 ? fitting : usual, ...inputs }
}

/** Names as typed; if a profile needs one and none was typed, the common name if it is usable. */
function subjectAltNames(
  profile: Profile,
  request: Pick<IssuanceRequest, 'subject' | 'subjectAltNames'>,
  origins: Origins,
): GeneralName[] {
  if (request.subjectAltNames.length > 0) {
    origins.set('subjectAltName', 'operator')
    return request.subjectAltNames.map((name, index) =>
      readGeneralName(name, `subjectAltNames.${String(index)}`),
    )
  }
  if (profile.subjectAltName !== 'required') return []
  origins.set('subjectAltName', 'computed')
  const name = nameFromSubject(request.subject)
  if (!name) throw invalidField('subjectAltNames', '', 'empty')
  return [readGeneralName(name, 'subjectAltNames')]
}

/** Returns the extensions with the CA's addresses that a certificate does not have yet. */
export function missingAddresses(
  addresses: IssuerAddresses | null | undefined,
  present: readonly string[],
  isNoCheck: boolean,
): ExtensionFields[] {
  const inputs = withAddresses(isNoCheck ? { ocspNoCheck: true } : {}, addresses ?? null)
  const values = readExtensions(inputs)
  return (['cRLDistributionPoints', 'authorityInfoAccess'] as const).flatMap((name) =>
    values[name] === undefined || present.includes(EXTENSION_OIDS[name])
      ? []
      : [encodeValue(name, values[name], CRITICALITY[name]?.critical ?? false)],
  )
}
