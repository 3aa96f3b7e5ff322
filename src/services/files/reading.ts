/** Reads dropped files for a call: with its progress, its cancel, and its derivations. */
import type { RememberedKeys } from '../../containers/derivation.ts'
import type { PileOptions } from '../../containers/pile/builder.ts'
import type { Pile } from '../../containers/pile/items.ts'
import { readPile, type PileFile } from '../../containers/pile/read-pile.ts'
import type { Call } from '../../border/dispatch.ts'
import { Derivations } from './derivations.ts'

export type ReadOptions = Omit<PileOptions, 'signal' | 'onProgress' | 'derive'>

/** `remembered`: keys derived before, for a caller that reads the same files again. */
export async function readFiles(
  files: readonly PileFile[],
  options: ReadOptions,
  call: Call,
  remembered?: RememberedKeys,
): Promise<Pile> {
  const { signal } = call
  const derivations = new Derivations(signal)
  const { derive } = derivations
  try {
    return await readPile(files, {
      ...options,
      signal,
      derive: remembered ? remembered.over(derive) : derive,
      onProgress: ({ done, total, deriving }) =>
        call.progress({ kind: 'step', step: 'read', done, total, ...(deriving && { deriving }) }),
    })
  } finally {
    derivations.close()
  }
}
