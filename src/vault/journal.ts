/**
 * The journal: each entry holds the hash of the one before it (anyone can verify an export) and a MAC under a key of
 * the vault (only the vault can write one). The sealed head names the last entry, so a truncated journal is detected.
 */
import { isEqual, mac, sha256, type Bytes } from '../webcrypto/seal.ts'
import { timeReader } from './clock.ts'
import { joinLengths } from './pack.ts'
import { closedBody, openBody } from './records.ts'
import type { Database } from './schema.ts'
import type { Head, JournalAct, JournalDraft, RecordProblem, StoredEntry, Visibility } from './shapes.ts'
import type { VaultKeys } from './vault-keys.ts'
import { hexOf, utf8Text, utf8 } from '../octets.ts'

export type Link = Head['journal']

/** An entry as hashed and exported: SHA-256 of its JSON text is the next entry's `previous`. */
export interface JournalEntry {
  sequence: number
  /** ISO 8601, UTC. */
  at: string
  who: string
  act: JournalAct
  subject: string
  recordId: string | null
  remark: string
  /** For a refusal: the codes that say why. */
  reason?: string
  /** For an operation that a passphrase opened: which slot it was. */
  slot?: string
  /** For a vault that was made or opened: where the page was loaded from. */
  place?: string
  /** For what was stored: whether the second reader read the same, or why it did not read. */
  reread?: string
  previous: string
}

const BATCH = 500
const MAC_LENGTH = 32

/** Chains `drafts` to `last`; nothing is stored yet. */
export async function chainEntries(
  keys: VaultKeys,
  visibility: Visibility,
  last: Link,
  drafts: readonly JournalDraft[],
): Promise<{ stored: StoredEntry[]; last: Link }> {
  const stored: Promise<StoredEntry>[] = []
  let link = last
  for (const draft of drafts) {
    const sequence = link.sequence + 1
    const text = utf8(JSON.stringify(entryOf(draft, sequence, link.hash)))
    const hash = await sha256(text)
    stored.push(storedEntry(keys, visibility, sequence, text, hash))
    link = { sequence, hash, at: draft.at }
  }
  return { stored: await Promise.all(stored), last: link }
}

/** Returns the entry and its JSON text; null if it is not what was written. */
export async function openEntry(
  keys: VaultKeys,
  { id, body, hash, mac: stamp }: StoredEntry,
): Promise<{ entry: JournalEntry; text: string } | null> {
  if (![body, hash, stamp].every((bytes) => bytes instanceof Uint8Array)) return null
  if (!isEqual(await entryMac(keys, id, hash), stamp)) return null
  const found = await hashedText(keys, { id, body })
  return found && isEqual(found.hash, hash) ? parsed(found.text) : null
}

/** The text in a row and its hash, compared with nothing; null if there is none. */
async function hashedText(
  keys: VaultKeys,
  { id, body }: Pick<StoredEntry, 'id' | 'body'>,
): Promise<{ text: Bytes; hash: Bytes } | null> {
  if (!(body instanceof Uint8Array)) return null
  const text = await openBody(keys, body, () => entryContext(id))
  return text && { text, hash: await sha256(text) }
}

/** Returns an entry as stored, unauthenticated, for reading while locked; null if it is sealed or malformed. */
export function readEntryUnverified({ id, body, hash }: StoredEntry): JournalEntry | null {
  if (!(body instanceof Uint8Array) || !(hash instanceof Uint8Array) || body[0] !== 0) return null
  try {
    const { entry } = parsed(body.subarray(1))
    return isEntry(entry) && entry.sequence === id ? entry : null
  } catch {
    return null
  }
}

function isEntry(value: unknown): value is JournalEntry {
  if (typeof value !== 'object' || value === null) return false
  const {
    at,
    who,
    act,
    subject,
    recordId,
    remark,
    reason = '',
    slot = '',
    place = '',
    reread = '',
  } = value as Partial<JournalEntry>
  const isText = [at, who, act, subject, remark, reason, slot, place, reread].every(
    (text) => typeof text === 'string',
  )
  return isText && !Number.isNaN(Date.parse(at!)) && (recordId === null || typeof recordId === 'string')
}

export interface JournalCheck {
  entries: number
  hash: string
  problems: RecordProblem[]
  /** Entries whose time goes back without an entry that announces it. */
  backwards: number[]
}

/**
 * Verifies the whole chain, given in order; `visit` is called with every sound entry. Without a last link, rows may be
 * missing.
 */
export async function verifyChain(
  keys: VaultKeys,
  stored: AsyncIterable<StoredEntry> | Iterable<StoredEntry>,
  last: Link | null,
  visit: (entry: JournalEntry, text: string) => void = () => undefined,
): Promise<JournalCheck> {
  const { sequence, hash } = last ?? { sequence: 0, hash: new Uint8Array(MAC_LENGTH) }
  const problems: RecordProblem[] = []
  const chain = (sequence: number, kind: RecordProblem['kind']): void => {
    problems.push({ store: 'journal', id: String(sequence), name: String(sequence), kind })
  }
  const goesBack = timeReader()
  const backwards: number[] = []
  let expected = 1
  let previous = hexOf(new Uint8Array(MAC_LENGTH))
  for await (const found of stored) {
    if (last && found.id > sequence) {
      chain(found.id, 'unexpected')
      continue
    }
    if (last) for (; expected < found.id; expected++) chain(expected, 'missing')
    const opened = await openEntry(keys, found)
    if (!opened) chain(found.id, 'changed')
    else if (opened.entry.sequence !== found.id || opened.entry.previous !== previous)
      chain(found.id, 'chain')
    else visit(opened.entry, opened.text)
    if (opened && goesBack({ act: opened.entry.act, at: Date.parse(opened.entry.at) }))
      backwards.push(found.id)
    previous = found.hash instanceof Uint8Array ? hexOf(found.hash) : ''
    expected = found.id + 1
  }
  for (; expected <= sequence; expected++) chain(expected, 'missing')
  if (last && problems.length === 0 && previous !== hexOf(hash)) chain(sequence, 'chain')
  return { entries: sequence, hash: hexOf(hash), problems, backwards }
}

/**
 * Whether the journal that ends with `last` has `before` in it. What is up to the last entry never changes, so that
 * it is read after the head that names it. The head is authenticated and names the hash of the last text, and each text
 * that of the one before: a text with the hash that is named is the one that was written. So no MAC is asked for.
 */
export async function goesOnFrom(
  database: Database,
  keys: VaultKeys,
  last: Link,
  before: Link,
): Promise<boolean> {
  let expected = hexOf(last.hash)
  for (let upper = last.sequence; upper > before.sequence; upper -= BATCH) {
    const lower = Math.max(upper - BATCH, before.sequence)
    const rows = await database.getAll('journal', IDBKeyRange.bound(lower, upper, true))
    if (rows.length !== upper - lower) return false
    // Side by side: another tab that writes many at a time is to be kept up with.
    const texts = await Promise.all(rows.map((row) => hashedText(keys, row)))
    for (const found of texts.reverse()) {
      if (!found || hexOf(found.hash) !== expected) return false
      expected = parsed(found.text).entry.previous
    }
  }
  return last.sequence >= before.sequence && expected === hexOf(before.hash)
}

export function verifyJournal(
  database: Database,
  keys: VaultKeys,
  last: Link | null,
  visit?: (entry: JournalEntry, text: string) => void,
): Promise<JournalCheck> {
  return verifyChain(keys, allEntries(database), last, visit)
}

/**
 * Exports the journal: one JSON text per line, oldest first. SHA-256 of a line is `previous` in the next, and `last` is
 * that of the last line. Without a head to name the last entry (`end` null), everything stored is exported.
 */
export async function exportJournal(
  database: Database,
  keys: VaultKeys,
  end: Link | null,
): Promise<{ bytes: Bytes; last: string }> {
  const lines: string[] = []
  await verifyJournal(database, keys, end, (_entry, text) => lines.push(text))
  const last = hexOf(await sha256(utf8(lines.at(-1) ?? '')))
  return { bytes: utf8(lines.map((line) => `${line}\n`).join('')), last }
}

/** Returns an entry of the same text, and so the same hash, under other keys. */
export async function resealedEntry(
  keys: VaultKeys,
  visibility: Visibility,
  id: number,
  text: string,
): Promise<StoredEntry> {
  const octets = utf8(text)
  return storedEntry(keys, visibility, id, octets, await sha256(octets))
}

/**
 * Returns the numbers of rows behind the last entry; null if this vault wrote one of them, and so the last entry is not
 * the last.
 */
export async function strayRows(
  database: Database,
  keys: VaultKeys,
  { sequence }: Pick<Link, 'sequence'>,
): Promise<number[] | null> {
  const found: number[] = []
  for await (const { id, hash, mac: stamp } of allEntries(database, sequence)) {
    const isWhole = hash instanceof Uint8Array && stamp instanceof Uint8Array
    if (isWhole && isEqual(await entryMac(keys, id, hash), stamp)) return null
    found.push(id)
  }
  return found
}

async function* allEntries(database: Database, from = -Infinity): AsyncGenerator<StoredEntry> {
  let after = from
  for (;;) {
    const range = IDBKeyRange.lowerBound(after, true)
    const batch = await database.getAll('journal', range, BATCH)
    yield* batch
    const end = batch.at(-1)
    if (!end) return
    after = end.id
  }
}

async function storedEntry(
  keys: VaultKeys,
  visibility: Visibility,
  id: number,
  text: Bytes,
  hash: Bytes,
): Promise<StoredEntry> {
  const [body, stamp] = await Promise.all([
    closedBody(keys, visibility, text, () => entryContext(id)),
    entryMac(keys, id, hash),
  ])
  return { id, body, hash, mac: stamp }
}

function entryOf(draft: JournalDraft, sequence: number, previous: Bytes): JournalEntry {
  const { at, who, act, subject, recordId, remark, reason, slot, place, reread } = draft
  return {
    sequence,
    at: new Date(at).toISOString(),
    who,
    act,
    subject,
    recordId,
    remark,
    ...(reason === undefined ? {} : { reason }),
    ...(slot === undefined ? {} : { slot }),
    ...(place === undefined ? {} : { place }),
    ...(reread === undefined ? {} : { reread }),
    previous: hexOf(previous),
  }
}

function parsed(text: Uint8Array): { entry: JournalEntry; text: string } {
  const json = utf8Text(text)
  return { entry: JSON.parse(json) as JournalEntry, text: json }
}

async function entryMac(keys: VaultKeys, id: number, hash: Bytes): Promise<Bytes> {
  const code = await mac(keys.journal, joinLengths([utf8('rootcellar entry 1'), utf8(String(id)), hash]))
  return code.slice(0, MAC_LENGTH)
}

function entryContext(id: number): Bytes {
  return joinLengths([utf8('rootcellar entry body 1'), utf8(String(id))])
}
