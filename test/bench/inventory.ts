import { checkAll } from '../../src/vault/check.ts'
import { Session } from '../../src/services/session/session.ts'
import type { CertificateFilter, CertificatePage, CertificateSort } from '../../src/border/views.ts'
import { fillInventory } from '../support/inventory.ts'
import type { Batch, Scenario } from './scenario.ts'
import { touch } from './scenario.ts'

const LARGE = 100_000
const MIDDLE = 10_000
const SMALL = 1000
const SETTLING = 15_000
const SLOTS = { passphrase: 'only for the bench', recoveryPassphrase: null }
const PAGE = { offset: 0, limit: 100 }
/** Certificates of the filling end in 2026. */
const NOW = Date.UTC(2026, 5, 1)

export interface Asking extends CertificateFilter {
  sort: CertificateSort
  descending: boolean
  /** How many are found among `count`. */
  hits: (count: number) => number
  /** As after unlocking: nothing is in memory yet. */
  fresh?: boolean
}

/**
 * One question to an inventory of 100,000; the floor is the same to one of 1,000, so that the ratio says what a hundred
 * times as many certificates cost, and one of 10,000 stands between them.
 */
export async function askInventory(name: string, asking: Asking): Promise<Scenario> {
  return {
    name,
    unit: 'answers',
    ours: await answers(LARGE, asking),
    floor: await answers(SMALL, asking),
    peers: { 'at 10,000': await answers(MIDDLE, asking) },
  }
}

/** From the passphrase to the first rows while the check of all records begins beside it, and to that check's end. */
export async function unlockInventory(name: string, until: 'first-rows' | 'checked'): Promise<Scenario> {
  return {
    name,
    unit: until === 'checked' ? 'certificates' : 'unlocks',
    ours: await unlocks(LARGE, until),
    floor: await unlocks(SMALL, until),
    peers: { 'at 10,000': await unlocks(MIDDLE, until) },
  }
}

async function unlocks(count: number, until: 'first-rows' | 'checked'): Promise<Batch> {
  const session = await inventoryOf(count)
  return async () => {
    await session.lock('asked')
    await session.vault.unlock(SLOTS.passphrase, 'bench')
    if (until === 'checked') {
      const { problems } = await checkAll(session.vault.opened!)
      if (problems.length > 0) throw new Error(problems[0]!.kind)
      return count
    }
    session.checkInBackground()
    const { rows } = await session.inventory.page({ ...PAGE, sort: 'createdAt', descending: true }, NOW)
    if (rows.length !== PAGE.limit) throw new Error(String(rows.length))
    // The check goes no further while others are measured.
    await session.lock('asked')
    return 1
  }
}

async function answers(count: number, { hits, fresh = false, ...query }: Asking): Promise<Batch> {
  const { inventory } = await inventoryOf(count)
  const ask = (): Promise<CertificatePage> => inventory.page({ ...PAGE, ...query }, NOW)
  touch(await ask())
  return async () => {
    if (fresh) inventory.forget()
    const { total, rows } = await ask()
    // Nor is anything read on while others are measured.
    if (fresh) inventory.forget()
    if (total !== hits(count) || rows.length !== Math.min(total, PAGE.limit)) throw new Error(String(total))
    return 1
  }
}

/** A database of so many certificates, made once and kept for the scenarios that follow. */
async function inventoryOf(count: number): Promise<Session> {
  const name = `bench-inventory-${String(count)}`
  const session = await Session.start({
    name,
    clock: () => NOW,
    send: () => undefined,
    iterations: 600_000,
  })
  if (await session.vault.header()) {
    await session.vault.unlock(SLOTS.passphrase, 'bench')
    if ((await session.vault.database.count('certificates')) === count) return session
    throw new Error(`${name} is half made`)
  }
  await session.vault.create({ ...SLOTS, visibility: 'public', who: 'bench', remark: '' })
  await fillInventory(session, count)
  // What the browser still does with so many new records is not what is measured.
  if (count === LARGE) await new Promise((resolve) => setTimeout(resolve, SETTLING))
  return session
}
