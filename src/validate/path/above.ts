import type { ValidateOptions } from '../options.ts'
import type { Above } from './state.ts'
import type { PathContext } from './step.ts'

type Shared = Omit<PathContext, 'index' | 'selfIssued'>

/** Whether an option counts above the target by its value; the others count through the context, or below alone. */
const COUNTS: Readonly<Record<keyof ValidateOptions, boolean>> = {
  ...{ ekuNesting: true, revocation: true, maxDepth: true, policies: true, allowSha1: true },
  ...{ permittedSubtrees: true, excludedSubtrees: true, anchorConstraints: true, examineKeys: true },
  ...{ at: false, profile: false, purpose: false, ekus: false, onlyAnchor: false },
  ...{ peerNames: false, pins: false, explore: false, limits: false },
}
const COUNTING = (Object.keys(COUNTS) as (keyof ValidateOptions)[]).filter((name) => COUNTS[name])

const dependsOn = ({ path, n, pool, at, profile, purposes, options }: Shared): unknown[] => {
  const values: unknown[] = [pool.anchors, at.getTime(), profile, ...path.slice(0, n), ...purposes]
  for (const name of COUNTING) values.push(options[name])
  return values
}

/** Returns what was remembered of the same certificates, asked the same; null if nothing was. */
export function recallAbove(shared: Shared): Above | null {
  const known = shared.pool.memory.above.get(shared.path[shared.n - 1]!)
  if (known === undefined) return null
  const values = dependsOn(shared)
  if (values.length !== known.dependsOn.length) return null
  for (let i = 0; i < values.length; i++) if (values[i] !== known.dependsOn[i]) return null
  return { state: { ...known.state }, certificates: known.certificates }
}

/**
 * Many targets of one issuer are often asked the same. Remembered is only what depends on no status and no budget, with
 * a state that is numbers: the target's steps change policies, and constraints cost comparisons.
 */
export function rememberAbove(shared: Shared, { state, certificates }: Above): void {
  const { path, n, pool, options } = shared
  const { policyGraph, permittedSubtrees, excludedSubtrees } = state
  if (n === 0 || (options.revocation ?? 'none') !== 'none' || options.policies !== undefined) return
  if (policyGraph !== null || permittedSubtrees.length > 0 || excludedSubtrees.length > 0) return
  const known = { state: { ...state }, certificates, dependsOn: dependsOn(shared) }
  pool.memory.above.set(path[n - 1]!, known)
}
