import { rowOf } from '../../src/qr/rows.ts'
import { Solver } from '../../src/qr/solver.ts'
import { random } from '../support/random.ts'
import { touch, type MakeScenario } from './scenario.ts'

const LOST = 0.3
/** Octets of a part. */
const SIZE = 418

/** A transfer: which frames arrive, until every part is known. */
function transfer(parts: number, seed: number): { frames: number; solver: Solver } {
  const draw = random(seed)
  const id = (0x1000_0000 + seed).toString(16).padEnd(16, '0')
  const solver = new Solver(parts, SIZE)
  const part = new Uint8Array(SIZE)
  let frames = 0
  for (; !solver.isDone; frames++) if (draw() >= LOST) solver.add(rowOf(id, parts, frames), part)
  return { frames, solver }
}

/** The floor of a transfer: each part is copied once. */
function copied(parts: number): Uint8Array {
  const all = new Uint8Array(parts * SIZE)
  const part = new Uint8Array(SIZE)
  for (let at = 0; at < parts; at++) all.set(part, at * SIZE)
  return all
}

/** A file of so many parts, with 30 % of the frames lost; the unit says how many frames it takes in the median. */
export const fountain =
  (parts: number): MakeScenario =>
  () => {
    const needed = Array.from({ length: 201 }, (_, seed) => transfer(parts, seed).frames).sort(
      (a, b) => a - b,
    )
    const ideal = Math.ceil(parts / (1 - LOST))
    let seed = 0
    return {
      name: `fountain-${parts}`,
      unit: `parts, from ${needed[100]!} frames in the median where ${ideal} are ideal,`,
      ours: () => {
        const { solver } = transfer(parts, seed++ % 201)
        touch(solver.octets(parts * SIZE, SIZE))
        return parts
      },
      floor: () => {
        touch(copied(parts))
        return parts
      },
      peers: {},
    }
  }
