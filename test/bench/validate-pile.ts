import { createPool, validate } from '../../src/validate/validate.ts'
import { parseCertificate } from '../../src/x509/certificate.ts'
import { AT, drawKey, endEntity, intermediate, root } from '../support/chain.ts'
import type { Scenario } from './scenario.ts'
import { touch } from './scenario.ts'

/** A target and its CA among strangers, from DER to report; the floor reads the pile and keeps it. */
export async function validatePile(name: string, strangers: number): Promise<Scenario> {
  const top = await root()
  const ca = await intermediate(top)
  const target = await endEntity(ca)
  const elsewhere = await root()
  const key = await drawKey()
  const pile: Uint8Array[] = [ca.certificate.der]
  for (let i = 0; i < strangers; i++) pile.push((await intermediate(elsewhere, { key })).certificate.der)
  pile.reverse()
  return {
    name,
    unit: 'piles',
    async ours() {
      const intermediates = pile.map((der) => parseCertificate(der))
      const pool = createPool({ anchors: [parseCertificate(top.certificate.der)], intermediates })
      const { verdict } = await validate(parseCertificate(target.certificate.der), pool, { at: AT })
      if (verdict !== 'valid') throw new Error(verdict)
      return 1
    },
    floor() {
      touch(pile.map((der) => parseCertificate(der)))
      return 1
    },
    peers: {},
  }
}
