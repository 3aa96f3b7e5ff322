/** What a record of a file holds: one table of keys, for reading and for writing. */
import { hexOfNumber } from '../../octets.ts'
import type { Counted, Faults, ValueKind } from './fault.ts'
import { shown } from './fault.ts'
import type { Json } from './json.ts'

/** Reads a value; undefined if a fault was noted instead. */
export type Reading<T> = (at: Json, faults: Faults) => T | undefined

/** How one kind of value is read and written. */
export interface Form<T> {
  readonly read: Reading<T>
  /** As JSON. */
  readonly write: (value: T) => unknown
}

export interface Key<T> extends Form<T> {
  /** What the key is called in the file. */
  readonly as: string
  /** The value if the key is left out, as a file would have it; absent if it may not be. */
  readonly usual?: T
}

/** The keys of a record in their order, by the names that they have here. */
export type Shape<T> = { readonly [K in keyof T]-?: Key<T[K]> }

export const key = <T>(as: string, form: Form<T>, ...usual: [T?]): Key<T> => ({
  ...{ as, ...form },
  ...(usual.length > 0 && { usual: usual[0] as T }),
})

type KeyOf = readonly [name: string, key: Key<unknown>]
const keysOf = (shape: object): readonly KeyOf[] => Object.entries(shape)

/** Returns the members of a record, if it is one; notes the keys that are none of these. */
export function membersOf(
  at: Json,
  keys: readonly string[],
  faults: Faults,
): ReadonlyMap<string, Json> | undefined {
  if (at.kind !== 'record') return faults.add(at, 'scenario-type', { expected: 'record' })
  for (const [name, value] of at.of)
    if (!keys.includes(name)) faults.add(value, 'scenario-key-unknown', { key: shown(name), keys })
  return at.of
}

/** Reads a record; undefined if a value of it cannot be read. Keys in `more` belong to somebody else. */
export function readShape<T>(
  at: Json,
  shape: Shape<T>,
  faults: Faults,
  more: readonly string[] = [],
): T | undefined {
  const keys = keysOf(shape)
  const members = membersOf(at, [...more, ...keys.map(([, { as }]) => as)], faults)
  if (!members) return undefined
  const read = keys.map(([name, one]) => {
    const member = members.get(one.as)
    return [name, member ? one.read(member, faults) : usualOf(at, one, faults)] as const
  })
  const isWhole = read.every(([, value]) => value !== undefined)
  return isWhole ? (Object.fromEntries(read) as T) : undefined
}

const usualOf = (at: Json, { as, usual }: Key<unknown>, faults: Faults): unknown =>
  usual === undefined ? faults.add(at, 'scenario-key-missing', { key: as }) : usual

/** Writes a record: what is as usual is left out. */
export function writeShape<T>(value: T, shape: Shape<T>): Record<string, unknown> {
  const written = keysOf(shape).map(([name, one]) => {
    const json = one.write(value[name as keyof T])
    const isUsual = one.usual !== undefined && JSON.stringify(json) === JSON.stringify(one.write(one.usual))
    return isUsual ? [] : [[one.as, json] as const]
  })
  return Object.fromEntries(written.flat())
}

const wrong = (at: Json, expected: ValueKind, faults: Faults): undefined =>
  faults.add(at, 'scenario-type', { expected })

const same = (value: unknown): unknown => value

export const flag: Form<boolean> = {
  read: (at, faults) => (at.kind === 'flag' ? at.value : wrong(at, 'flag', faults)),
  write: same,
}

/** A whole number. */
export const wholeNumber = (least: number, most: number): Form<number> => ({
  read: (at, faults) => {
    if (at.kind !== 'number') return wrong(at, 'number', faults)
    const isFine = Number.isInteger(at.value) && at.value >= least && at.value <= most
    return isFine ? at.value : faults.add(at, 'scenario-number', { least, most })
  },
  write: same,
})

/** Returns the value of a text within a length. */
export function textOf(at: Json, limit: number, faults: Faults): string | undefined {
  if (at.kind !== 'text') return wrong(at, 'text', faults)
  const { length } = at.value
  return length <= limit ? at.value : faults.add(at, 'scenario-too-long', { length, limit })
}

/** Text of people: several lines, if they may be, and no other control characters. */
export const prose = (limit: number, lines: 'one' | 'several'): Form<string> => ({
  read: (at, faults) => {
    const text = textOf(at, limit, faults)
    const strange = /\p{Cc}/u.exec(text?.replace(lines === 'several' ? /[\n\t]/g : /$^/, '') ?? '')
    return strange ? faults.add(at, 'scenario-text', { character: hexPoint(strange[0]) }) : text
  },
  write: same,
})

const hexPoint = (character: string): string =>
  `U+${hexOfNumber(BigInt(character.charCodeAt(0)))
    .toUpperCase()
    .padStart(4, '0')}`

/** One of some words. */
export const choice = <T extends string>(choices: readonly T[]): Form<T> => ({
  read: (at, faults) => {
    if (at.kind !== 'text') return wrong(at, 'text', faults)
    const { value } = at
    return (
      choices.find((each) => each === value) ??
      faults.add(at, 'scenario-choice', { text: shown(value), choices })
    )
  },
  write: same,
})

/** Text in a form of its own. */
export const checked = (
  limit: number,
  read: (text: string, at: Json, faults: Faults) => string | undefined,
) =>
  ({
    read: (at, faults) => {
      const text = textOf(at, limit, faults)
      return text === undefined ? undefined : read(text, at, faults)
    },
    write: same,
  }) satisfies Form<string>

/** The same, or null. */
export const orNull = <T>(form: Form<T>): Form<T | null> => ({
  read: (at, faults) => (at.kind === 'nothing' ? null : form.read(at, faults)),
  write: (value) => (value === null ? null : form.write(value)),
})

/** A list of at most so many; `least` if it may not be empty. */
export const listOf = <T>(
  form: Form<T>,
  what: Counted,
  limit: number,
  least: 0 | 1 = 0,
): Form<readonly T[]> => ({
  read: (at, faults) => {
    if (at.kind !== 'list') return wrong(at, 'list', faults)
    if (!isCountFine(at, at.of.length, what, limit, least, faults)) return undefined
    const read = at.of.map((each) => form.read(each, faults))
    return read.includes(undefined) ? undefined : (read as readonly T[])
  },
  write: (values) => values.map(form.write),
})

/** Notes a fault if there are too many, or none where there must be one. */
export function isCountFine(
  at: Json,
  count: number,
  what: Counted,
  limit: number,
  least: 0 | 1,
  faults: Faults,
): boolean {
  if (count > limit) faults.add(at, 'scenario-too-many', { what, count, limit })
  if (count < least) faults.add(at, 'scenario-empty', { what })
  return count <= limit && count >= least
}
