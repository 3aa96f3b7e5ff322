/**
 * The CAs' own certificates are authenticated before anything of them is displayed: they are few, and they are the ones
 * people compare and distribute. All other certificates are checked in the background.
 */
import { openEntry } from './journal.ts'
import type { OpenVault } from './open-vault.ts'
import { openRecord, weightOf } from './records.ts'
import type { JournalAct, RecordProblem } from './shapes.ts'

const BATCH = 500

/** Returns a problem for each that was changed or is missing, named as the journal names its CA. */
export async function checkOwnCertificates(open: OpenVault): Promise<RecordProblem[]> {
  const { database, keys } = open
  const found: { problem: RecordProblem; authorityId: string }[] = []
  for (const stored of await database.getAll('authorities')) {
    // An unsound one has been reported already.
    const authority = await openRecord(keys, 'authorities', stored)
    if (!authority) continue
    const { certificateId, otherCertificateIds = [] } = authority.value
    for (const id of [certificateId, ...otherCertificateIds]) {
      const certificate = await database.get('certificates', id)
      if (certificate && (await weightOf(keys, 'certificates', certificate))) continue
      const kind = certificate ? 'changed' : 'missing'
      found.push({ problem: { store: 'certificates', id, name: id, kind }, authorityId: stored.id })
    }
  }
  if (found.length === 0) return []
  const names = await namesOf(open, new Set(found.map(({ authorityId }) => authorityId)))
  return found.map(({ problem, authorityId }) => ({
    ...problem,
    name: names.get(authorityId) ?? problem.name,
  }))
}

/** A problem that is found again keeps the name under which it was first reported. */
export function namedAsBefore(
  before: readonly RecordProblem[],
  problems: readonly RecordProblem[],
): RecordProblem[] {
  const known = new Map(before.map((problem) => [`${problem.store} ${problem.id}`, problem.name]))
  return problems.map((problem) => ({
    ...problem,
    name: known.get(`${problem.store} ${problem.id}`) ?? problem.name,
  }))
}

const NAMES: ReadonlySet<JournalAct> = new Set(['authority-created', 'authority-adopted'])

/** The names the journal recorded when they arrived: a changed record cannot be trusted for its own name. */
async function namesOf(
  { database, keys }: OpenVault,
  ids: ReadonlySet<string>,
): Promise<Map<string, string>> {
  const names = new Map<string, string>()
  for (let after = 0; names.size < ids.size;) {
    const batch = await database.getAll('journal', IDBKeyRange.lowerBound(after, true), BATCH)
    const last = batch.at(-1)
    if (!last) break
    after = last.id
    for (const stored of batch) {
      const entry = (await openEntry(keys, stored))?.entry
      const id = entry?.recordId ?? ''
      if (entry && NAMES.has(entry.act) && ids.has(id)) names.set(id, entry.subject)
    }
  }
  return names
}
