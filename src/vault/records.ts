/**
 * Authenticated records. Each is MACed with a key of the vault over its place in the database; the second half of the
 * MAC is stored nowhere and is added into a sum in the sealed head. A record that was changed or swapped fails its MAC;
 * one that was removed, inserted or rolled back breaks the sum (a keyed additive multiset hash: Clarke et al.,
 * Asiacrypt 2003).
 */
import { CodedError, isCodedError } from '../errors.ts'
import { isEqual, mac, open, seal, type Bytes } from '../webcrypto/seal.ts'
import { joinLengths, pack, unpack } from './pack.ts'
import { utf8 } from '../octets.ts'
import type {
  Head,
  SealedName,
  SealedValues,
  StoredRecord,
  StoreName,
  StoreSum,
  Visibility,
} from './shapes.ts'
import { isWellFormedValue } from './unverified.ts'
import type { VaultKeys } from './vault-keys.ts'

const PLAIN = 0
const SEALED = 1
const MAC_LENGTH = 32

export interface RecordPlace<S extends SealedName> {
  store: S
  id: string
  parent?: string
  unique?: string
}

/** A record ready to be stored, and what it adds to the head's sum. */
export interface WeighedRecord {
  stored: StoredRecord
  weight: Bytes
}

/** Packs, seals if names are sealed, and authenticates. */
export async function sealRecord<S extends SealedName>(
  keys: VaultKeys,
  visibility: Visibility,
  { store, ...place }: RecordPlace<S>,
  value: SealedValues[S],
): Promise<WeighedRecord> {
  const body =
    visibility === 'public'
      ? plainBody(value)
      : await closedBody(keys, visibility, pack(value), () => bodyContext(store, place.id))
  const unmarked = { ...place, body }
  const { stamp, weight } = await authenticate(keys, store, unmarked)
  return { stored: { ...unmarked, mac: stamp }, weight }
}

/** Returns the value of a record and its weight; null if it is not what was stored. */
export async function openRecord<S extends SealedName>(
  keys: VaultKeys,
  store: S,
  stored: StoredRecord,
): Promise<{ value: SealedValues[S]; weight: Bytes } | null> {
  if (!isWellFormed(stored)) return null
  const { stamp, weight } = await authenticate(keys, store, stored)
  if (!isEqual(stamp, stored.mac)) return null
  const body = await openBody(keys, stored.body, () => bodyContext(store, stored.id))
  return body && { value: unpack(body) as SealedValues[S], weight }
}

/** Returns what a record adds to the head's sum; null if it is not what was stored. Cheaper than opening it. */
export async function weightOf(
  keys: VaultKeys,
  store: SealedName,
  stored: StoredRecord,
): Promise<Bytes | null> {
  if (!isWellFormed(stored)) return null
  const { stamp, weight } = await authenticate(keys, store, stored)
  return isEqual(stamp, stored.mac) ? weight : null
}

/**
 * Returns the value of a record as stored, unauthenticated, for reading while locked; null if it is sealed or
 * malformed.
 */
export function readUnverified<S extends SealedName>(store: S, stored: StoredRecord): SealedValues[S] | null {
  if (!isWellFormed(stored) || stored.body[0] !== PLAIN) return null
  try {
    const value = unpack(stored.body.subarray(1))
    return isWellFormedValue(store, value) ? value : null
  } catch (error) {
    if (isCodedError(error, 'record-unreadable')) return null
    throw error
  }
}

/** The same as closedBody makes from packed data, without a copy in between. */
function plainBody(value: unknown): Bytes {
  const body = pack(value, 1)
  body[0] = PLAIN
  return body
}

/** One octet for plain or sealed, then the bytes; `context` is bound into sealed bytes. */
export async function closedBody(
  keys: VaultKeys,
  visibility: Visibility,
  plain: Bytes,
  context: () => Bytes,
): Promise<Bytes> {
  if (visibility === 'public') return prefixed(PLAIN, plain)
  return prefixed(SEALED, await seal(keys.sealing, plain, context()))
}

export async function openBody(keys: VaultKeys, body: Bytes, context: () => Bytes): Promise<Bytes | null> {
  const rest = body.subarray(1)
  if (body[0] === PLAIN) return rest
  return body[0] === SEALED ? open(keys.sealing, rest, context()) : null
}

/** Returns the head's sum of a store; a store newer than the head is empty. */
export const sumOf = ({ stores }: Pick<Head, 'stores'>, store: StoreName): StoreSum =>
  stores[store] ?? emptySum()

/** The sum of no records. */
export const emptySum = (): StoreSum => ({ count: 0, sum: new Uint8Array(MAC_LENGTH) })

/** A head before the first write. */
export function emptyHead(): Head {
  return {
    revision: 0,
    stores: {},
    journal: { sequence: 0, hash: new Uint8Array(MAC_LENGTH), at: 0 },
    header: new Uint8Array(0),
  }
}

/** sum + weight modulo 2^256, big-endian. */
export function plus(sum: Bytes, weight: Bytes): Bytes {
  return combined(sum, (index) => weight[index]!, 0)
}

/** sum − weight modulo 2^256: two's complement. */
export function minus(sum: Bytes, weight: Bytes): Bytes {
  return combined(sum, (index) => weight[index]! ^ 0xff, 1)
}

function combined(sum: Bytes, octet: (index: number) => number, carryIn: number): Bytes {
  const result = new Uint8Array(MAC_LENGTH)
  let carry = carryIn
  for (let index = MAC_LENGTH - 1; index >= 0; index--) {
    const total = sum[index]! + octet(index) + carry
    result[index] = total & 0xff
    carry = total >> 8
  }
  return result
}

/** Throws the error that names a record which is not what was stored. */
export function changed(store: string, id: string): never {
  throw new CodedError('record-changed', { store, id })
}

async function authenticate(
  keys: VaultKeys,
  store: string,
  { id, parent, unique, body }: Omit<StoredRecord, 'mac'>,
): Promise<{ stamp: Bytes; weight: Bytes }> {
  const texts = ['rootcellar record 1', store, id, parent ?? '', unique ?? ''].map(utf8)
  const code = await mac(keys.records, joinLengths([...texts, body]))
  return { stamp: code.slice(0, MAC_LENGTH), weight: code.slice(MAC_LENGTH) }
}

/** Another page of the same origin may have written anything. */
function isWellFormed({ id, parent, unique, body, mac: stamp }: StoredRecord): boolean {
  const areTexts = [id, parent ?? '', unique ?? ''].every((text: unknown) => typeof text === 'string')
  return areTexts && [body, stamp].every((bytes: unknown) => bytes instanceof Uint8Array)
}

function bodyContext(store: string, id: string): Bytes {
  return joinLengths([utf8('rootcellar body 1'), utf8(store), utf8(id)])
}

function prefixed(octet: number, bytes: Bytes): Bytes {
  const whole = new Uint8Array(bytes.length + 1)
  whole[0] = octet
  whole.set(bytes, 1)
  return whole
}
