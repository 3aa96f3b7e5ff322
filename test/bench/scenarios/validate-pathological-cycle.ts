import { endEntity, intermediate, root } from '../../support/chain.ts'
import type { Drawn } from '../../support/chain.ts'
import { validatePathological } from '../validate-pathological.ts'

/** Two CAs that certify each other, and an anchor that certifies neither. */
export default async function validatePathologicalCycle() {
  const anchor = await root()
  const [one, other] = [await root({ subject: 'CN=One' }), await root({ subject: 'CN=Other' })]
  const crossed = (issuer: Drawn, subject: string, { key }: Drawn) => intermediate(issuer, { subject, key })
  return validatePathological('validate-pathological-cycle', {
    anchor,
    sent: [await crossed(other, 'CN=One', one), await crossed(one, 'CN=Other', other)],
    target: await endEntity(one),
    verdict: 'invalid',
  })
}
