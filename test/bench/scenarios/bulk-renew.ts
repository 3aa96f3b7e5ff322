import { goodIds, largeAuthority, type LargeAuthority } from '../large-authority.ts'
import type { Batch, Scenario } from '../scenario.ts'
import { batchOf } from '../../support/inputs.ts'

const COUNT = 1000
const REVOKED_EVERY = 3
const ACTOR = { who: 'bench' }
/** Certificates for each batch of nine rounds, and the one that warms up. */
const LARGE = 30_000

/**
 * A thousand certificates replaced by ones with new keys, below a CA with 30,000, through the worker: former records read,
 * keys made and sealed, certificates prepared, linted, validated, signed, verified, stored and linked with the old ones. The
 * floor issues as many new ones from a table in the same vault.
 */
export default async function bulkRenew(): Promise<Scenario> {
  const authority = await largeAuthority(LARGE, REVOKED_EVERY)
  return {
    name: 'bulk-renew',
    unit: 'certificates',
    ours: replacing(authority),
    floor: issuing(authority),
    peers: {},
  }
}

function replacing({ client }: LargeAuthority): Batch {
  const ids = goodIds(0, LARGE / 2, REVOKED_EVERY)
  let at = 0
  return async () => {
    const { done, refused } = await client.call('bulk.run', {
      ids: ids.slice(at, (at += COUNT)),
      act: { kind: 'replace', revokeFormer: false },
      acknowledged: [],
      actor: ACTOR,
    })
    if (done !== COUNT) throw new Error(`${String(done)}: ${JSON.stringify(refused[0])}`)
    return done
  }
}

function issuing({ client, authorityId }: LargeAuthority): Batch {
  let made = 0
  return async () => {
    const names = Array.from({ length: COUNT }, () => `new-${String(made++)}.example.com`)
    const { issued } = await client.call('batch.start', batchOf(authorityId, names))
    if (issued !== COUNT) throw new Error(String(issued))
    return issued
  }
}
