import { isEqual, mac, type Bytes } from '../webcrypto/seal.ts'
import { storageInPage } from './database.ts'
import { joinLengths } from './pack.ts'
import { utf8 } from '../octets.ts'

/**
 * What tabs of one browser tell each other, and how they wait for each other. No key crosses. Any page of the same
 * storage can speak here, and a file's page shares its storage with all others: what keeps a vault open carries a MAC.
 */
export type Notice = 'locked' | 'changed' | 'replaced' | SignOfLife

/** Somebody was at a tab at this time; the MAC is made with a key of the open vault. */
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

/** That somebody is at this tab; only tabs with the same vault open can make it. */
export async function signOfLife(key: CryptoKey, at: number): Promise<SignOfLife> {
  return { kind: 'active', at, mac: await mac(key, lifeContext(at)) }
}

/** One that is sent again is still of its own time, and keeps nothing open for longer. */
export async function isGenuine(key: CryptoKey, { at, mac: stamp }: SignOfLife): Promise<boolean> {
  return isEqual(await mac(key, lifeContext(at)), stamp)
}

const lifeContext = (at: number): Bytes => joinLengths([utf8('rootcellar active 1'), utf8(String(at))])

/**
 * Runs `work` while no other tab runs its own under this name. Where the browser has no Web Locks for a page from
 * a file, the compare-and-swap of the head still keeps two writers apart; it only costs a second try. `signal` ends
 * the waiting, not the work.
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

/** Says that a database is in use, until the function it gives is called or the tab ends. */
export function markInUse(name: string): () => void {
  let release: () => void = () => undefined
  const held = new Promise<void>((resolve) => (release = resolve))
  lockManager()
    ?.request(`rootcellar in use:${name}`, () => held)
    .catch(() => undefined)
  return release
}

/** Runs `work` if no tab uses that database; where the browser has no locks nobody can know, and it is not run. */
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
  const { kind, at, mac: stamp } = data as Partial<SignOfLife>
  const isWellFormed = kind === 'active' && Number.isFinite(at) && stamp instanceof Uint8Array
  return isWellFormed ? { kind, at: at!, mac: stamp } : null
}

function openChannel(name: string): BroadcastChannel | null {
  try {
    return new BroadcastChannel(name)
  } catch {
    return null
  }
}
