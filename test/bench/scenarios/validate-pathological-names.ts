import type { GeneralName } from '../../../src/x509/general-name.ts'
import { endEntity, intermediate, root } from '../../support/chain.ts'
import { validatePathological } from '../validate-pathological.ts'

const COUNT = 2048

/** More names times more constraints than anyone would compare. */
export default async function validatePathologicalNames() {
  const anchor = await root()
  const subtrees = (prefix: string) => dnsNames(prefix).map((base) => ({ base, minimum: 0, maximum: null }))
  const ca = await intermediate(anchor, {
    extensions: { nameConstraints: { permitted: subtrees('in'), excluded: subtrees('out') } },
  })
  const target = await endEntity(ca, { extensions: { subjectAltName: dnsNames('in') } })
  return validatePathological('validate-pathological-names', {
    anchor,
    sent: [ca],
    target,
    verdict: 'exhausted',
  })
}

const dnsNames = (prefix: string): GeneralName[] =>
  Array.from({ length: COUNT }, (_, i) => ({ kind: 'dNSName', value: `${prefix}${String(i)}.example.com` }))
