import type { Client } from '../../../src/border/client.ts'
import { freshWorker } from '../fresh-worker.ts'
import { ECDSA_SHA256, makeAuthority, P256 } from '../p256-authority.ts'
import type { Batch, Scenario } from '../scenario.ts'
import { batchOf } from '../../support/inputs.ts'

const COUNT = 1000
/** As many at a time as the worker's batch makes side by side. */
const LANES = 16

/**
 * A thousand TLS server certificates from a table, through the worker into the vault: keys made and sealed, certificates
 * prepared, linted, validated, signed, verified and stored with their journal entries, a ZIP at the end.
 */
export default async function issueP256Stored(): Promise<Scenario> {
  const { client, authorityId } = await freshWorker()
  return {
    name: 'issue-p256-stored',
    unit: 'certificates',
    ours: ours(client, authorityId),
    floor: await floor(),
    peers: {},
  }
}

function ours(client: Client, authorityId: string): Batch {
  let made = 0
  return async () => {
    const names = Array.from({ length: COUNT }, () => `host-${String(made++)}.example.com`)
    const { issued, problems } = await client.call('batch.start', batchOf(authorityId, names))
    if (issued !== COUNT) throw new Error(`issued ${String(issued)}: ${JSON.stringify(problems[0])}`)
    return issued
  }
}

/** The least that could do it, and none of it kept: make a key, sign as many bytes as a TBSCertificate has, verify. */
async function floor(): Promise<Batch> {
  const { keys } = await makeAuthority()
  const one = async (): Promise<void> => {
    await crypto.subtle.generateKey(P256, true, ['sign', 'verify'])
    const tbs = crypto.getRandomValues(new Uint8Array(350))
    const signature = await crypto.subtle.sign(ECDSA_SHA256, keys.privateKey, tbs)
    if (!(await crypto.subtle.verify(ECDSA_SHA256, keys.publicKey, signature, tbs))) throw new Error('floor')
  }
  return async () => {
    let left = COUNT
    const lane = async (): Promise<void> => {
      while (left-- > 0) await one()
    }
    await Promise.all(Array.from({ length: LANES }, lane))
    return COUNT
  }
}
