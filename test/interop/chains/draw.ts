import type { Drawn } from '../../support/chain.ts'
import { endEntity, intermediate, root } from '../../support/chain.ts'
import { BREAKS, VALIDITY, type Break, type Plan } from './breaks.ts'
import { seeded, type Random } from './random.ts'

/** A chain as it is put before us and the others. */
export interface DrawnChain {
  readonly seed: number
  readonly broken: Break
  readonly target: Drawn
  /** What is sent along, in the order sent. */
  readonly sent: readonly Drawn[]
  readonly anchors: readonly Drawn[]
  readonly host: string
}

/** The chain of this seed: depth, order and extras at random, broken in the way whose turn it is. */
export async function drawChain(seed: number): Promise<DrawnChain> {
  const random = seeded(seed)
  const broken = BREAKS[seed % BREAKS.length]!
  const plan = drawPlan(random, broken.authorities + random.below(3))
  broken.apply(plan, random)
  const drawn: Drawn[] = []
  for (const [level, drawing] of plan.levels.entries()) {
    const issuer = drawn.at(-1)
    const draw = level === plan.levels.length - 1 ? endEntity : intermediate
    drawn.push(issuer ? await draw(issuer, drawing) : await root(drawing))
  }
  const authorities = drawn.slice(1, -1).filter((_, index) => index + 1 !== plan.missing)
  const nearestFirst = authorities.toReversed()
  return {
    seed,
    broken,
    target: drawn.at(-1)!,
    sent: plan.order === 'right' ? nearestFirst : random.shuffled(nearestFirst),
    anchors: [plan.stranger ? await root(VALIDITY) : drawn[0]!],
    host: plan.host,
  }
}

function drawPlan(random: Random, authorities: number): Plan {
  const levels = Array.from({ length: authorities + 2 }, (_, level) => {
    const below = authorities - level
    const isCa = level <= authorities
    return isCa && random.chance(0.5) ? { ...VALIDITY, pathLen: below + random.below(2) } : { ...VALIDITY }
  })
  return {
    levels,
    host: 'example.com',
    order: random.chance(0.3) ? 'shuffled' : 'right',
    missing: null,
    stranger: false,
  }
}
