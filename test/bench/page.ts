// What @peculiar/x509 wants before it is loaded.
import 'reflect-metadata'
import type { Batch, BenchInputs, Scenario } from './scenario.ts'
import { SCENARIOS } from './scenarios.ts'

const bench = {
  names: Object.keys(SCENARIOS),
  scenario: null as Scenario | null,

  /** Prepares a scenario; answers who takes part. */
  async open(name: string, inputs: BenchInputs): Promise<{ unit: string; peers: string[] }> {
    const scenario = await SCENARIOS[name]!(inputs)
    bench.scenario = scenario
    return { unit: scenario.unit, peers: Object.keys(scenario.peers) }
  },

  /** Runs one part for about so many milliseconds, whole batches, and answers its rate per second. */
  async measure(part: string, milliseconds: number): Promise<number> {
    const batch = partOf(bench.scenario!, part)
    const start = performance.now()
    let units = 0
    let elapsed: number
    do {
      units += await batch()
      elapsed = performance.now() - start
    } while (elapsed < milliseconds)
    return (units * 1000) / elapsed
  },
}

function partOf(scenario: Scenario, part: string): Batch {
  if (part === 'ours') return scenario.ours
  if (part === 'floor') return scenario.floor
  return scenario.peers[part]!
}

export type Bench = typeof bench
Object.assign(globalThis, { bench })
