import type { FindingCode } from '../../src/findings.ts'
import type { Place } from '../../src/findings/row.ts'
import type { Certificate } from '../../src/x509/certificate.ts'
import { exampleChain } from '../../src/services/validate/rule-examples.ts'

/** A certificate as rules receive it. */
export interface Subject {
  readonly certificate: Certificate
  readonly issuer: Certificate | null
  readonly place: Place
}

/** Returns the certificates of the chain on a rule's page, each with its place; empty if no example is drawn. */
export async function exampleSubjects(code: FindingCode): Promise<readonly Subject[]> {
  const chain = await exampleChain(code)
  if (!chain) return []
  const above = [...chain.anchors, ...chain.intermediates].filter((each) => each !== chain.target)
  return [...above, chain.target].map((certificate, i, path) => ({
    certificate,
    issuer: path[i - 1] ?? null,
    place: i === path.length - 1 ? 'target' : i === 0 ? 'anchor' : 'ca',
  }))
}
