/** What a change takes the place of: the head's sums lose it, so it must be what was stored last. */
import type { Bytes } from '../webcrypto/seal.ts'
import type { IsOf } from './catalogue.ts'
import { requireCurrent, requireIts, type Current, type State } from './current.ts'
import type { OpenVault } from './open-vault.ts'
import { changed, minus, openRecord, plus, sumOf, type WeighedRecord } from './records.ts'
import type { Head, StoreName } from './shapes.ts'

type Written = WeighedRecord & { readonly store: StoreName; readonly mode: 'add' | 'put' }

/** A row as it is stored, and what it adds to the sum of its store. */
type Replaced = Current & { readonly weight: Bytes }

/**
 * Reads what a change replaces or removes. Rejects if a row of an earlier state was put back there: what is written in
 * its place would be of the current state.
 */
export async function replacedBy(
  open: OpenVault,
  state: State,
  sealed: readonly Written[],
  removals: readonly { store: StoreName; id: string }[],
): Promise<Replaced[]> {
  const written = sealed.filter(({ mode }) => mode === 'put')
  const gone = [...written.map(({ store, stored: { id } }) => ({ store, id })), ...removals]
  const found = await Promise.all(gone.map(({ store, id }) => replacedIn(open, store, id)))
  const replaced = found.filter((each) => each !== null)
  // Certificates are compared with the catalogue when that is edited, or else when it is built again.
  await requireCurrent(
    open,
    state,
    replaced.filter(({ store }) => store !== 'certificates'),
  )
  return replaced
}

async function replacedIn(
  { database, keys }: OpenVault,
  store: StoreName,
  id: string,
): Promise<Replaced | null> {
  const stored = await database.get(store, id)
  if (!stored) return null
  const { value, weight } = (await openRecord(keys, store, stored)) ?? changed(store, id)
  return { store, id, stamp: stored.mac, value, weight, verified: true }
}

export function nextSums(
  head: Head,
  sealed: readonly Written[],
  replaced: readonly Replaced[],
): Head['stores'] {
  const stores: Head['stores'] = { ...head.stores }
  for (const { store, weight } of replaced) {
    const { count, sum } = sumOf({ stores }, store)
    stores[store] = { count: count - 1, sum: minus(sum, weight) }
  }
  for (const { store, weight } of sealed) {
    const { count, sum } = sumOf({ stores }, store)
    stores[store] = { count: count + 1, sum: plus(sum, weight) }
  }
  return stores
}

/** Compares the certificates among them with their entries in the catalogue, each when that is replaced too. */
export function comparing(open: OpenVault, state: State, replaced: readonly Replaced[]): IsOf {
  const records = replaced.filter(({ store }) => store === 'certificates')
  const certificates = new Map(records.map((each) => [each.id, each]))
  return async (entry) => {
    const record = certificates.get(entry.id)
    if (record) await requireIts(open, state, entry, record)
  }
}
