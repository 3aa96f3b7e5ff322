import { extensionNameOf } from '../x509/extensions/table.ts'
import type { Extension, ExtensionName } from '../x509/extensions/values.ts'
import type { KeyUsageBit } from '../x509/extensions/key-usage.ts'
import { EKU_OIDS } from '../x509/oids.ts'
import { hexOf } from '../octets.ts'
import type { CertificationRequest } from '../x509/request.ts'
import { describeExtension } from './describe-extension.ts'
import type { CustomExtension, ExtensionInputs } from './input.ts'
import type { Profile } from './profiles.ts'

/**
 * Why a requested extension is not granted: it is computed; the issuer decides it; only a CA has it; the profile does
 * not include it, or sets its own value instead.
 */
export type NotTaken = 'computed' | 'issuer-decides' | 'ca-only' | 'not-in-profile' | 'as-profile'

/** A requested extension other than the names. */
export interface WantedExtension {
  /** Its name in the RFC, or its OID. */
  readonly field: string
  readonly oid: string
  /** The value that would be granted; or, if none is, the value requested. */
  readonly value: string
  /** Null: the profile allows it. */
  readonly refusal: NotTaken | null
}

type Taking = { readonly inputs: ExtensionInputs; readonly value: string } | { readonly refusal: NotTaken }

/** The signing CA decides the addresses of its lists and responses, its policies, and who is exempt from revocation. */
const ISSUERS: readonly ExtensionName[] = [
  'cRLDistributionPoints',
  'freshestCRL',
  'authorityInfoAccess',
  'subjectInfoAccess',
  'certificatePolicies',
  'policyMappings',
  'policyConstraints',
  'inhibitAnyPolicy',
  'issuerAltName',
  'ocspNoCheck',
  'signedCertificateTimestamps',
  'precertificatePoison',
]
const CA_BITS: readonly KeyUsageBit[] = ['keyCertSign', 'cRLSign']

/**
 * Returns the extensions of a request that this profile allows, in the order of the request; names are not included, as
 * they are entered as typed.
 */
export function wantedOf(profile: Profile, request: CertificationRequest): WantedExtension[] {
  return extensionsOf(request).map((extension) => {
    const { oid } = extension
    const taking = take(profile, request, extension)
    const asked = describeExtension(request, extension)
    return {
      field: extensionNameOf(oid) ?? oid,
      oid,
      value: 'refusal' in taking ? asked : taking.value,
      refusal: 'refusal' in taking ? taking.refusal : null,
    }
  })
}

/** Returns overrides of the profile by the extensions of the request that were chosen, by OID, and are allowed. */
export function wishesOf(
  profile: Profile,
  request: CertificationRequest,
  chosen: readonly string[],
): ExtensionInputs {
  let wishes: ExtensionInputs = {}
  const custom: CustomExtension[] = []
  for (const extension of extensionsOf(request)) {
    if (!chosen.includes(extension.oid)) continue
    const taking = take(profile, request, extension)
    if ('refusal' in taking) continue
    custom.push(...(taking.inputs.custom ?? []))
    wishes = { ...wishes, ...taking.inputs }
  }
  return custom.length > 0 ? { ...wishes, custom } : wishes
}

const extensionsOf = ({ extensions }: CertificationRequest): readonly Extension[] =>
  extensions.filter(({ oid }) => extensionNameOf(oid) !== 'subjectAltName')

function take(profile: Profile, request: CertificationRequest, extension: Extension): Taking {
  const name = extensionNameOf(extension.oid)
  if (name === 'subjectKeyIdentifier' || name === 'authorityKeyIdentifier') return { refusal: 'computed' }
  if (name && ISSUERS.includes(name)) return { refusal: 'issuer-decides' }
  if (name === 'basicConstraints') return takePathLen(profile, request)
  if (name === 'keyUsage') return takeKeyUsage(profile, request)
  if (name === 'extKeyUsage') return takeExtKeyUsage(profile, request)
  if (name === 'nameConstraints' && profile.kind === 'endEntity') return { refusal: 'ca-only' }
  // An extension that was not reviewed here is allowed only if the profile prescribes nothing.
  if (!name && profile.id !== 'custom') return { refusal: 'not-in-profile' }
  return raw(request, extension, name)
}

/** A shorter path length than the profile allows, never a longer one. */
function takePathLen({ kind, extensions }: Profile, { basicConstraints }: CertificationRequest): Taking {
  if (kind === 'endEntity') return { refusal: 'ca-only' }
  const asked = basicConstraints?.pathLen ?? null
  const most = extensions.pathLen ?? null
  if (!basicConstraints?.ca || asked === null || (most !== null && asked > most))
    return { refusal: 'as-profile' }
  return { inputs: { pathLen: asked }, value: `pathLen ${String(asked)}` }
}

/**
 * Usages of the key by its holder. For a CA, only the bit that lets it sign OCSP responses itself is up to the request;
 * the others make it a CA.
 */
function takeKeyUsage(profile: Profile, { keyUsage }: CertificationRequest): Taking {
  if (profile.kind !== 'endEntity') {
    const usual = profile.keyUsage?.other ?? []
    if (!keyUsage?.has('digitalSignature') || usual.includes('digitalSignature'))
      return { refusal: profile.keyUsage ? 'as-profile' : 'not-in-profile' }
    const bits = ['digitalSignature', ...usual] as const
    return { inputs: { keyUsage: bits }, value: bits.join(', ') }
  }
  const bits = [...(keyUsage ?? [])].filter((bit) => !CA_BITS.includes(bit))
  if (bits.length === 0 && profile.keyUsage) return { refusal: 'as-profile' }
  if (bits.length === 0) return { refusal: keyUsage ? 'ca-only' : 'not-in-profile' }
  return { inputs: { keyUsage: bits }, value: bits.join(', ') }
}

/** The requested purposes that the profile is for; all of them if it is for no particular one. */
function takeExtKeyUsage({ extensions }: Profile, { extKeyUsage }: CertificationRequest): Taking {
  const allowed = extensions.extKeyUsage?.map(usageOid)
  const taken = (extKeyUsage ?? []).filter((oid) => !allowed || allowed.includes(oid))
  if (taken.length === 0) return { refusal: allowed ? 'as-profile' : 'not-in-profile' }
  return { inputs: { extKeyUsage: taken }, value: taken.map(usageName).join(', ') }
}

/** The requested octets, in place of what the profile would set. */
function raw(request: CertificationRequest, extension: Extension, name: ExtensionName | undefined): Taking {
  const { oid, critical, value } = extension
  const custom = [{ oid, critical, value: hexOf(value) }]
  return {
    inputs: name ? { [name]: null, custom } : { custom },
    value: describeExtension(request, extension),
  }
}

const usageOid = (text: string): string =>
  Object.hasOwn(EKU_OIDS, text) ? EKU_OIDS[text as keyof typeof EKU_OIDS] : text

const usageName = (oid: string): string =>
  Object.entries(EKU_OIDS).find(([, each]) => each === oid)?.[0] ?? oid
