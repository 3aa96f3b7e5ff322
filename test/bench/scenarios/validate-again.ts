import { createPool, validate } from '../../../src/validate/validate.ts'
import { parseCertificate } from '../../../src/x509/certificate.ts'
import type { Drawn } from '../../support/chain.ts'
import { AT, drawKey, endEntity, intermediate, root } from '../../support/chain.ts'
import type { Scenario } from '../scenario.ts'
import { importRaw, rawParameters, rawSignature } from '../validate-chain.ts'

const TARGETS = 1000
const ASKED = { at: AT, purpose: 'serverAuth', peerNames: [{ kind: 'DNS', value: 'example.com' }] } as const

/** The same CAs with a thousand targets, from DER to report; the floor verifies a thousand signatures with the key imported. */
export default async function validateAgain(): Promise<Scenario> {
  const top = await root()
  const ca = await intermediate(top)
  const key = await drawKey()
  const targets: Drawn[] = []
  for (let i = 0; i < TARGETS; i++) targets.push(await endEntity(ca, { key }))
  const pool = createPool({ anchors: [top.certificate], intermediates: [ca.certificate] })
  const publicKey = await importRaw(ca)
  const signatures = targets.map((target) => rawSignature(target, ca))
  return {
    name: 'validate-again',
    unit: 'targets',
    async ours() {
      for (const { certificate } of targets) {
        const { verdict } = await validate(parseCertificate(certificate.der), pool, ASKED)
        if (verdict !== 'valid') throw new Error(verdict)
      }
      return TARGETS
    },
    async floor() {
      for (const [i, { certificate }] of targets.entries()) {
        const tbs = certificate.tbs as Uint8Array<ArrayBuffer>
        const holds = await crypto.subtle.verify(rawParameters(ca)[1], publicKey, signatures[i]!, tbs)
        if (!holds) throw new Error('invalid')
      }
      return TARGETS
    },
    peers: {},
  }
}
