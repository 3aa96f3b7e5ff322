import { largeAuthority, type LargeAuthority } from '../large-authority.ts'
import type { Batch, Scenario } from '../scenario.ts'
import { LIST } from '../../support/inputs.ts'

const LARGE = 100_000
const MIDDLE = 10_000
const SMALL = 1000
/** Of the filling, so that a third is on the list. */
const REVOKED_EVERY = 3

/**
 * One complete list of a CA with 100,000 certificates, a third of them revoked, through the worker: records read and
 * authenticated, list signed, verified, stored. The floor is the same of a CA with 1,000, so that the ratio says whether an
 * entry costs the same, and one of 10,000 stands between them.
 */
export default async function listsAt100000(): Promise<Scenario> {
  return {
    name: 'lists-at-100000',
    unit: 'entries',
    ours: signing(await largeAuthority(LARGE, REVOKED_EVERY), LARGE),
    floor: signing(await largeAuthority(SMALL, REVOKED_EVERY), SMALL),
    peers: { 'at 10,000': signing(await largeAuthority(MIDDLE, REVOKED_EVERY), MIDDLE) },
  }
}

function signing({ client, authorityId }: LargeAuthority, count: number): Batch {
  return async () => {
    const { lists } = await client.call('list.sign', { ...LIST, authorityId })
    const entries = lists[0]?.entries ?? 0
    if (entries !== Math.ceil(count / REVOKED_EVERY)) throw new Error(String(entries))
    return entries
  }
}
