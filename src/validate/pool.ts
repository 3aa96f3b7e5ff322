import type { CertificateList } from '../x509/certificate-list.ts'
import type { Certificate } from '../x509/certificate.ts'
import type { Name } from '../x509/name.ts'
import { sameOctets } from '../octets.ts'
import type { OcspResponse } from '../x509/ocsp.ts'
import { createReach } from './build/reach.ts'
import { Subjects, distinct, isResponder } from './build/subjects.ts'
import { carriedBy } from './carried.ts'
import type { RowMemory } from './path/profile-rows.ts'
import type { AboveMemory } from './path/state.ts'
import type { SignatureMemory } from './signatures.ts'
import { createSignatureMemory } from './signatures.ts'

export interface PoolContents {
  readonly anchors: readonly Certificate[]
  /** Unordered; may contain unrelated certificates, duplicates and the anchors themselves. */
  readonly intermediates: readonly Certificate[]
  readonly crls?: readonly CertificateList[]
  readonly ocspResponses?: readonly OcspResponse[]
}

/** Everything that a path may be built from, indexed by subject; caches keys, signatures and rows between calls. */
export interface Pool {
  readonly anchors: readonly Certificate[]
  readonly certificateLists: readonly CertificateList[]
  readonly ocspResponses: readonly OcspResponse[]
  /** Returns those with this subject by RFC 5280 §7.1, each once. */
  bySubject(name: Name): readonly Certificate[]
  /**
   * Returns those that may sign OCSP responses (extendedKeyUsage OCSPSigning), from any issuer, including those sent
   * with responses.
   */
  responders(): readonly Certificate[]
  /** Whether a certificate with the same encoding is an anchor. */
  isAnchor(certificate: Certificate): boolean
  /** Whether the names above it lead to an anchor; signatures are not checked. */
  reaches(certificate: Certificate): boolean
  /** Returns the same certificates with other anchors; caches are shared. */
  withAnchors(anchors: readonly Certificate[]): Pool
  readonly memory: Memory
}

/** Lives as long as the pool, and holds nothing about certificates outside it. */
export interface Memory {
  readonly members: ReadonlySet<object>
  readonly signatures: SignatureMemory
  readonly rows: RowMemory
  readonly above: AboveMemory
}

/** The contents are immutable; a changed pile needs a new pool. */
export function createPool({ anchors, intermediates, ...given }: PoolContents): Pool {
  // A file may hold the same CRL a hundred times: each copy would cost a signature.
  const crls = distinct(given.crls ?? [])
  const ocspResponses = distinct(given.ocspResponses ?? [])
  const members = new Set<object>(anchors)
  for (const certificate of intermediates) members.add(certificate)
  for (const list of crls) members.add(list)
  const subjects = new Subjects([...anchors, ...intermediates])
  const signatures = createSignatureMemory(members)
  const memory: Memory = { members, signatures, rows: new Map(), above: new Map() }
  let found: readonly Certificate[] | null = null
  const responders = (): readonly Certificate[] =>
    (found ??= distinct([...subjects.responders, ...sentAlong(ocspResponses)]))
  return poolOf(subjects, anchors, { certificateLists: crls, ocspResponses, responders, memory })
}

const sentAlong = (responses: readonly OcspResponse[]): Certificate[] =>
  responses.flatMap(({ basic }) => (basic ? carriedBy(basic).filter(isResponder) : []))

function poolOf(
  subjects: Subjects,
  anchors: readonly Certificate[],
  rest: Pick<Pool, 'certificateLists' | 'ocspResponses' | 'responders' | 'memory'>,
): Pool {
  const trusted = new Set(anchors)
  const bySubject: Pool['bySubject'] = (name) => subjects.named(name)
  const isAnchor: Pool['isAnchor'] = (certificate) => {
    if (trusted.has(certificate)) return true
    for (const anchor of trusted) if (sameOctets(anchor.der, certificate.der)) return true
    return false
  }
  return {
    ...rest,
    anchors: [...trusted],
    bySubject,
    isAnchor,
    reaches: createReach({ bySubject, isAnchor }),
    withAnchors: (others) => poolOf(subjects, others, rest),
  }
}
