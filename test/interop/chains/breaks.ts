import type { Drawing } from '../../support/chain.ts'
import type { Random } from './random.ts'

/** A chain to be drawn: root, authorities, target; each as the next one's issuer. */
export interface Plan {
  levels: Drawing[]
  host: string
  /** Sent along in this order; the generator fills it. */
  order: 'right' | 'shuffled'
  /** Left out of what is sent: the level's index. */
  missing: number | null
  /** Trusted instead of the root. */
  stranger: boolean
}

export interface Break {
  readonly id: string
  /** How many authorities between root and target it needs. */
  readonly authorities: number
  readonly apply: (plan: Plan, random: Random) => void
}

const DAY = 86_400_000
const days = (count: number): Date => new Date(Math.floor(Date.now() / 1000) * 1000 + count * DAY)

/** Valid for a month and until the year is over, whatever the day. */
export const VALIDITY = { notBefore: days(-30), notAfter: days(300) }

const EXPIRED = { notBefore: days(-60), notAfter: days(-2) }
const FUTURE = { notBefore: days(2), notAfter: days(60) }

const flip = (signature: Uint8Array): Uint8Array => {
  const out = Uint8Array.from(signature)
  out[out.length - 1]! ^= 1
  return out
}

const change = (plan: Plan, level: number, drawing: Drawing): void => {
  const old = plan.levels.at(level)!
  const merged = { ...old, ...drawing, extensions: { ...old.extensions, ...drawing.extensions } }
  plan.levels.splice(level < 0 ? plan.levels.length + level : level, 1, merged)
}
const target = -1

/** Index of some authority below the root. */
const anyCa = (plan: Plan, random: Random): number => 1 + random.below(plan.levels.length - 2)

const atTarget = (id: string, drawing: Drawing): Break => ({
  id,
  authorities: 0,
  apply: (plan) => change(plan, target, drawing),
})
const atAuthority = (id: string, drawing: Drawing): Break => ({
  id,
  authorities: 1,
  apply: (plan, random) => change(plan, anyCa(plan, random), drawing),
})

const dns = (value: string) => ({ base: { kind: 'dNSName', value } as const, minimum: 0, maximum: null })
/** An OID no one knows. */
const UNKNOWN = { oid: '1.3.6.1.4.1.55555.1', critical: true, value: Uint8Array.of(0x05, 0) }
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1'
const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2'
const POLICY = '1.3.6.1.4.1.55555.2.1'

/** One fault each, named. What only changes the chain and does not break it is here too: others may trip over it. */
export const BREAKS: readonly Break[] = [
  { id: 'none', authorities: 0, apply: () => undefined },
  atTarget('target-expired', EXPIRED),
  atTarget('target-not-yet-valid', FUTURE),
  atAuthority('ca-expired', EXPIRED),
  atAuthority('ca-not-yet-valid', FUTURE),
  { id: 'root-expired', authorities: 0, apply: (plan) => change(plan, 0, EXPIRED) },
  atTarget('target-signature', { tamper: flip }),
  atAuthority('ca-signature', { tamper: flip }),
  { id: 'root-signature', authorities: 0, apply: (plan) => change(plan, 0, { tamper: flip }) },
  atTarget('target-issuer-name', { issuerName: 'CN=Someone Else' }),
  { id: 'ca-missing', authorities: 1, apply: (plan, random) => (plan.missing = anyCa(plan, random)) },
  { id: 'root-stranger', authorities: 0, apply: (plan) => (plan.stranger = true) },
  atAuthority('ca-false', { extensions: { basicConstraints: { ca: false, pathLen: null } } }),
  atAuthority('ca-without-basic-constraints', { extensions: { basicConstraints: null } }),
  atAuthority('ca-without-key-usage', { extensions: { keyUsage: null } }),
  atAuthority('ca-may-not-sign', { extensions: { keyUsage: new Set(['cRLSign']) } }),
  atAuthority('ca-version-1', { version: 1 }),
  {
    id: 'path-len',
    authorities: 2,
    apply: (plan) =>
      change(plan, plan.levels.length - 3, { extensions: { basicConstraints: { ca: true, pathLen: 0 } } }),
  },
  {
    id: 'root-path-len',
    authorities: 1,
    apply: (plan) => change(plan, 0, { extensions: { basicConstraints: { ca: true, pathLen: 0 } } }),
  },
  atTarget('target-other-usage', { extensions: { extKeyUsage: [CLIENT_AUTH] } }),
  atTarget('target-any-usage', { extensions: { extKeyUsage: ['2.5.29.37.0'] } }),
  atTarget('target-without-usage', { extensions: { extKeyUsage: null } }),
  atAuthority('ca-other-usage', { extensions: { extKeyUsage: [CLIENT_AUTH] } }),
  atAuthority('ca-server-usage', { extensions: { extKeyUsage: [SERVER_AUTH] } }),
  atAuthority('name-not-permitted', {
    extensions: { nameConstraints: { permitted: [dns('example.net')], excluded: null } },
  }),
  atAuthority('name-permitted', {
    extensions: { nameConstraints: { permitted: [dns('example.com')], excluded: null } },
  }),
  atAuthority('name-excluded', {
    extensions: { nameConstraints: { permitted: null, excluded: [dns('example.com')] } },
  }),
  atAuthority('name-other-excluded', {
    extensions: { nameConstraints: { permitted: null, excluded: [dns('ample.com')] } },
  }),
  {
    id: 'root-name-not-permitted',
    authorities: 0,
    apply: (plan) =>
      change(plan, 0, {
        extensions: { nameConstraints: { permitted: [dns('example.net')], excluded: null } },
      }),
  },
  { id: 'host-other', authorities: 0, apply: (plan) => (plan.host = 'example.org') },
  { id: 'host-below', authorities: 0, apply: (plan) => (plan.host = 'a.example.com') },
  {
    id: 'host-wildcard',
    authorities: 0,
    apply: (plan) => {
      plan.host = 'a.example.com'
      change(plan, target, { extensions: { subjectAltName: [{ kind: 'dNSName', value: '*.example.com' }] } })
    },
  },
  {
    id: 'host-wildcard-two-deep',
    authorities: 0,
    apply: (plan) => {
      plan.host = 'a.b.example.com'
      change(plan, target, { extensions: { subjectAltName: [{ kind: 'dNSName', value: '*.example.com' }] } })
    },
  },
  atTarget('host-in-common-name-only', { extensions: { subjectAltName: null } }),
  atTarget('target-unknown-critical', { more: [UNKNOWN] }),
  atTarget('target-unknown-not-critical', { more: [{ ...UNKNOWN, critical: false }] }),
  atAuthority('ca-unknown-critical', { more: [UNKNOWN] }),
  atTarget('target-without-key-usage', { extensions: { keyUsage: null } }),
  atTarget('target-without-key-identifiers', {
    extensions: { subjectKeyIdentifier: null, authorityKeyIdentifier: null },
  }),
  atAuthority('ca-without-subject-key-identifier', { extensions: { subjectKeyIdentifier: null } }),
  atTarget('target-other-authority-key-identifier', {
    extensions: {
      authorityKeyIdentifier: {
        keyIdentifier: new Uint8Array(20).fill(7),
        authorityCertIssuer: null,
        authorityCertSerialNumber: null,
      },
    },
  }),
  atAuthority('policy-required', {
    extensions: { policyConstraints: { requireExplicitPolicy: 0, inhibitPolicyMapping: null } },
  }),
  {
    id: 'policy-required-and-met',
    authorities: 1,
    apply: (plan) => {
      const policies = { certificatePolicies: [{ oid: POLICY, qualifiers: [] }] }
      for (let level = 1; level < plan.levels.length; level++) change(plan, level, { extensions: policies })
      change(plan, 1, {
        extensions: { policyConstraints: { requireExplicitPolicy: 0, inhibitPolicyMapping: null } },
      })
    },
  },
  atTarget('serial-zero', { serialNumber: Uint8Array.of(0) }),
  atTarget('serial-negative', { serialNumber: Uint8Array.of(0x80, 1) }),
  atTarget('serial-of-21-octets', { serialNumber: new Uint8Array(21).fill(0x11) }),
  atTarget('target-is-ca', {
    extensions: {
      basicConstraints: { ca: true, pathLen: null },
      keyUsage: new Set(['keyCertSign', 'digitalSignature']),
    },
  }),
]
