/**
 * The head at rest: sealed in both kinds of vault, because the difference of two sums reveals what one record added. A
 * keyed mark of the certificates' sum is stored beside it for comparison.
 */
import { isEqual, mac } from '../webcrypto/seal.ts'
import type { OpenVault } from './open-vault.ts'
import { joinLengths } from './pack.ts'
import { openRecord, sealRecord, type WeighedRecord } from './records.ts'
import type { Head, Settings, StoredRecord, StoreMark, StoreSum } from './shapes.ts'
import type { VaultKeys } from './vault-keys.ts'
import { settingsIn } from './while-locked.ts'
import { hexOf, utf8 } from '../octets.ts'

const MARK_LENGTH = 16

export function sealHead(
  { keys }: Pick<OpenVault, 'keys'>,
  head: Head,
  { count, mark }: StoreMark,
): Promise<WeighedRecord> {
  const place = { store: 'head', id: 'head', unique: `${String(count)} ${mark}` } as const
  return sealRecord(keys, 'sealed', place, head)
}

export function sealSettings(
  { keys, visibility }: Pick<OpenVault, 'keys' | 'visibility'>,
  settings: Settings,
): Promise<WeighedRecord> {
  return sealRecord(keys, visibility, { store: 'settings', id: 'settings' }, settings)
}

/** Returns the stored settings; null if they do not match the MAC in `under`, or were never written. */
export async function readSettings(
  { database, keys }: Pick<OpenVault, 'database' | 'keys'>,
  under?: Uint8Array,
): Promise<Settings | null> {
  const stored = await database.get('meta', 'settings')
  if (!stored || !('body' in stored)) return null
  const opened = await openRecord(keys, 'settings', stored)
  if (!opened || (under && !isEqual(stored.mac, under))) return null
  return settingsIn(opened.value)
}

export async function sumMark(keys: VaultKeys, { count, sum }: StoreSum): Promise<StoreMark> {
  const parts = [utf8('rootcellar mark 1'), utf8(String(count)), sum]
  const code = await mac(keys.marks, joinLengths(parts))
  return { count, mark: hexOf(code.subarray(0, MARK_LENGTH)) }
}

/** Returns the mark beside a sealed head, as stored; null beside one of a version 1 vault. */
export function markIn({ unique }: Pick<StoredRecord, 'unique'>): StoreMark | null {
  const found = /^(\d{1,15}) ([0-9a-f]{32})$/.exec(typeof unique === 'string' ? unique : '')
  return found && { count: Number(found[1]), mark: found[2]! }
}

export const isSameSum = (one: StoreSum, other: StoreSum): boolean =>
  one.count === other.count && isEqual(one.sum, other.sum)

export const isSameMark = (one: StoreMark, other: StoreMark): boolean =>
  one.count === other.count && one.mark === other.mark
