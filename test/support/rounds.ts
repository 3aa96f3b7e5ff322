import { afterAll, beforeAll } from 'vitest'

/**
 * The rounds of PBKDF2 of vaults that tests make, which are done in one: a vault takes the least number or more, and a
 * thousand tests make one. No other number is touched: what is kept, and what the page makes, opens as it is.
 */
export const ROUNDS = 600_001

let inFull = false
const { subtle } = crypto
const derive = subtle.deriveKey.bind(subtle)
subtle.deriveKey = (algorithm, ...rest) => derive(shortened(algorithm), ...rest)

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
