/**
 * A key that several people hold. Each subset of as many holders as are needed has an envelope: the slot's own key,
 * wrapped by a key derived from the words of just these holders. So a share that is wrong opens nothing, instead of
 * something wrong as in Shamir's scheme, and the same words open files with other programs.
 */
import { CodedError } from '../../errors.ts'
import { utf8 } from '../../octets.ts'
import {
  derivedKey,
  isEqual,
  materialOf,
  newSecretKey,
  sha256,
  unwrapSecret,
  wrapSecret,
  type Bytes,
} from '../../webcrypto/seal.ts'
import { joinLengths } from '../pack.ts'
import type { Quorum } from '../shapes.ts'
import { isSetId, newSetId, newShare, setWordOf, type Share, type TypedShare } from './share-words.ts'

export const MOST_HOLDERS = 9
export const FEWEST_NEEDED = 2
export const LONGEST_NAME = 100
/** Passphrases of PKCS#8 files, which OpenSSL reads no more than 1,023 octets of. */
const LONGEST_TOGETHER = 1_000

/** A new set of shares, while all of them are here. */
export interface ShareSet {
  readonly setId: string
  readonly threshold: number
  readonly names: readonly string[]
  readonly shares: readonly Share[]
}

/** Words that were given, by the number of their holder. */
export type Given = ReadonlyMap<number, string>

/** Returns a new share for each name. Rejects with 'quorum-invalid'. */
export async function newShareSet(names: readonly string[], threshold: number): Promise<ShareSet> {
  requireSound(names, threshold)
  const setId = newSetId()
  const shares = await Promise.all(names.map((_, index) => newShare(setId, index + 1)))
  const longest = shares.map(({ words }) => words.length + 1).sort((a, b) => b - a)
  const together = longest.slice(0, threshold).reduce((sum, length) => sum + length, -1)
  return together > LONGEST_TOGETHER ? newShareSet(names, threshold) : { setId, threshold, names, shares }
}

function requireSound(names: readonly string[], threshold: number): void {
  const invalid = (reason: 'holders' | 'threshold' | 'names') => new CodedError('quorum-invalid', { reason })
  if (names.length < FEWEST_NEEDED || names.length > MOST_HOLDERS) throw invalid('holders')
  if (!Number.isInteger(threshold) || threshold < FEWEST_NEEDED || threshold > names.length)
    throw invalid('threshold')
  const isNamed = names.every((name) => name.trim() !== '' && name.length <= LONGEST_NAME)
  if (!isNamed || new Set(names).size < names.length) throw invalid('names')
}

/** The subsets of `threshold` of the holders 1 to `count`, in lexical order. */
export function subsetsOf(count: number, threshold: number): readonly (readonly number[])[] {
  const from = (first: number, size: number): number[][] =>
    size === 0
      ? [[]]
      : Array.from({ length: Math.max(0, count - first - size + 2) }, (_, i) => first + i).flatMap((holder) =>
          from(holder + 1, size - 1).map((rest) => [holder, ...rest]),
        )
  return from(1, threshold)
}

/** What a subset of holders types one after the other: a passphrase for other programs. */
export const wordsTogether = (given: Given, subset: readonly number[]): string =>
  subset.map((holder) => given.get(holder)!).join(' ')

/** Returns the quorum of a set, and its key, which is extractable by nobody. */
export async function sealQuorum(set: ShareSet, at: number): Promise<{ quorum: Quorum; key: CryptoKey }> {
  const { setId, threshold, names } = set
  const given: Given = new Map(set.shares.map(({ holder, words }) => [holder, words]))
  const secret = await newSecretKey()
  const subsets = subsetsOf(names.length, threshold)
  const envelopes = await Promise.all(
    subsets.map(async (subset) =>
      wrapSecret(await subsetKey(setId, given, subset), secret, envelopeContext(setId, subset)),
    ),
  )
  const holders = await Promise.all(
    set.shares.map(async ({ words }, index) => ({
      name: names[index]!,
      sha256: await sha256(utf8(words)),
      provedAt: at,
    })),
  )
  const quorum = { setId, threshold, holders, envelopes }
  const key = await openQuorum(quorum, given)
  if (!key) throw new Error('what was just sealed does not open')
  return { quorum, key }
}

/** Returns the quorum's key, not extractable; null if the envelope was changed. Rejects with 'shares-too-few'. */
export async function openQuorum(quorum: Quorum, given: Given): Promise<CryptoKey | null> {
  const { setId, threshold, holders, envelopes } = quorum
  const present = [...given.keys()].filter((holder) => holder <= holders.length).sort((a, b) => a - b)
  if (present.length < threshold)
    throw new CodedError('shares-too-few', { given: present.length, needed: threshold })
  const subset = present.slice(0, threshold)
  const index = subsetsOf(holders.length, threshold).findIndex((each) => each.join() === subset.join())
  const key = await subsetKey(setId, given, subset)
  return unwrapSecret(key, envelopes[index]!, envelopeContext(setId, subset), { extractable: false })
}

/**
 * Proves one share alone, against its hash in the record, and returns the number of its holder. `asked`: whose share is
 * expected; null: anybody's. Rejects with 'share-other-set', 'share-other-holder' and 'share-refused'.
 */
export async function proveShare(
  quorum: Quorum,
  { setId, setWord, holder, words }: TypedShare,
  asked: number | null,
): Promise<number> {
  const isOther = setId === null ? setWord !== setWordOf(quorum.setId) : setId !== quorum.setId
  if (isOther) throw new CodedError('share-other-set', { setId: quorum.setId })
  const its = quorum.holders[holder - 1]
  if (!its) throw new CodedError('share-other-set', { setId: quorum.setId })
  if (asked !== null && asked !== holder)
    throw new CodedError('share-other-holder', {
      asked: quorum.holders[asked - 1]?.name ?? '',
      found: its.name,
    })
  if (!isEqual(await sha256(utf8(words)), its.sha256))
    throw new CodedError('share-refused', { name: its.name, setId: quorum.setId })
  return holder
}

/** Whether it has the form of a quorum: anyone who can reach the storage may have written it. */
export function isQuorum(found: Readonly<Record<string, unknown>>): boolean {
  const { setId, threshold, holders, envelopes } = found
  if (!isSetId(setId) || !Array.isArray(holders) || !Array.isArray(envelopes)) return false
  if (holders.length < FEWEST_NEEDED || holders.length > MOST_HOLDERS || !Number.isInteger(threshold))
    return false
  const needed = threshold as number
  if (needed < FEWEST_NEEDED || needed > holders.length) return false
  return (
    envelopes.length === subsetsOf(holders.length, needed).length &&
    envelopes.every((each) => each instanceof Uint8Array) &&
    holders.every(isHolder)
  )
}

function isHolder(found: unknown): boolean {
  if (typeof found !== 'object' || found === null) return false
  const { name, sha256: hash, provedAt } = found as Record<string, unknown>
  return (
    typeof name === 'string' &&
    name.length <= LONGEST_NAME &&
    hash instanceof Uint8Array &&
    hash.length === 32 &&
    Number.isFinite(provedAt)
  )
}

/** HKDF and no more: each share has 128 random bits, which no number of rounds would add to. */
async function subsetKey(setId: string, given: Given, subset: readonly number[]): Promise<CryptoKey> {
  const words: Bytes = utf8(wordsTogether(given, subset))
  const material = await materialOf(words)
  words.fill(0)
  return derivedKey(material, `rootcellar 1 quorum ${setId} ${subset.join()}`, 'aes-gcm')
}

const envelopeContext = (setId: string, subset: readonly number[]): Bytes =>
  joinLengths([utf8('rootcellar quorum 1'), utf8(setId), utf8(subset.join())])
