/**
 * The database contents before a key opens them. Nothing here is authenticated: anyone who can reach the storage may
 * have written it, so every field is checked, malformed data never throws, and no decision depends on it.
 */
import { replaceRecord } from './database.ts'
import { isQuorum } from './quorum/quorum.ts'
import type { Database } from './schema.ts'
import type { Header, JournalDraft, Settings, Slot } from './shapes.ts'

/** This many of the latest attempts are recorded and taken into the journal; the rest are only counted. */
const REFUSALS_KEPT = 20
const LONGEST_TEXT = 200
/** A list without entries has no size and any length: going through it all would take minutes. */
const SLOTS_READ = 1_000
const LATEST_TIME = 8.64e15

/** Attempts to unlock, and a restore, that could not be journalled when they happened. */
export interface Found {
  refused: { at: number; who: string }[]
  /** Attempts that are counted, but not listed. */
  unlisted: number
  restored: { at: number; who: string; remark: string } | null
}

/**
 * Returns the header without malformed slots, and without any field that none has; null if it is not a header. What it
 * returns can be packed: a database keeps cycles, too, and lists of themselves.
 */
export function headerIn(found: unknown): Header | null {
  const { vaultId, version, visibility, createdAt, sealed, mac } = fieldsOf(found)
  const { version: form, ciphertext, slots } = fieldsOf(sealed)
  const isKnown = Number.isSafeInteger(version) && (visibility === 'public' || visibility === 'sealed')
  if (!isKnown || typeof vaultId !== 'string' || !isTime(createdAt)) return null
  if (!(ciphertext instanceof Uint8Array) || !(mac instanceof Uint8Array) || !Array.isArray(slots))
    return null
  if (!Number.isSafeInteger(form)) return null
  const good = slots.slice(0, SLOTS_READ).flatMap(slotIn)
  const key = { ...onlyOf(sealed, SEALED_FIELDS), slots: good } as unknown as Header['sealed']
  return { ...onlyOf(found, HEADER_FIELDS), sealed: key } as unknown as Header
}

const HEADER_FIELDS = ['id', 'vaultId', 'version', 'visibility', 'createdAt', 'sealed', 'mac']
const SEALED_FIELDS = ['version', 'ciphertext', 'slots']
const SLOT_FIELDS = ['id', 'kind', 'label', 'createdAt', 'wrapped']
const PASSPHRASE_FIELDS = [...SLOT_FIELDS, 'salt', 'iterations']
const QUORUM_FIELDS = [...SLOT_FIELDS, 'setId', 'threshold', 'holders', 'envelopes']
const HOLDER_FIELDS = ['name', 'sha256', 'provedAt']

/** In the order in which they are, which a MAC is computed over. */
export const onlyOf = (value: unknown, names: readonly string[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(fieldsOf(value)).filter(([name]) => names.includes(name)))

/** Used if no valid settings are stored. */
export const DEFAULT_SETTINGS: Settings = {
  idleMinutes: 10,
  who: '',
  persisted: null,
  lastBackupAt: null,
  backupRevision: 0,
}

/** Returns settings if all their fields are valid; else null. */
export function settingsIn(found: unknown): Settings | null {
  const { idleMinutes, who, persisted, lastBackupAt, backupRevision } = fieldsOf(found)
  const isIdleTime = Number.isSafeInteger(idleMinutes) && isWithin(idleMinutes as number, 1, 24 * 60)
  const isKept = persisted === null || typeof persisted === 'boolean'
  const isBackup = (lastBackupAt === null || isTime(lastBackupAt)) && Number.isSafeInteger(backupRevision)
  return isIdleTime && isKept && isBackup && typeof who === 'string' ? (found as Settings) : null
}

/** While locked nothing can be sealed: the refusal is stored unsealed until the next unlock. */
export async function noteRefusal(database: Database, at: number, who: string): Promise<void> {
  await replaceRecord(database, 'meta', 'refusals', (found) => {
    const { refused, unlisted, restored } = foundIn(found)
    const last = [...refused, { at, who: who.slice(0, LONGEST_TEXT) }].slice(-REFUSALS_KEPT)
    const count = refused.length + unlisted + 1
    return { id: 'refusals', count, last, ...(restored && { restored }) }
  })
}

/** Returns what was recorded, as far as it is well-formed. */
export async function foundWhileLocked(database: Database): Promise<Found> {
  return foundIn(await database.get('meta', 'refusals').catch(() => undefined))
}

/**
 * Returns what was found as entries, each marked as unauthenticated: they say what was stored, not that it happened.
 */
export function entriesOf({ refused, unlisted, restored }: Found, at: number): JournalDraft[] {
  const entries = refused.map((refusal) => entry('vault-unlock-refused', refusal))
  if (unlisted > 0) {
    const more = {
      act: 'vault-unlock-refused',
      who: '',
      subject: String(unlisted),
      reason: 'not-listed',
    } as const
    entries.unshift({ at, recordId: null, remark: '', ...more })
  }
  if (restored) entries.unshift(entry('backup-restored', restored))
  return entries

  function entry(
    act: JournalDraft['act'],
    { at: then, who, remark = '' }: { at: number; who: string; remark?: string },
  ): JournalDraft {
    const subject = new Date(then).toISOString()
    return { at, who, act, subject, recordId: null, remark, reason: 'found-while-locked' }
  }
}

function foundIn(found: unknown): Found {
  const { count, last, restored } = fieldsOf(found)
  const refused = (Array.isArray(last) ? last.slice(-REFUSALS_KEPT) : []).flatMap(noteIn)
  const counted = Number.isSafeInteger(count) ? (count as number) : 0
  const [made] = noteIn(restored)
  const { remark } = fieldsOf(restored)
  return {
    refused,
    unlisted: Math.max(0, counted - refused.length),
    restored: made ? { ...made, remark: textIn(remark) } : null,
  }
}

function noteIn(note: unknown): { at: number; who: string }[] {
  const { at, who } = fieldsOf(note)
  return isTime(at) ? [{ at, who: textIn(who) }] : []
}

function slotIn(found: unknown): Slot[] {
  const { id, kind, label, createdAt, wrapped, salt, iterations } = fieldsOf(found)
  const isNamed = [id, kind, label].every((text) => typeof text === 'string')
  if (!isNamed || !isTime(createdAt) || !(wrapped instanceof Uint8Array)) return []
  if (kind === 'quorum') return quorumIn(found)
  if (kind !== 'passphrase') return [onlyOf(found, SLOT_FIELDS) as unknown as Slot]
  const isDerived = salt instanceof Uint8Array && Number.isSafeInteger(iterations)
  return isDerived ? [onlyOf(found, PASSPHRASE_FIELDS) as unknown as Slot] : []
}

function quorumIn(found: unknown): Slot[] {
  const slot = onlyOf(found, QUORUM_FIELDS)
  if (!isQuorum(slot)) return []
  const holders = (slot['holders'] as unknown[]).map((holder) => onlyOf(holder, HOLDER_FIELDS))
  return [{ ...slot, holders } as unknown as Slot]
}

const isWithin = (value: number, from: number, to: number): boolean => value >= from && value <= to

export const isTime = (value: unknown): value is number =>
  Number.isFinite(value) && Math.abs(value as number) <= LATEST_TIME

const textIn = (value: unknown): string => (typeof value === 'string' ? value.slice(0, LONGEST_TEXT) : '')

export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
