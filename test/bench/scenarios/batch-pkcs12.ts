import type { Client } from '../../../src/border/client.ts'
import type { EndEntityKeeping } from '../../../src/border/words.ts'
import { batchOf } from '../../support/inputs.ts'
import { freshWorker } from '../fresh-worker.ts'
import type { Batch, Scenario } from '../scenario.ts'

const COUNT = 200
const PROTECTION = { kind: 'encrypted', passphrase: 'seven words to carry all of them' } as const

/**
 * Two hundred certificates from a table, each handed out as a PKCS#12 in one ZIP; the floor hands the same out as encrypted keys.
 * The passphrase is one for all of them, so its derivations are to be done once.
 */
export default async function batchPkcs12(): Promise<Scenario> {
  const { client, authorityId } = await freshWorker()
  return {
    name: 'batch-pkcs12',
    unit: 'certificates',
    ours: handingOut(client, authorityId, 'pkcs12'),
    floor: handingOut(client, authorityId, 'pkcs8'),
    peers: {},
  }
}

function handingOut(client: Client, authorityId: string, format: 'pkcs12' | 'pkcs8'): Batch {
  const keys: EndEntityKeeping = { kind: 'hand-out', format, protection: PROTECTION }
  let made = 0
  return async () => {
    const names = Array.from({ length: COUNT }, () => `${format}-${String(made++)}.example.com`)
    const { issued, problems } = await client.call('batch.start', { ...batchOf(authorityId, names), keys })
    if (issued !== COUNT) throw new Error(`issued ${String(issued)}: ${JSON.stringify(problems[0])}`)
    return issued
  }
}
