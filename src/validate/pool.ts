import type { CertificateList } from '../x509/certificate-list.ts'
import type { Certificate } from '../x509/certificate.ts'
import { nameKey } from '../x509/name-matching.ts'
import type { Name } from '../x509/name.ts'
import { sameOctets } from '../x509/octets.ts'
import type { OcspResponse } from '../x509/ocsp.ts'
import type { RowMemory } from './path/profile-rows.ts'
import type { SignatureMemory } from './signatures.ts'
import { createSignatureMemory } from './signatures.ts'

export interface PoolContents {
  readonly anchors: readonly Certificate[]
  /** Unordered; may hold strangers, duplicates and the anchors themselves. */
  readonly intermediates: readonly Certificate[]
  readonly crls?: readonly CertificateList[]
  readonly ocspResponses?: readonly OcspResponse[]
}

/** What a path may be built from, indexed by subject; remembers keys, signatures and rows from one call to the next. */
export interface Pool {
  readonly anchors: readonly Certificate[]
  readonly certificateLists: readonly CertificateList[]
  readonly ocspResponses: readonly OcspResponse[]
  /** Those with this subject by RFC 5280 §7.1, each once. */
  bySubject(name: Name): readonly Certificate[]
  /** Whether these very octets are an anchor. */
  isAnchor(certificate: Certificate): boolean
  /** The same certificates with other anchors; what was remembered is shared. */
  withAnchors(anchors: readonly Certificate[]): Pool
  readonly memory: Memory
}

/** It lives as long as the pool, and holds nothing of what is not in it. */
export interface Memory {
  readonly members: ReadonlySet<object>
  readonly signatures: SignatureMemory
  readonly rows: RowMemory
}

const NONE: readonly Certificate[] = []

/** The contents may be added to neither; a changed pile is a new pool. */
export function createPool({ anchors, intermediates, crls = [], ocspResponses = [] }: PoolContents): Pool {
  const subjects = new Subjects()
  const trusted = anchors.map((anchor) => subjects.enter(anchor))
  for (const certificate of intermediates) subjects.enter(certificate)
  const members = new Set<object>([...subjects.all, ...crls])
  const memory: Memory = { members, signatures: createSignatureMemory(members), rows: new Map() }
  return poolOf(subjects, trusted, { certificateLists: crls, ocspResponses, memory })
}

function poolOf(
  subjects: Subjects,
  anchors: readonly Certificate[],
  rest: Pick<Pool, 'certificateLists' | 'ocspResponses' | 'memory'>,
): Pool {
  const trusted = new Set(anchors)
  return {
    ...rest,
    anchors: [...trusted],
    bySubject: (name) => subjects.named(name),
    isAnchor: (certificate) => {
      if (trusted.has(certificate)) return true
      const same = subjects.find(certificate)
      return same !== undefined && trusted.has(same)
    },
    withAnchors: (others) =>
      poolOf(
        subjects,
        others.map((anchor) => subjects.enter(anchor)),
        rest,
      ),
  }
}

/** Certificates by subject, each once. */
class Subjects {
  readonly all: Certificate[] = []
  readonly #byName = new Map<string, Certificate[]>()

  named(name: Name): readonly Certificate[] {
    return this.#byName.get(nameKey(name)) ?? NONE
  }

  /** The one filed that has the same octets. */
  find({ subject, der }: Certificate): Certificate | undefined {
    return this.named(subject).find((certificate) => sameOctets(certificate.der, der))
  }

  /** Files the certificate unless it is there already; returns the one that is filed. */
  enter(certificate: Certificate): Certificate {
    const key = nameKey(certificate.subject)
    const others = this.#byName.get(key)
    const known = others?.find(({ der }) => sameOctets(der, certificate.der))
    if (known !== undefined) return known
    if (others === undefined) this.#byName.set(key, [certificate])
    else others.push(certificate)
    this.all.push(certificate)
    return certificate
  }
}
