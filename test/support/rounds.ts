import { afterAll, beforeAll } from 'vitest'
import { ROUNDS } from './browser/rounds.ts'

// The rounds of PBKDF2 of vaults that tests make are done in one: a thousand tests make one. No other number is touched: what
// is kept, and what the page makes, opens as it is.

export { ROUNDS }

let inFull = false
const { subtle } = crypto
const derive = subtle.deriveKey.bind(subtle)
subtle.deriveKey = (algorithm, ...rest) => deriveOnce(shortened(algorithm), ...rest)

function shortened<T>(algorithm: T): T {
  const rounds = algorithm instanceof Object && 'iterations' in algorithm ? algorithm.iterations : 0
  return rounds === ROUNDS && !inFull ? { ...algorithm, iterations: 1 } : algorithm
}

/** All rounds are done in a file that calls this: in tests of passphrases, and of what happens while one is tried. */
export function doAllRounds(): void {
  beforeAll(() => {
    inFull = true
  })
  afterAll(() => {
    inFull = false
  })
}

let remembered: Map<string, Promise<CryptoKey>> | null = null
const texts = new WeakMap<CryptoKey, string>()

const deriveOnce: SubtleCrypto['deriveKey'] = (...asked) => {
  const [algorithm, base, target, extractable, usages] = asked
  const text = texts.get(base)
  if (!remembered || text === undefined) return derive(...asked)
  const octets = (_name: string, value: unknown): unknown =>
    value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value
  const question = JSON.stringify([text, algorithm, target, extractable, usages], octets)
  const known = remembered.get(question) ?? derive(...asked)
  remembered.set(question, known)
  return known
}

/** A key that was derived once is not derived again in a file that calls this: it opens the same kept vault time after time. */
export function rememberDerivations(): void {
  const importKey = subtle.importKey.bind(subtle)
  beforeAll(() => {
    remembered = new Map()
    subtle.importKey = async (...asked: unknown[]) => {
      const key = await (importKey as (...asked: unknown[]) => Promise<CryptoKey>)(...asked)
      const [, octets, algorithm] = asked
      if (algorithm === 'PBKDF2') texts.set(key, Buffer.from(octets as Uint8Array).toString('hex'))
      return key
    }
  })
  afterAll(() => {
    remembered = null
    subtle.importKey = importKey
  })
}
