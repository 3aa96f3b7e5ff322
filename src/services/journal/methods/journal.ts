import { readHead } from '../../../vault/open-vault.ts'
import {
  exportJournal,
  openEntry,
  readEntryUnverified,
  verifyJournal,
  type JournalEntry,
} from '../../../vault/journal.ts'
import { requireReadable } from '../../../vault/reading.ts'
import type { RecordProblem, StoredEntry } from '../../../vault/shapes.ts'
import type { Handlers } from '../../../border/dispatch.ts'
import type { In, Out } from '../../../border/protocol.ts'
import type { Session } from '../../session/session.ts'
import type { JournalEntryView } from '../../../border/views.ts'
import { hexOf } from '../../../octets.ts'

type JournalMethods = Pick<Handlers, Extract<keyof Handlers, `journal.${string}`>>

async function list(
  session: Session,
  { offset, limit, search }: In<'journal.list'>,
): Promise<Out<'journal.list'>> {
  await requireReadable(session.vault)
  const words = (search ?? '').toLowerCase().split(/\s+/).filter(Boolean)
  const total = await session.vault.database.count('journal')
  if (words.length === 0) return { total, entries: await newest(session, offset, limit) }
  const found = (await newest(session, 0, total)).filter((entry) =>
    words.every((word) => textOf(entry).includes(word)),
  )
  return { total: found.length, entries: found.slice(offset, offset + limit) }
}

async function verify(session: Session): Promise<Out<'journal.verify'>> {
  const open = await session.vault.requireOpen()
  const { head } = await readHead(open)
  const { entries, hash, problems, backwards } = await verifyJournal(open.database, open.keys, head.journal)
  return { entries, hash, problems: [...problems, ...backwards.map(atEarlierTime)] }
}

async function exportText(session: Session, { actor }: In<'journal.export'>): Promise<Out<'journal.export'>> {
  const open = await session.beginReading(actor)
  // The entry comes first, so that the export ends with its own record.
  const entries = [session.draft('journal-exported', '', actor)]
  if (!open.isReadOnly) await session.commit({ entries, durability: 'strict' })
  const end = open.isReadOnly ? null : (await readHead(open)).head.journal
  const { bytes, last } = await exportJournal(open.database, open.keys, end)
  const day = new Date(session.now).toISOString().slice(0, 10)
  const name = `rootcellar-journal-${day}.txt`
  return { name, type: 'text/plain', bytes, last }
}

async function newest(session: Session, offset: number, limit: number): Promise<JournalEntryView[]> {
  const entries = await Promise.all(
    (await newestStored(session, offset, limit)).map((stored) => view(session, stored)),
  )
  return entries.filter((entry) => entry !== null).reverse()
}

/** By their numbers, or by their places if some are missing or were put in: anyone may have written a row. */
async function newestStored(session: Session, offset: number, limit: number): Promise<StoredEntry[]> {
  const { database } = session.vault
  const [last, count] = await Promise.all([database.last('journal'), database.count('journal')])
  const upper = count - offset
  if (upper < 1 || limit < 1) return []
  const lower = Math.max(1, upper - limit + 1)
  if (last?.id === count) return database.getAll('journal', IDBKeyRange.bound(lower, upper))
  const ids = (await database.getAllKeys('journal')).slice(lower - 1, upper)
  const found = await database.getEach('journal', ids)
  return found.filter((stored) => stored !== undefined)
}

/** Returns null for an entry that fails authentication; journal.verify reports it. */
async function view(session: Session, stored: StoredEntry): Promise<JournalEntryView | null> {
  const { opened } = session.vault
  if (opened) {
    const found = await openEntry(opened.keys, stored)
    return found && entryView(found.entry, stored)
  }
  const entry = readEntryUnverified(stored)
  return entry && entryView(entry, stored)
}

function entryView(
  { previous: _previous, at, ...entry }: JournalEntry,
  { hash }: StoredEntry,
): JournalEntryView {
  return { ...entry, at: new Date(at), hash: hexOf(hash) }
}

function atEarlierTime(sequence: number): RecordProblem {
  return { store: 'journal', id: String(sequence), name: String(sequence), kind: 'time' }
}

function textOf(entry: JournalEntryView): string {
  const { who, act, subject, remark, reason = '', slot = '', place = '', reread = '' } = entry
  return [who, act, subject, remark, reason, slot, place, reread].join('\n').toLowerCase()
}

/** The journal: read, verify and export. */
export function journalMethods(session: Session): JournalMethods {
  return {
    'journal.list': (input) => list(session, input),
    'journal.verify': () => verify(session),
    'journal.export': (input) => exportText(session, input),
  }
}
