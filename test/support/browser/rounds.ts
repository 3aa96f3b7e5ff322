import type { BrowserContext, Page, Worker } from 'playwright'

/** The rounds of PBKDF2 of vaults that tests make: a vault takes the least number or more, and this is one more. */
export const ROUNDS = 600_001

/**
 * In this browser they are done in one: all would take 0.7 seconds, at every unlocking. The page measures its device and
 * comes to this number; no other number is touched. What is built is opened with all of them in `test/dist`.
 */
export async function shortenRounds(context: BrowserContext): Promise<void> {
  context.on('page', (page) => {
    page.on('worker', (worker) => void shortenIn(worker))
  })
  // Tests open vaults in a page, too.
  await context.addInitScript(shorten, ROUNDS)
}

/** One that has gone again needs none. */
const shortenIn = (worker: Worker): Promise<void> => worker.evaluate(shorten, ROUNDS).catch(() => undefined)

/** Waits until all workers of the page have heard of it. */
export async function roundsShortened(page: Page): Promise<void> {
  // After what was asked of it before.
  await Promise.all(page.workers().map((worker) => worker.evaluate(() => 0).catch(() => 0)))
}

/** `measurePbkdf2` takes the time of some rounds from the clock: here they take as long as makes it this number. */
function shorten(rounds: number): void {
  const [sample, milliseconds] = [200_000, 700]
  // A page without a secure context has none.
  const { subtle } = crypto as { subtle?: SubtleCrypto }
  if (!subtle) return
  const deriveKey = subtle.deriveKey.bind(subtle)
  const deriveBits = subtle.deriveBits.bind(subtle)
  const now = performance.now.bind(performance)
  let last = 0
  let next: number | null = null
  performance.now = () => {
    last = next ?? now()
    next = null
    return last
  }
  const iterationsOf = (algorithm: unknown): unknown =>
    algorithm instanceof Object && 'iterations' in algorithm ? algorithm.iterations : null
  const inOne = <T>(algorithm: T): T => ({ ...algorithm, iterations: 1 })
  subtle.deriveBits = (algorithm, key, length) => {
    // A file’s key is derived from a password that is for nothing else.
    if (iterationsOf(algorithm) !== sample || !key.usages.includes('deriveKey'))
      return deriveBits(algorithm, key, length)
    next = last + (sample * milliseconds) / rounds
    return deriveBits(inOne(algorithm), key, length)
  }
  subtle.deriveKey = (algorithm, ...rest) =>
    deriveKey(iterationsOf(algorithm) === rounds ? inOne(algorithm) : algorithm, ...rest)
}
