import { test } from 'vitest'

/**
 * Returns `test` for tests that tell one story, each beginning where the one before it ended. Each first does what those
 * before it have not done yet, so that it also passes alone, and in any order. In `describe` are all of them or none: what
 * is in it is registered later.
 */
export function story(): (name: string, act: () => unknown) => void {
  const acts: (() => Promise<unknown>)[] = []
  return (name, act) => {
    acts.push(once(act))
    const upToThis = [...acts]
    test(name, async () => {
      for (const each of upToThis) await each()
    })
  }
}

function once(act: () => unknown): () => Promise<unknown> {
  let done: Promise<unknown> | undefined
  // Not called before it is its turn: `act` may throw at once.
  return () => (done ??= Promise.resolve().then(act))
}
