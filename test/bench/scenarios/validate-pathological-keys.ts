import { endEntity, intermediate, root } from '../../support/chain.ts'
import type { Drawn } from '../../support/chain.ts'
import { validatePathological } from '../validate-pathological.ts'

const COUNT = 12

/** CAs of one name, each with another key and without key identifiers: the right one shows only by the signature. */
export default async function validatePathologicalKeys() {
  const anchor = await root()
  const sent: Drawn[] = []
  for (let i = 0; i < COUNT; i++)
    sent.push(await intermediate(anchor, { subject: 'CN=Same', extensions: { subjectKeyIdentifier: null } }))
  const target = await endEntity(sent[0]!, { extensions: { authorityKeyIdentifier: null } })
  return validatePathological('validate-pathological-keys', {
    anchor,
    sent,
    target,
    verdict: 'valid-with-faults',
  })
}
