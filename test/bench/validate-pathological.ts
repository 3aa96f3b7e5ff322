import { createPool, validate } from '../../src/validate/validate.ts'
import type { Verdict } from '../../src/validate/report.ts'
import { parseCertificate } from '../../src/x509/certificate.ts'
import type { Drawn } from '../support/chain.ts'
import { AT, endEntity, intermediate, root } from '../support/chain.ts'
import type { Batch, Scenario } from './scenario.ts'

export interface Hostile {
  readonly anchor: Drawn
  readonly sent: readonly Drawn[]
  readonly target: Drawn
  readonly verdict: Verdict
}

/** What was made to keep a validator busy, from DER to report; the floor is a good chain of three, examined by us too. */
export async function validatePathological(name: string, hostile: Hostile): Promise<Scenario> {
  const anchor = await root()
  const ca = await intermediate(anchor)
  const good: Hostile = { anchor, sent: [ca], target: await endEntity(ca), verdict: 'valid' }
  return { name, unit: 'reports', ours: examining(hostile), floor: examining(good), peers: {} }
}

const examining =
  ({ anchor, sent, target, verdict: expected }: Hostile): Batch =>
  async () => {
    const pool = createPool({
      anchors: [parseCertificate(anchor.certificate.der)],
      intermediates: sent.map(({ certificate }) => parseCertificate(certificate.der)),
    })
    const { verdict } = await validate(parseCertificate(target.certificate.der), pool, { at: AT })
    if (verdict !== expected) throw new Error(verdict)
    return 1
  }
