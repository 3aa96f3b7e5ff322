/** Plans as JSON, changed in one place or many. */
import fc from 'fast-check'
import { writePlan } from '../../../src/ceremony/plan-file.ts'
import type { Plan } from '../../../src/ceremony/plan.ts'
import { utf8Text } from '../../../src/octets.ts'

export type Members = Record<string, unknown>

export const treeOf = (plan: Plan): Members => JSON.parse(utf8Text(writePlan(plan))) as Members

/** Returns a copy in which the value at a path is another; undefined: the key is left out. */
export function withValue(tree: Members, path: readonly (string | number)[], value: unknown): Members {
  const copy = structuredClone(tree)
  const holder = path.slice(0, -1).reduce((at, part) => at[part] as Members, copy)
  const name = path.at(-1)!
  if (value === undefined) Reflect.deleteProperty(holder, name)
  else holder[name] = value
  return copy
}

/** Every place of a tree, as the record or list that has it and its key there. */
function placesIn(value: unknown): { holder: Members; name: string }[] {
  if (typeof value !== 'object' || value === null) return []
  const holder = value as Members
  return Object.keys(holder).flatMap((name) => [{ holder, name }, ...placesIn(holder[name])])
}

const STRANGE = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<unknown>(null, '', -1, 0, 7, 1e308, [], {}, [null], 'root', 'x'.repeat(3000)),
  fc.constantFrom<unknown>('2026-12-07T09:00:00Z', '2027-02-29T09:00:00Z', 'ab'.repeat(32), '\u202e', 'a\nb'),
)

/** One value replaced, left out, renamed or moved elsewhere. */
export const changedTree = (trees: () => readonly Members[]): fc.Arbitrary<unknown> =>
  fc
    .tuple(fc.nat(), fc.nat(0xfffff), fc.nat(0xfffff), fc.nat(3), STRANGE)
    .map(([index, from, to, how, strange]) => {
      const tree = structuredClone(trees()[index % trees().length]!)
      const places = placesIn(tree)
      const [one, other] = [places[from % places.length]!, places[to % places.length]!]
      if (how === 0) one.holder[one.name] = strange
      else if (how === 1) Reflect.deleteProperty(one.holder, one.name)
      else if (how === 2) one.holder[`${one.name}x`] = strange
      else other.holder[other.name] = structuredClone(one.holder[one.name])
      // A list from which a value was left out has a hole, which JSON writes as null.
      return JSON.parse(JSON.stringify(tree)) as unknown
    })
