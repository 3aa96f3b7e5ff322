import { isEqual, mac, type Bytes } from '../webcrypto/seal.ts'
import { storageInPage } from './database.ts'
import { joinLengths } from './pack.ts'
import { utf8 } from '../octets.ts'

/**
 * Messages between tabs of one browser, and locks between them. No key crosses. Any page of the same storage can send
 * here, and a page from a file shares its storage with all others, so a notice that keeps a vault open carries a MAC.
 */
export type Notice = 'locked' | 'changed' | 'replaced' | KeysClosed | SignOfLife

/** Keys of these CAs, opened with passphrases of their own, were closed. */
export interface KeysClosed {
  kind: 'closed'
  authorityIds: readonly string[]
}

/** Someone was active at a tab at this time; the MAC is made with a key of the open vault. */
export interface SignOfLife {
  kind: 'active'
  at: number
  mac: Bytes
}

export interface Tabs {
  tell(notice: Notice): void
  close(): void
}

/** Listens for the notices of other tabs that work in the vault of this name. */
export function connectTabs(name: string, listen: (notice: Notice) => void): Tabs {
  const page = storageInPage()
  if (page) {
    const close = page.listen(name, (data) => {
      const notice = noticeIn(data)
      if (notice) listen(notice)
    })
    return { tell: (notice) => page.tell(name, notice), close }
  }
  const channel = openChannel(`rootcellar:${name}`)
  if (!channel) return { tell: () => undefined, close: () => undefined }
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const notice = noticeIn(data)
    if (notice) listen(notice)
  })
  return {
    tell: (notice) => channel.postMessage(notice),
    close: () => channel.close(),
  }
}

/** A notice that someone is active at this tab; only tabs with the same vault open can make it. */
export async function signOfLife(key: CryptoKey, at: number): Promise<SignOfLife> {
  return { kind: 'active', at, mac: await mac(key, lifeContext(at)) }
}

/** Whether the notice is genuine. A replayed one still carries its own time, and so does not extend the session. */
export async function isGenuine(key: CryptoKey, { at, mac: stamp }: SignOfLife): Promise<boolean> {
  return isEqual(await mac(key, lifeContext(at)), stamp)
}

const lifeContext = (at: number): Bytes => joinLengths([utf8('rootcellar active 1'), utf8(String(at))])

/**
 * Runs `work` while no other tab runs its own under this name. Where the browser has no Web Locks for a page from a
 * file, the compare-and-swap of the head still keeps two writers apart, at the cost of a retry. `signal` ends the
 * waiting, not the work.
 */
export async function withLock<T>(name: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  const locks = lockManager()
  if (!locks) return work()
  const state = { started: false }
  try {
    return await locks.request(`rootcellar:${name}`, signal ? { signal } : {}, () => {
      state.started = true
      return work()
    })
  } catch (error) {
    if (!state.started && error instanceof DOMException && error.name === 'SecurityError') return work()
    throw error
  }
}

/** Marks a database as in use, until the returned function is called or the tab ends. */
export function markInUse(name: string): () => void {
  let release: () => void = () => undefined
  const held = new Promise<void>((resolve) => (release = resolve))
  lockManager()
    ?.request(`rootcellar in use:${name}`, () => held)
    .catch(() => undefined)
  return release
}

/** Runs `work` if no tab uses that database. In a browser without locks that cannot be known, and it is not run. */
export async function ifUnused(name: string, work: () => Promise<void>): Promise<void> {
  await lockManager()
    ?.request(`rootcellar in use:${name}`, { ifAvailable: true }, (lock) => (lock ? work() : undefined))
    .catch(() => undefined)
}

function lockManager(): LockManager | undefined {
  return (navigator as Partial<Navigator>).locks
}

const BARE = ['locked', 'changed', 'replaced'] as const

function noticeIn(data: unknown): Notice | null {
  const bare = BARE.find((notice) => notice === data)
  if (bare) return bare
  if (typeof data !== 'object' || data === null) return null
  const { kind, at, mac: stamp, authorityIds } = data as Partial<Record<string, unknown>>
  if (kind === 'closed' && Array.isArray(authorityIds))
    return { kind, authorityIds: authorityIds.filter((id) => typeof id === 'string') }
  const isWellFormed = kind === 'active' && Number.isFinite(at) && stamp instanceof Uint8Array
  return isWellFormed ? { kind, at: at as number, mac: stamp as Bytes } : null
}

function openChannel(name: string): BroadcastChannel | null {
  try {
    return new BroadcastChannel(name)
  } catch {
    return null
  }
}
