/**
 * A sealed key: one ciphertext and several slots that open it, as in LUKS. The ciphertext is sealed with a secret key
 * of its own; each slot holds that secret key, wrapped by the key the slot yields. Another kind of slot needs a line in
 * `Slot` and a way to its wrapping key; nothing else changes.
 */
import { CodedError } from '../errors.ts'
import {
  newSecretKey,
  measurePbkdf2,
  passphraseKey,
  random,
  unwrapSecret,
  wrapSecret,
  type Bytes,
} from '../webcrypto/seal.ts'
import { joinLengths } from './pack.ts'
import { faultOf, PASSPHRASE_MINIMUM } from './passphrase-rule.ts'
import { openQuorum, type Given } from './quorum/quorum.ts'
import type { Quorum, SealedKey, Slot } from './shapes.ts'
import { hexOf, utf8 } from '../octets.ts'

/** OWASP's minimum for PBKDF2-SHA-256 (2023), and a maximum that is bearable on a slower device. */
export const ITERATIONS = { minimum: 600_000, maximum: 10_000_000 } as const
/** No key has more. */
export const MOST_SLOTS = 16
/** No more rounds are run to open a key: its slots may have been written by anyone who can reach the storage. */
const MOST_ROUNDS = MOST_SLOTS * ITERATIONS.maximum
const UNLOCK_MILLISECONDS = 700
const SALT_LENGTH = 16
const VERSION = 1

/** The owner of a sealed key: sealed under one record and public key, it opens under no other. */
export interface Belonging {
  recordId: string
  /** SubjectPublicKeyInfo; empty for the vault's own key. */
  spki: Bytes
}

/** The source of a slot's wrapping key. */
export type SlotSource =
  | { kind: 'passphrase'; passphrase: string; label: string; iterations: number }
  | { kind: 'vault'; wrappingKey: CryptoKey }
  | { kind: 'quorum'; quorum: Quorum; key: CryptoKey; label: string }

/** The means to open a slot. */
export type SlotOpener =
  | { kind: 'passphrase'; passphrase: string; signal?: AbortSignal | undefined }
  | { kind: 'vault'; wrappingKey: CryptoKey }
  | { kind: 'quorum'; setId: string; given: Given; signal?: AbortSignal | undefined }

/** What a person gives to open something: a passphrase, or the shares of enough holders. */
export type Opening = string | { readonly setId: string; readonly given: Given }

export const openerOf = (opening: Opening, signal?: AbortSignal): SlotOpener =>
  typeof opening === 'string'
    ? { kind: 'passphrase', passphrase: opening, signal }
    : { kind: 'quorum', ...opening, signal }

/** Returns the number of iterations that take about 0.7 s on this device, within bounds. */
export async function calibrateIterations(): Promise<number> {
  const measured = await measurePbkdf2(UNLOCK_MILLISECONDS)
  return Math.min(Math.max(measured, ITERATIONS.minimum), ITERATIONS.maximum)
}

/** Seals the result of `write` for a new secret key, with one slot per source. */
export async function sealKey(
  belonging: Belonging,
  sources: readonly SlotSource[],
  at: number,
  write: (secretKey: CryptoKey, context: Bytes) => Promise<Bytes>,
): Promise<SealedKey> {
  const secretKey = await newSecretKey()
  const [ciphertext, ...slots] = await Promise.all([
    write(secretKey, contextOf(belonging)),
    ...sources.map((source) => makeSlot(belonging, secretKey, source, at)),
  ])
  return { version: VERSION, ciphertext, slots }
}

/** Opens with the first slot that fits, and passes the secret key, not extractable, to `read`. */
export async function openKey<T>(
  sealed: SealedKey,
  belonging: Belonging,
  opener: SlotOpener,
  read: (secretKey: CryptoKey, ciphertext: Bytes, context: Bytes, slot: Slot) => Promise<T | null>,
): Promise<T> {
  const { secretKey, slot } = await openSlot(sealed, belonging, opener, { extractable: false })
  const value = await read(secretKey, sealed.ciphertext, contextOf(belonging), slot)
  if (value === null) throw new CodedError('record-changed', { store: 'keys', id: belonging.recordId })
  return value
}

/** Returns the same sealed key with one more slot, which may replace another. */
export async function addSlot(
  sealed: SealedKey,
  belonging: Belonging,
  opener: SlotOpener,
  source: SlotSource,
  at: number,
  replaced: string | null = null,
): Promise<SealedKey> {
  const staying = sealed.slots.filter(({ id }) => id !== replaced)
  checkSlotCount(staying.length + 1)
  const { secretKey } = await openSlot(sealed, belonging, opener, { extractable: true })
  const slot = await makeSlot(belonging, secretKey, source, at)
  if (opener.kind !== 'vault') opener.signal?.throwIfAborted()
  return { ...sealed, slots: [...staying, slot] }
}

/** Returns the same sealed key with its slots moved from one vault secret to another; passphrase slots stay. */
export async function rewrapped(
  sealed: SealedKey,
  belonging: Belonging,
  { from, to }: { from: CryptoKey; to: CryptoKey },
  at: number,
): Promise<SealedKey> {
  if (!sealed.slots.some(({ kind }) => kind === 'vault')) return sealed
  const opener = { kind: 'vault', wrappingKey: from } as const
  const { secretKey } = await openSlot(sealed, belonging, opener, { extractable: true })
  const slot = await makeSlot(belonging, secretKey, { kind: 'vault', wrappingKey: to }, at)
  return { ...sealed, slots: [...sealed.slots.filter(({ kind }) => kind !== 'vault'), slot] }
}

/** Returns the same sealed key without one slot; refuses to remove the last one. */
export function removeSlot(sealed: SealedKey, slotId: string): SealedKey {
  if (!sealed.slots.some(({ id }) => id === slotId)) throw new CodedError('slot-missing', { id: slotId })
  if (sealed.slots.length === 1) throw new CodedError('slot-last', null)
  return { ...sealed, slots: sealed.slots.filter(({ id }) => id !== slotId) }
}

/**
 * A slot as the journal names it: its label, which may be any text, enough of its id to be unique, and of a quorum those
 * whose shares opened it.
 */
export function slotName(slot: Slot, opener: SlotOpener): string {
  const name = `${slot.label} (${slot.id.slice(0, 8)})`.trimStart()
  if (slot.kind !== 'quorum' || opener.kind !== 'quorum') return name
  const holders = slot.holders.filter((_holder, i) => opener.given.has(i + 1))
  return `${name}: ${holders.map((holder) => holder.name).join(', ')}`
}

/** Throws 'slots-too-many'. */
export function checkSlotCount(found: number): void {
  if (found > MOST_SLOTS) throw new CodedError('slots-too-many', { found, limit: MOST_SLOTS })
}

/** Rejects with 'passphrase-too-short' or 'passphrase-weak'. Every passphrase that is to guard a CA is checked here. */
export function checkPassphrase(passphrase: string): void {
  const fault = faultOf(passphrase)
  if (fault === 'short') {
    const length = Array.from(passphrase).length
    throw new CodedError('passphrase-too-short', { length, minimum: PASSPHRASE_MINIMUM })
  }
  if (fault) throw new CodedError('passphrase-weak', { reason: fault })
}

async function makeSlot(
  belonging: Belonging,
  secretKey: CryptoKey,
  source: SlotSource,
  at: number,
): Promise<Slot> {
  const base = { id: hexOf(random(8)), createdAt: at }
  if (source.kind === 'vault') {
    const context = slotContext(belonging, base.id, source.kind)
    return {
      ...base,
      kind: 'vault',
      label: '',
      wrapped: await wrapSecret(source.wrappingKey, secretKey, context),
    }
  }
  if (source.kind === 'quorum') {
    const { quorum, key, label } = source
    const context = slotContext(belonging, base.id, source.kind)
    return { ...base, kind: 'quorum', label, ...quorum, wrapped: await wrapSecret(key, secretKey, context) }
  }
  checkPassphrase(source.passphrase)
  const { label, iterations } = source
  const salt = random(SALT_LENGTH)
  const key = await passphraseKey(source.passphrase, salt, iterations)
  const wrapped = await wrapSecret(key, secretKey, slotContext(belonging, base.id, source.kind))
  return { ...base, kind: 'passphrase', label, salt, iterations, wrapped }
}

async function openSlot(
  sealed: SealedKey,
  belonging: Belonging,
  opener: SlotOpener,
  use: { extractable: boolean },
): Promise<{ secretKey: CryptoKey; slot: Slot }> {
  const slots = sealed.slots.filter((slot) => isFor(slot, opener))
  const outOfRange = slots.find((slot) => !isInRange(slot))
  let rounds = 0
  for (const slot of slots.filter(isInRange).sort((one, other) => roundsOf(one) - roundsOf(other))) {
    rounds += roundsOf(slot)
    if (rounds > MOST_ROUNDS) checkSlotCount(sealed.slots.length)
    if (opener.kind !== 'vault') opener.signal?.throwIfAborted()
    const key = await wrappingKey(slot, opener)
    const context = slotContext(belonging, slot.id, slot.kind)
    const secretKey = key && (await unwrapSecret(key, slot.wrapped, context, use))
    if (secretKey) return { secretKey, slot }
  }
  if (outOfRange?.kind === 'passphrase')
    throw new CodedError('iterations-out-of-range', { iterations: outOfRange.iterations, ...ITERATIONS })
  if (opener.kind === 'passphrase') throw new CodedError('passphrase-wrong', { slots: slots.length })
  if (opener.kind === 'quorum' && slots.length === 0)
    throw new CodedError('share-other-set', { setId: opener.setId })
  throw new CodedError('record-changed', { store: 'keys', id: belonging.recordId })
}

/** Null if the slot of a quorum was changed. */
async function wrappingKey(slot: Slot, opener: SlotOpener): Promise<CryptoKey | null> {
  if (slot.kind === 'vault' && opener.kind === 'vault') return opener.wrappingKey
  if (slot.kind === 'quorum' && opener.kind === 'quorum') return openQuorum(slot, opener.given)
  if (slot.kind !== 'passphrase' || opener.kind !== 'passphrase') {
    throw new CodedError('slot-unsupported', { kind: slot.kind })
  }
  return passphraseKey(opener.passphrase, slot.salt, slot.iterations)
}

function isFor(slot: Slot, opener: SlotOpener): boolean {
  if (slot.kind !== 'quorum' || opener.kind !== 'quorum') return slot.kind === opener.kind
  return slot.setId === opener.setId
}

/** Slots that anyone added do not keep out the passphrases of the owner: what costs less is tried first. */
const roundsOf = (slot: Slot): number => (slot.kind === 'passphrase' ? slot.iterations : 0)

/** A slot's parameters may have been changed: neither a weak derivation nor an endless one is run. */
function isInRange(slot: Slot): boolean {
  if (slot.kind !== 'passphrase') return true
  return slot.iterations >= ITERATIONS.minimum && slot.iterations <= ITERATIONS.maximum
}

function contextOf({ recordId, spki }: Belonging): Bytes {
  return joinLengths([utf8('rootcellar sealed key'), new Uint8Array([VERSION]), utf8(recordId), spki])
}

function slotContext(belonging: Belonging, slotId: string, kind: string): Bytes {
  return joinLengths([utf8('rootcellar slot'), contextOf(belonging), utf8(slotId), utf8(kind)])
}
