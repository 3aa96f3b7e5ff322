/**
 * Checks everything read out of a backup, field by field, before it is used: anyone who knows a backup's passphrase may
 * have written arbitrary content.
 */
import { CodedError } from '../errors.ts'
import { open, type Bytes } from '../webcrypto/seal.ts'
import { checkSlotCount } from './key-slots.ts'
import { unpack } from './pack.ts'
import { isQuorum } from './quorum/quorum.ts'
import { TABLES, type Schema, type TableName } from './schema.ts'
import type { HeadSummary, RecordProblem, SealedKey } from './shapes.ts'
import { fieldsOf, headerIn, isTime, onlyOf } from './while-locked.ts'
import { strictUtf8 } from '../octets.ts'

export type Tables = { [T in TableName]: Schema[T]['value'][] }

/** The unencrypted part: what is needed to open the rest. */
export interface Lock {
  /** The vault's id, or an id that only this backup uses. */
  keyId: string
  ofVault: boolean
  sealed: SealedKey
  /** Identifies this file, so that frames of two backups cannot be mixed; absent before version 3. */
  backupId?: string
}

export interface Frame {
  at: number
  /** Absent in version 1. */
  head?: HeadSummary | null
  table: TableName
  records: unknown[]
  /** In the last frame only: the MAC, under a key of the vault, over all earlier frames. */
  manifest?: Bytes
}

const LONGEST_ID = 200
/** A plain body begins with this octet (records.ts); a sealed body cannot be inspected. */
const PLAIN = 0

export const emptyTables = (): Tables =>
  Object.fromEntries(TABLES.map((table) => [table, []])) as unknown as Tables

/** Returns the lock, which is not authenticated until it opens. Rejects if it has more slots than are tried. */
export function lockIn(packed: Bytes): Lock {
  const damaged = (cause?: unknown) => new CodedError('backup-unreadable', { reason: 'changed' }, { cause })
  const value = unpackedOr(packed, damaged)
  const { keyId, ofVault, sealed, backupId } = fieldsOf(value)
  if (typeof keyId !== 'string' || typeof ofVault !== 'boolean') throw damaged()
  if (backupId !== undefined && typeof backupId !== 'string') throw damaged()
  const { ciphertext, slots } = fieldsOf(sealed)
  if (!(ciphertext instanceof Uint8Array) || !Array.isArray(slots)) throw damaged()
  checkSlotCount(slots.length)
  if (!slots.every(isSlot)) throw damaged()
  return {
    keyId,
    ofVault,
    sealed: sealed as SealedKey,
    ...(backupId !== undefined && { backupId }),
  }
}

/** Opens one frame. Rejects if it was changed, or holds something no vault writes. */
export async function frameIn(
  key: CryptoKey,
  sealed: Bytes,
  context: Bytes,
): Promise<{ frame: Frame; plain: Bytes }> {
  const plain = await open(key, sealed, context)
  if (!plain) throw new CodedError('backup-unreadable', { reason: 'changed' })
  const malformed = (cause?: unknown) =>
    new CodedError('backup-unreadable', { reason: 'malformed' }, { cause })
  const value = unpackedOr(plain, malformed)
  const { at, head, table, records, manifest } = fieldsOf(value)
  const isTable = TABLES.some((name) => name === table)
  const isMarked = manifest === undefined || manifest instanceof Uint8Array
  if (!isTime(at) || !isTable || !isMarked || !isNamed(head) || !Array.isArray(records)) throw malformed()
  return { frame: value as Frame, plain }
}

/** Whether it is a head summary, or null because the head could not be read when the backup was made. */
function isNamed(head: unknown): boolean {
  if (head === undefined || head === null) return true
  const { hash, count, revision } = fieldsOf(head)
  return typeof hash === 'string' && Number.isSafeInteger(count) && Number.isSafeInteger(revision)
}

/** Returns the records that are well-formed, one per key; the others are reported and dropped. */
export function soundTables(tables: Readonly<Record<TableName, readonly unknown[]>>): {
  tables: Tables
  problems: RecordProblem[]
} {
  const sound = emptyTables()
  const problems: RecordProblem[] = []
  for (const table of TABLES) {
    const seen = new Set<string>()
    for (const record of tables[table]) {
      const { id } = fieldsOf(record)
      const keys = keysOf(record)
      if (isRecordOf(table, record) && !keys.some((key) => seen.has(key))) {
        for (const key of keys) seen.add(key)
        ;(sound[table] as unknown[]).push(fieldsIn(table, record))
      } else problems.push(unreadable(table, id))
    }
  }
  return { tables: sound, problems }
}

/** Keys that must be unique in a table: two records with the same key would abort the whole transaction. */
function keysOf(record: unknown): string[] {
  const { id, parent, unique } = fieldsOf(record)
  const key = JSON.stringify([id])
  return typeof unique === 'string' ? [key, JSON.stringify([parent, unique])] : [key]
}

/** Without any field that none of that table has: it may be something that cannot be packed. */
function fieldsIn(table: TableName, record: unknown): unknown {
  if (table === 'journal') return onlyOf(record, ['id', 'body', 'hash', 'mac'])
  const { id } = fieldsOf(record)
  if (table === 'meta' && id === 'vault') return headerIn(record)
  if (table === 'meta' && id === 'refusals') return { id, count: 0, last: [] }
  return onlyOf(record, ['id', 'parent', 'unique', 'body', 'mac'])
}

function isRecordOf(table: TableName, record: unknown): boolean {
  const { id, parent, unique, body, mac, hash } = fieldsOf(record)
  if (table === 'journal')
    return isSequence(id) && isEntry(body) && mac instanceof Uint8Array && hash instanceof Uint8Array
  if (typeof id !== 'string' || id.length > LONGEST_ID) return false
  if (table === 'meta' && id === 'vault') return isHeader(record)
  if (table === 'meta' && id === 'head' && !isReadableHead(body)) return false
  // Not authenticated, and rewritten by a restore.
  if (table === 'meta' && id === 'refusals') return true
  const isText = (text: unknown): boolean => text === undefined || typeof text === 'string'
  return isText(parent) && isText(unique) && isBody(body) && mac instanceof Uint8Array
}

/** Whether it is sealed, or has every field that is displayed. */
function isReadableHead(body: unknown): boolean {
  if (!isBody(body)) return false
  const packed = body as Bytes
  if (packed[0] !== PLAIN) return true
  const { revision, stores, journal, header } = fieldsOf(unpack(packed.subarray(1)))
  const { sequence, hash, at } = fieldsOf(journal)
  const isJournal = Number.isSafeInteger(sequence) && hash instanceof Uint8Array && isTime(at)
  return (
    Number.isSafeInteger(revision) &&
    header instanceof Uint8Array &&
    isJournal &&
    Object.values(fieldsOf(stores)).every(isStoreSum)
  )
}

function isStoreSum(value: unknown): boolean {
  const { count, sum } = fieldsOf(value)
  return Number.isSafeInteger(count) && sum instanceof Uint8Array && sum.length === 32
}

/** Whether it is a header with slots, all well-formed: without any, nobody could open what is restored. */
function isHeader(record: unknown): boolean {
  const header = headerIn(record)
  if (!header) return false
  const { slots } = fieldsOf(fieldsOf(record)['sealed'])
  checkSlotCount((slots as unknown[]).length)
  return header.sealed.slots.length > 0 && header.sealed.slots.length === (slots as unknown[]).length
}

/** Whether a plain body can be read while the vault is locked. */
function isBody(body: unknown): boolean {
  if (!(body instanceof Uint8Array) || body.length === 0) return false
  if (body[0] !== PLAIN) return true
  try {
    const value = unpack(body.subarray(1))
    return typeof value === 'object' && value !== null
  } catch (error) {
    if (error instanceof CodedError) return false
    throw error
  }
}

/** A journal entry is one line of JSON. */
function isEntry(body: unknown): boolean {
  if (!(body instanceof Uint8Array) || body.length === 0) return false
  if (body[0] !== PLAIN) return true
  try {
    const value: unknown = JSON.parse(strictUtf8(body.subarray(1)) ?? '')
    return typeof value === 'object' && value !== null
  } catch {
    return false
  }
}

const isSequence = (id: unknown): boolean => Number.isSafeInteger(id) && (id as number) > 0

function isSlot(value: unknown): boolean {
  const { id, kind, wrapped, salt, iterations } = fieldsOf(value)
  if (typeof id !== 'string' || !(wrapped instanceof Uint8Array)) return false
  if (kind === 'quorum') return isQuorum(fieldsOf(value))
  return kind !== 'passphrase' || (salt instanceof Uint8Array && Number.isInteger(iterations))
}

function unreadable(store: TableName, found: unknown): RecordProblem {
  const id = typeof found === 'string' || typeof found === 'number' ? String(found).slice(0, LONGEST_ID) : ''
  return { store, id, name: id, kind: 'unreadable' }
}

function unpackedOr(packed: Bytes, failure: (cause: unknown) => CodedError): unknown {
  try {
    return unpack(packed)
  } catch (error) {
    throw failure(error)
  }
}
