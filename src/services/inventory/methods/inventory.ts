import { invalidField } from '../../../ca/input.ts'
import { onCurrentRecords } from '../../../vault/commit.ts'
import { recordsOf } from '../../../vault/reading.ts'
import type { CertificateRecord } from '../../../vault/shapes.ts'
import type { Call, Handlers } from '../../../border/dispatch.ts'
import type { In, Out } from '../../../border/protocol.ts'
import { checkedTag, MOST_TAGS } from '../../shared/notes.ts'
import { rewritten } from '../../files/rewritten.ts'
import type { Session } from '../../session/session.ts'
import type { Actor } from '../../../border/views.ts'

type InventoryMethods = Pick<Handlers, Extract<keyof Handlers, `inventory.${string}`>>

/** Certificates per transaction. */
const CHUNK = 250

async function idsOf(
  session: Session,
  { offset, limit, ...query }: In<'inventory.ids'>,
): Promise<Out<'inventory.ids'>> {
  const ids = await session.inventory.ids(query, session.now)
  return { total: ids.length, ids: ids.slice(offset, offset + limit) }
}

async function tableOf(
  session: Session,
  { which }: In<'inventory.table'>,
  call: Call,
): Promise<Out<'inventory.table'>> {
  await session.vault.requireOpen()
  const ids = 'ids' in which ? which.ids : await session.inventory.idsOfAll(which.query, session.now)
  const read = await session.inventory.rows(ids, (done) => {
    call.signal.throwIfAborted()
    call.progress({ kind: 'step', step: 'inventory.table', done, total: ids.length })
  })
  const listed = await session.inventory.listed(ids)
  // A record of an earlier state reads well, and is not what the catalogue says.
  const rows = read.filter(({ id, status }) => listed.get(id)?.status === status)
  const sound = new Set(rows.map(({ id }) => id))
  const unreadable = ids.filter((id) => !sound.has(id)).map((id) => ({ id, listed: listed.get(id) }))
  return { rows, unreadable, at: new Date(session.now) }
}

async function tag(
  session: Session,
  { ids, add, remove, actor }: In<'inventory.tag'>,
  call: Call,
): Promise<Out<'inventory.tag'>> {
  const added = add.map((tag) => checkedTag(tag))
  await session.begin(actor)
  let changed = 0
  // In storage order, so that each transaction touches few segments of the catalogue.
  const ordered = await session.inventory.inOrder(ids)
  for (let from = 0; from < ordered.length; from += CHUNK) {
    call.signal.throwIfAborted()
    const chunk = ordered.slice(from, from + CHUNK)
    changed += await onCurrentRecords(() => tagOnce(session, chunk, added, remove, actor))
    const done = from + chunk.length
    call.progress({ kind: 'step', step: 'inventory.tag', done, total: ordered.length })
  }
  return { changed }
}

/** One transaction, with its entry; skips certificates that already have these tags. */
async function tagOnce(
  session: Session,
  ids: readonly string[],
  add: readonly string[],
  remove: readonly string[],
  actor: Actor,
): Promise<number> {
  const read = await recordsOf(session.vault, 'certificates', ids, session.inventory.report)
  const changes = read.flatMap((record) => {
    const tags = tagsAfter(record.value, add, remove)
    return tags ? [{ record, tags }] : []
  })
  if (changes.length === 0) return 0
  const marks = [...add.map((name) => `+${name}`), ...remove.map((name) => `−${name}`)]
  await session.commit({
    writes: changes.map(({ record, tags }) => rewritten(record, { tags })),
    entries: [session.draft('certificate-noted', `${String(changes.length)} · ${marks.join(' ')}`, actor)],
    basedOn: changes.map(({ record }) => record),
    durability: 'strict',
  })
  return changes.length
}

/** Null if nothing changes. */
function tagsAfter(
  { tags }: CertificateRecord,
  add: readonly string[],
  remove: readonly string[],
): string[] | null {
  const after = [...new Set([...tags.filter((tag) => !remove.includes(tag)), ...add])]
  if (after.length > MOST_TAGS && after.length > tags.length)
    throw invalidField('tags', String(after.length), 'range')
  return after.length === tags.length && after.every((tag) => tags.includes(tag)) ? null : after
}

/** Queries over, and changes to, many certificates at once. */
export function inventoryMethods(session: Session): InventoryMethods {
  return {
    'inventory.ids': (input) => idsOf(session, input),
    'inventory.facets': () => session.inventory.facets(),
    'inventory.table': (input, call) => tableOf(session, input, call),
    'inventory.tag': (input, call) => tag(session, input, call),
  }
}
