import '../../support/english.ts'
import { goodIds, largeAuthority } from '../large-authority.ts'
import { ECDSA_SHA256, P256 } from '../p256-authority.ts'
import type { Scenario } from '../scenario.ts'

const COUNT = 1000
const LANES = 16
const REVOKED_EVERY = 3

/**
 * OCSP responses of a delegated responder for a thousand certificates of a CA with 10,000, through the worker: records read
 * and authenticated, answers signed, read back, verified, and put into an archive under the paths that are asked for. The
 * floor signs as many octets as often and verifies the signatures.
 */
export default async function ocspSign(): Promise<Scenario> {
  const { client, authorityId, responderId } = await largeAuthority(10 * COUNT, REVOKED_EVERY)
  const certificateIds = goodIds(0, COUNT, REVOKED_EVERY)
  const keys = await crypto.subtle.generateKey(P256, false, ['sign', 'verify'])
  const one = async (): Promise<void> => {
    const tbs = crypto.getRandomValues(new Uint8Array(200))
    const signature = await crypto.subtle.sign(ECDSA_SHA256, keys.privateKey, tbs)
    if (!(await crypto.subtle.verify(ECDSA_SHA256, keys.publicKey, signature, tbs))) throw new Error('floor')
  }
  return {
    name: 'ocsp-sign',
    unit: 'responses',
    async ours() {
      const { responses } = await client.call('response.sign', {
        authorityId,
        responderId,
        certificateIds,
        hashes: ['SHA-256'],
        days: 7,
        overlapDays: 1,
        count: 1,
        actor: { who: 'bench' },
      })
      if (responses !== COUNT) throw new Error(String(responses))
      return responses
    },
    async floor() {
      let left = COUNT
      const lane = async (): Promise<void> => {
        while (left-- > 0) await one()
      }
      await Promise.all(Array.from({ length: LANES }, lane))
      return COUNT
    },
    peers: {},
  }
}
