/** Reading records: authenticated while the vault is open, unverified while it is locked and names are public. */
import { CodedError } from '../errors.ts'
import type { Bytes } from '../webcrypto/seal.ts'
import type { ReadableVault } from './open-vault.ts'
import { changed, openRecord, readUnverified } from './records.ts'
import type { RecordProblem, RecordValues, StoredRecord, StoreName } from './shapes.ts'

export interface Read<S extends StoreName> {
  store: S
  id: string
  /** The stamp of the record as stored, for a change that is computed from it. */
  stamp: StoredRecord['mac']
  /** The id of the record's parent. */
  parent?: string
  value: RecordValues[S]
  /** False while locked. */
  verified: boolean
}

const BATCH = 500
const NONE = Promise.resolve(null)

/** Returns one record, or null. Rejects with 'record-changed', or 'vault-locked' if names are sealed. */
export async function findRecord<S extends StoreName>(
  vault: ReadableVault,
  store: S,
  id: string,
): Promise<Read<S> | null> {
  await requireReadable(vault)
  const stored = await vault.database.get(store, id)
  return stored ? ((await readRecord(vault, store, stored)) ?? changed(store, id)) : null
}

/** As findRecord, for a record that must exist. Rejects with 'record-missing'. */
export async function requireRecord<S extends StoreName>(
  vault: ReadableVault,
  store: S,
  id: string,
): Promise<Read<S>> {
  const found = await findRecord(vault, store, id)
  if (!found) throw new CodedError('record-missing', { store, id })
  return found
}

/** Returns all records of a store; those that are not what was stored are left out and passed to `report`. */
export async function allRecords<S extends StoreName>(
  vault: ReadableVault,
  store: S,
  report: (problem: RecordProblem) => void = () => undefined,
): Promise<Read<S>[]> {
  const found: Read<S>[] = []
  for await (const batch of recordBatches(vault, store, report)) found.push(...batch)
  return found
}

/** As allRecords, in batches of a few hundred. `weigh` gets what each adds to the head's sum, while the vault is open. */
export async function* recordBatches<S extends StoreName>(
  vault: ReadableVault,
  store: S,
  report: (problem: RecordProblem) => void = () => undefined,
  weigh?: (weight: Bytes) => void,
): AsyncGenerator<Read<S>[]> {
  await requireReadable(vault)
  const { opened } = vault
  let range: IDBKeyRange | null = null
  for (;;) {
    const batch: StoredRecord[] = await vault.database.getAll(store, range, BATCH)
    const end = batch.at(-1)
    if (!end) return
    const read = await Promise.all(batch.map((stored) => readRecord(vault, store, stored, weigh)))
    requireSame(vault, opened)
    for (const [index, record] of read.entries()) {
      const { id } = batch[index]!
      if (!record) report({ store, id, name: id, kind: 'changed' })
    }
    yield read.filter((record) => record !== null)
    range = IDBKeyRange.lowerBound(end.id, true)
  }
}

/** Returns the lists that an authority signed; as allRecords. */
export async function listsOf(
  vault: ReadableVault,
  authorityId: string,
  report: (problem: RecordProblem) => void = () => undefined,
): Promise<Read<'lists'>[]> {
  await requireReadable(vault)
  const stored = await vault.database.getAllFromIndex('lists', 'parent', authorityId)
  const read = await Promise.all(stored.map((each) => readRecord(vault, 'lists', each)))
  return read.flatMap((record, index) => {
    if (record) return [record]
    const { id } = stored[index]!
    report({ store: 'lists', id, name: id, kind: 'changed' })
    return []
  })
}

/** Returns the records of these ids, in their order; those missing or changed are passed to `report`. */
export async function recordsOf<S extends StoreName>(
  vault: ReadableVault,
  store: S,
  ids: readonly string[],
  report: (problem: RecordProblem) => void,
): Promise<Read<S>[]> {
  await requireReadable(vault)
  const { opened } = vault
  const stored: (StoredRecord | undefined)[] = await vault.database.getEach(store, ids)
  const read = await Promise.all(stored.map((one) => (one ? readRecord(vault, store, one) : NONE)))
  requireSame(vault, opened)
  for (const [index, record] of read.entries()) {
    const id = ids[index]!
    if (!record) report({ store, id, name: id, kind: stored[index] ? 'changed' : 'missing' })
  }
  return read.filter((record) => record !== null)
}

/**
 * A record that could not be opened because the vault was locked meanwhile is not a changed one. Throws 'vault-locked'.
 */
function requireSame(vault: ReadableVault, opened: ReadableVault['opened']): void {
  if (opened && vault.opened !== opened) throw new CodedError('vault-locked', null)
}

/** Rejects with 'vault-absent', or 'vault-locked' if names are sealed. */
export async function requireReadable(vault: ReadableVault): Promise<void> {
  if (vault.opened) return
  const header = await vault.header()
  if (!header) throw new CodedError('vault-absent', null)
  if (header.visibility === 'sealed') throw new CodedError('vault-locked', null)
}

async function readRecord<S extends StoreName>(
  { opened }: Pick<ReadableVault, 'opened'>,
  store: S,
  stored: StoredRecord,
  weigh?: (weight: Bytes) => void,
): Promise<Read<S> | null> {
  const { id, mac: stamp, parent } = stored
  const place = { store, id, stamp, ...(parent === undefined ? {} : { parent }) }
  if (!opened) {
    const value = readUnverified(store, stored)
    return value && { ...place, value, verified: false }
  }
  const record = await openRecord(opened.keys, store, stored)
  if (record) weigh?.(record.weight)
  return record && { ...place, value: record.value, verified: true }
}
