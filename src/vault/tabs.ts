/** What tabs of one browser tell each other, and how they wait for each other. No key crosses. */
export type Notice = 'locked' | 'changed' | 'active' | 'replaced'

export interface Tabs {
  tell(notice: Notice): void
  close(): void
}

/** Listens for the notices of other tabs that work in the vault of this name. */
export function connectTabs(name: string, listen: (notice: Notice) => void): Tabs {
  const channel = openChannel(`rootcellar:${name}`)
  if (!channel) return { tell: () => undefined, close: () => undefined }
  channel.addEventListener('message', ({ data }: MessageEvent<Notice>) => listen(data))
  return {
    tell: (notice) => channel.postMessage(notice),
    close: () => channel.close(),
  }
}

/**
 * Runs `work` while no other tab runs its own under this name. Where the browser has no Web Locks for a page from
 * a file, the compare-and-swap of the head still keeps two writers apart; it only costs a second try.
 */
export async function withLock<T>(name: string, work: () => Promise<T>): Promise<T> {
  const locks = lockManager()
  if (!locks) return work()
  const state = { started: false }
  try {
    return await locks.request(`rootcellar:${name}`, () => {
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

function openChannel(name: string): BroadcastChannel | null {
  try {
    return new BroadcastChannel(name)
  } catch {
    return null
  }
}
