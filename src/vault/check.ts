/** Checks that what is stored is what was written: the CAs and the head at unlock, the rest in the background. */
import { isCodedError } from '../errors.ts'
import { isEqual, sha256 } from '../webcrypto/seal.ts'
import { openEntry, strayRows, verifyJournal } from './journal.ts'
import { readFrame, readHead, type OpenVault } from './open-vault.ts'
import { checkOwnCertificates } from './own-certificates.ts'
import { pack } from './pack.ts'
import { plus, sumOf, weightOf } from './records.ts'
import {
  STORES,
  type Head,
  type HeadSummary,
  type Header,
  type JournalAct,
  type RecordProblem,
  type StoredRecord,
  type StoreName,
  type StoreSum,
} from './shapes.ts'
import { isSoundHeader } from './sound-header.ts'
import { withLock } from './tabs.ts'
import { headerMac, type VaultKeys } from './vault-keys.ts'
import { headerIn } from './while-locked.ts'
import { hexOf } from '../octets.ts'

const BATCH = 200
const QUIET_ATTEMPTS = 3
/** Rows that are no entries, listed one by one. */
const NAMED = 100

export interface CheckOptions {
  signal?: AbortSignal
  progress?: (done: number, total: number) => void
  /** Awaited after each batch, so that background work yields to other work. */
  pace?: () => Promise<void>
}

export interface CheckResult {
  records: number
  head: string
  problems: RecordProblem[]
}

/**
 * The check at unlock: header, head, the CAs with their keys and own certificates, and the journal's last entry. Its
 * cost does not grow with the inventory.
 */
export async function checkOpening(open: OpenVault, header: Header): Promise<RecordProblem[]> {
  const problems: RecordProblem[] = []
  const stamp = await headerMac(open.keys, header)
  if (!isEqual(stamp, header.mac)) problems.push(problem('meta', 'vault', 'changed'))
  const head = await soundHead(open)
  if (!head) return [...problems, problem('meta', 'head', 'head')]
  if (problems.length === 0 && !isEqual(head.header, header.mac))
    problems.push(problem('meta', 'vault', 'changed'))
  problems.push(...(await checkSettings(open, head, header)))
  for (const store of ['authorities', 'keys'] as const)
    problems.push(...(await checkStore(open, store, head)))
  problems.push(...(await checkOwnCertificates(open)), ...(await checkLastEntry(open, head)))
  return problems
}

/**
 * Checks every record, the whole journal, and that every record the journal mentions exists. Rejects when `signal`
 * aborts.
 */
export async function checkAll(open: OpenVault, options: CheckOptions = {}): Promise<CheckResult> {
  for (let attempt = 1; attempt <= QUIET_ATTEMPTS; attempt++) {
    const result = await checkSnapshot(open, options)
    if (result) return result
  }
  // Another tab keeps writing: hold the lock for one pass, so that writers wait.
  const result = await withLock(open.name, () => checkSnapshot(open, options))
  return result ?? { records: 0, head: '', problems: [problem('meta', 'head', 'head')] }
}

/** Names one state of the whole vault: a hash over all sums and the journal's last link. */
export async function headSummary(head: Head): Promise<HeadSummary> {
  return { hash: hexOf(await sha256(pack(head))), count: countOf(head), revision: head.revision }
}

/** Returns null if another tab wrote meanwhile, so that sums and records are not of one state. */
async function checkSnapshot(
  open: OpenVault,
  { signal, progress, pace }: CheckOptions,
): Promise<CheckResult | null> {
  const { head, problems } = await checkFrame(open)
  if (!head) return { records: 0, head: '', problems }
  const total = countOf(head) + head.journal.sequence
  let done = 0
  const advance = async (count: number): Promise<void> => {
    signal?.throwIfAborted()
    progress?.((done += count), total)
    await pace?.()
  }
  const present = new Set<string>()
  for (const store of STORES) problems.push(...(await checkStore(open, store, head, present, advance)))
  const mentioned = new Map<string, { store: string; name: string }>()
  const journal = await verifyJournal(open.database, open.keys, head.journal, (entry) => {
    const store = MAKES_RECORD[entry.act]
    if (entry.recordId && store) mentioned.set(entry.recordId, { store, name: entry.subject })
    if (REMOVES_RECORD.has(entry.act) && entry.recordId) mentioned.delete(entry.recordId)
  })
  await advance(head.journal.sequence)
  problems.push(...journal.problems, ...missingRecords(mentioned, present, problems))
  const after = await soundHead(open)
  if (after?.revision !== head.revision) return null
  return { records: done, head: (await headSummary(head)).hash, problems }
}

const MAKES_RECORD: Partial<Record<JournalAct, StoreName>> = {
  'certificate-issued': 'certificates',
  'authority-created': 'authorities',
  'authority-adopted': 'authorities',
  'certificate-adopted': 'certificates',
  'request-made': 'requests',
  'request-received': 'requests',
  'profile-saved': 'profiles',
  'trust-store-kept': 'trustStores',
}
const REMOVES_RECORD: ReadonlySet<JournalAct> = new Set([
  'profile-removed',
  'trust-store-removed',
  'request-removed',
])

/**
 * A missing record leaves no trace in its store; the journal knows its name, which is reported instead of a bare sum
 * mismatch.
 */
function missingRecords(
  mentioned: ReadonlyMap<string, { store: string; name: string }>,
  present: ReadonlySet<string>,
  known: readonly RecordProblem[],
): RecordProblem[] {
  const named = new Set(known.map(({ id }) => id))
  return [...mentioned]
    .filter(([id]) => !present.has(id) && !named.has(id))
    .map(([id, { store, name }]) => ({ store, id, name, kind: 'missing' as const }))
}

function checkStore(
  open: OpenVault,
  store: StoreName,
  head: Head,
  present?: Set<string>,
  advance?: (count: number) => Promise<void>,
): Promise<RecordProblem[]> {
  return checkRecords(open.keys, store, head, batches(open, store), present, advance)
}

/** Checks that these are the records of `store` that `head` was sealed over: each record, their count and their sum. */
export async function checkRecords(
  keys: VaultKeys,
  store: StoreName,
  head: Head,
  records: AsyncIterable<StoredRecord[]> | Iterable<StoredRecord[]>,
  present?: Set<string>,
  advance?: (count: number) => Promise<void>,
): Promise<RecordProblem[]> {
  const problems: RecordProblem[] = []
  let sum: StoreSum['sum'] = new Uint8Array(32)
  let count = 0
  for await (const batch of records) {
    const weights = await Promise.all(batch.map((stored) => weightOf(keys, store, stored)))
    for (const [index, weight] of weights.entries()) {
      const { id } = batch[index]!
      present?.add(id)
      count++
      if (weight) sum = plus(sum, weight)
      else problems.push(problem(store, id, 'changed'))
    }
    await advance?.(batch.length)
  }
  const expected = sumOf(head, store)
  const isWhole = count === expected.count && isEqual(sum, expected.sum)
  if (!isWhole && problems.length === 0) problems.push(sumProblem(store, count, expected.count))
  return problems
}

/** The records of a store do not have the sum in the head; it is not known which of them. */
export function sumProblem(store: StoreName, count: number, expected: number): RecordProblem {
  const kind = count < expected ? 'missing' : count > expected ? 'unexpected' : 'changed'
  return { store, id: '', name: `${count}/${expected}`, kind }
}

async function* batches({ database }: OpenVault, store: StoreName): AsyncGenerator<StoredRecord[]> {
  let after: string | null = null
  for (;;) {
    const range: IDBKeyRange | null = after === null ? null : IDBKeyRange.lowerBound(after, true)
    const batch: StoredRecord[] = await database.getAll(store, range, BATCH)
    const end = batch.at(-1)
    if (!end) return
    yield batch
    after = end.id
  }
}

/** An older state of the settings also has a valid MAC: only the head knows which one is current. */
async function checkSettings(
  { database, keys }: OpenVault,
  head: Head,
  header: Header,
): Promise<RecordProblem[]> {
  const stored = await database.get('meta', 'settings')
  if (!stored || !('body' in stored)) return [problem('meta', 'settings', 'missing')]
  const isSound = (await weightOf(keys, 'settings', stored)) !== null
  // The head of a version 1 vault has no settings MAC.
  const isCurrent = header.version === 1 || isEqual(stored.mac, head.settings ?? new Uint8Array(0))
  return isSound && isCurrent ? [] : [problem('meta', 'settings', 'changed')]
}

async function checkLastEntry({ database, keys }: OpenVault, head: Head): Promise<RecordProblem[]> {
  const { sequence, hash } = head.journal
  const last = await database.get('journal', sequence)
  if (!last) return [problem('journal', String(sequence), 'missing')]
  const isSound = isEqual(last.hash, hash) && (await openEntry(keys, last)) !== null
  if (!isSound) return [problem('journal', String(sequence), 'changed')]
  const strays = await strayRows(database, keys, head.journal)
  // An entry of this vault behind the last one: the head is an earlier one.
  if (!strays) return [problem('meta', 'head', 'head')]
  return strays.slice(0, NAMED).map((id) => problem('journal', String(id), 'unexpected'))
}

/** Checks that header and head are still those of the last write; the head is null if it is not. */
export async function checkFrame(open: OpenVault): Promise<{ head: Head | null; problems: RecordProblem[] }> {
  const frame = await unlessNotLatest(readFrame(open))
  if (!frame) return { head: null, problems: [problem('meta', 'head', 'head')] }
  const header = headerIn(frame.header)
  const isSound = header !== null && (await isSoundHeader(open.keys, header, frame.head))
  return { head: frame.head, problems: isSound ? [] : [problem('meta', 'vault', 'changed')] }
}

/** Returns the head; null if it is not what was written last. */
export async function soundHead(open: OpenVault): Promise<Head | null> {
  return (await unlessNotLatest(readHead(open)))?.head ?? null
}

/** Returns the known problems, and those found about other records. */
export function withAlso(known: RecordProblem[], found: readonly RecordProblem[]): RecordProblem[] {
  const isKnown = ({ store, id }: RecordProblem) =>
    known.some((problem) => problem.store === store && problem.id === id)
  return [...known, ...found.filter((problem) => !isKnown(problem))]
}

async function unlessNotLatest<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading
  } catch (error) {
    if (isCodedError(error, 'record-changed') || isCodedError(error, 'vault-earlier')) return null
    throw error
  }
}

function countOf(head: Head): number {
  return STORES.reduce((sum, store) => sum + sumOf(head, store).count, 0)
}

function problem(store: string, id: string, kind: RecordProblem['kind']): RecordProblem {
  return { store, id, name: id, kind }
}
