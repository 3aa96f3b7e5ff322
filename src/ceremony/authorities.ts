/** The CAs that a plan names: those that it makes, and those that exist. */
import { encodeSubject } from '../ca/subject.ts'
import { KEY_ALGORITHMS, type KeyType } from '../webcrypto/algorithms.ts'
import { parseCertificate } from '../x509/certificate.ts'
import type { KeyUsageBit } from '../x509/extensions/key-usage.ts'
import { nameFromDer, type Name } from '../x509/name.ts'
import { isCa } from '../x509/roles.ts'
import type { ExistingAuthority, Plan, PlannedCertificate } from './plan.ts'

export interface Authority {
  readonly id: string
  readonly subject: Name
  readonly notBefore: Date
  readonly notAfter: Date
  /** Null: not known, because it is a request's or of no known kind. */
  readonly keyType: KeyType | null
  readonly pathLen: number | null
  /** Null: it is not restricted. */
  readonly usage: ReadonlySet<KeyUsageBit> | null
  readonly isCa: boolean
  /** The key by which it signs here: the id of a key of the plan, or of the CA that exists; null: it is elsewhere. */
  readonly signsBy: string | null
  readonly issuer: string | null
  readonly isPlanned: boolean
}

/** Every CA of a plan by its id. */
export function authoritiesOf(plan: Plan): ReadonlyMap<string, Authority> {
  const existing = plan.existing.map(existingAuthority)
  const planned = plan.certificates.map((each) => plannedAuthority(each, plan))
  return new Map([...existing, ...planned].map((each) => [each.id, each]))
}

function existingAuthority({ id, certificate: der }: ExistingAuthority): Authority {
  const certificate = parseCertificate(der)
  const { subject, notBefore, notAfter, spki, basicConstraints, keyUsage } = certificate
  return {
    ...{ id, subject, notBefore, notAfter, keyType: spki.keyType, usage: keyUsage },
    ...{ pathLen: basicConstraints?.pathLen ?? null, isCa: isCa(certificate) },
    ...{ signsBy: id, issuer: null, isPlanned: false },
  }
}

function plannedAuthority(certificate: PlannedCertificate, plan: Plan): Authority {
  const { id, key, issuer, profile, subject, notBefore, notAfter, extensions } = certificate
  const made = plan.keys.find((each) => each.id === key)
  return {
    ...{ id, subject: subjectOf(subject), notBefore, notAfter, issuer, isPlanned: true },
    isCa: profile !== 'ocspSigner',
    keyType: made ? KEY_ALGORITHMS[made.algorithm].keyType : keyTypeOf(plan, key),
    pathLen: extensions.pathLen ?? null,
    usage: extensions.keyUsage ? new Set(extensions.keyUsage) : null,
    signsBy: made ? made.id : null,
  }
}

function keyTypeOf(plan: Plan, id: string): KeyType | null {
  const existing = plan.existing.find((each) => each.id === id)
  return existing ? parseCertificate(existing.certificate).spki.keyType : null
}

/** The name as it would be certified. */
export const subjectOf = (subject: PlannedCertificate['subject']): Name => nameFromDer(encodeSubject(subject))
