import type { KeyUsageBit } from '../x509/extensions/key-usage.ts'
import type { ExtensionInputs } from './input.ts'

/** An extension of a profile: whether it is critical, and the section or source that requires it. */
export interface ProfileExtension {
  readonly critical: boolean
  readonly section: string
}

/** The defaults for a kind of certificate, which the operator may override. Data: it is stored and carried as JSON. */
export interface Profile {
  readonly schema: 1
  readonly id: string
  /** Typed by the operator for a custom profile; the names of built-in ones are in messages/. */
  readonly name: string | null
  readonly kind: 'root' | 'intermediate' | 'endEntity'
  readonly validity: { readonly days: number } | { readonly years: number }
  /** Suggested for a new key. */
  readonly keyAlgorithm: string
  /** Whether a subject alternative name is required, allowed, or forbidden. */
  readonly subjectAltName: 'required' | 'optional' | 'absent'
  /** For RSA keys and for others; each key takes the bits it supports; null leaves the extension out. */
  readonly keyUsage: { readonly rsa: readonly KeyUsageBit[]; readonly other: readonly KeyUsageBit[] } | null
  readonly extensions: ExtensionInputs
  /** Overrides of CRITICALITY, for the extensions named here. */
  readonly critical: Readonly<Partial<Record<keyof ExtensionInputs, boolean>>>
}

/** The default criticality of each extension, with the section that requires it. */
export const CRITICALITY: Readonly<Record<string, ProfileExtension>> = {
  basicConstraints: { critical: true, section: 'RFC 5280 §4.2.1.9' },
  keyUsage: { critical: true, section: 'RFC 5280 §4.2.1.3' },
  extKeyUsage: { critical: false, section: 'RFC 5280 §4.2.1.12' },
  nameConstraints: { critical: true, section: 'RFC 5280 §4.2.1.10' },
  certificatePolicies: { critical: false, section: 'RFC 5280 §4.2.1.4' },
  policyMappings: { critical: true, section: 'RFC 5280 §4.2.1.5' },
  policyConstraints: { critical: true, section: 'RFC 5280 §4.2.1.11' },
  inhibitAnyPolicy: { critical: true, section: 'RFC 5280 §4.2.1.14' },
  cRLDistributionPoints: { critical: false, section: 'RFC 5280 §4.2.1.13' },
  freshestCRL: { critical: false, section: 'RFC 5280 §4.2.1.15' },
  authorityInfoAccess: { critical: false, section: 'RFC 5280 §4.2.2.1' },
  subjectInfoAccess: { critical: false, section: 'RFC 5280 §4.2.2.2' },
  issuerAltName: { critical: false, section: 'RFC 5280 §4.2.1.7' },
  tlsFeature: { critical: false, section: 'RFC 7633 §3' },
  ocspNoCheck: { critical: false, section: 'RFC 6960 §4.2.2.2.1' },
  netscapeComment: { critical: false, section: '' },
  microsoftTemplateName: { critical: false, section: '' },
}

const SIGN_ONLY = { rsa: ['digitalSignature'], other: ['digitalSignature'] } as const
/** An RSA key may also carry a TLS 1.2 session key; no other kind can (RFC 5480 §3, RFC 8410 §5). */
const TLS_KEY = { rsa: ['digitalSignature', 'keyEncipherment'], other: ['digitalSignature'] } as const
const CA_KEY = { rsa: ['keyCertSign', 'cRLSign'], other: ['keyCertSign', 'cRLSign'] } as const

const authority = (
  id: string,
  kind: 'root' | 'intermediate',
  years: number,
  extensions: ExtensionInputs,
): Profile => ({
  schema: 1,
  id,
  name: null,
  kind,
  validity: { years },
  keyAlgorithm: 'p384',
  subjectAltName: 'absent',
  keyUsage: CA_KEY,
  extensions,
  critical: {},
})

const endEntity = (
  id: string,
  parts: Pick<Profile, 'validity' | 'subjectAltName' | 'keyUsage' | 'extensions'>,
  critical: Profile['critical'] = {},
): Profile => ({
  schema: 1,
  id,
  name: null,
  kind: 'endEntity',
  keyAlgorithm: 'p256',
  critical,
  ...parts,
})

/** The built-in profiles. No EKU on an authority: it would restrict every certificate below it. */
export const PROFILES: readonly Profile[] = [
  authority('root', 'root', 20, {}),
  authority('intermediate', 'intermediate', 10, { pathLen: 0 }),
  endEntity('tlsServer', {
    validity: { days: 200 },
    subjectAltName: 'required',
    keyUsage: TLS_KEY,
    extensions: { extKeyUsage: ['serverAuth'] },
  }),
  endEntity('tlsClient', {
    validity: { years: 1 },
    subjectAltName: 'optional',
    keyUsage: SIGN_ONLY,
    extensions: { extKeyUsage: ['clientAuth'] },
  }),
  endEntity('mtls', {
    validity: { days: 200 },
    subjectAltName: 'required',
    keyUsage: TLS_KEY,
    extensions: { extKeyUsage: ['serverAuth', 'clientAuth'] },
  }),
  endEntity('ocspSigner', {
    validity: { days: 90 },
    subjectAltName: 'absent',
    keyUsage: SIGN_ONLY,
    extensions: { extKeyUsage: ['OCSPSigning'], ocspNoCheck: true },
  }),
  endEntity('codeSigning', {
    validity: { years: 3 },
    subjectAltName: 'optional',
    keyUsage: SIGN_ONLY,
    extensions: { extKeyUsage: ['codeSigning'] },
  }),
  endEntity('email', {
    validity: { years: 2 },
    subjectAltName: 'required',
    // RFC 8550 §4.4.2, RFC 5480 §3: for receiving encrypted mail too. No nonRepudiation beside it: anyone who recovers
    // a key that deciphers could sign with it too.
    keyUsage: {
      rsa: ['digitalSignature', 'keyEncipherment'],
      other: ['digitalSignature', 'keyAgreement'],
    },
    extensions: { extKeyUsage: ['emailProtection'] },
  }),
  // RFC 3161 §2.3: only this usage, and critical.
  endEntity(
    'timeStamping',
    {
      validity: { years: 10 },
      subjectAltName: 'optional',
      keyUsage: SIGN_ONLY,
      extensions: { extKeyUsage: ['timeStamping'] },
    },
    { extKeyUsage: true },
  ),
  endEntity('custom', {
    validity: { years: 1 },
    subjectAltName: 'optional',
    keyUsage: SIGN_ONLY,
    extensions: {},
  }),
]

export const profileById = (id: string): Profile | null =>
  PROFILES.find((profile) => profile.id === id) ?? null
