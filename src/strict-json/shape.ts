/** What a record of a file holds: one table of keys, for reading and for writing. */
import { hexOfNumber } from '../octets.ts'
import { shown, type Notes, type ValueKind } from './fault.ts'
import type { Json } from './json.ts'

/** How one kind of value is read and written; `F` notes what is wrong with it. */
export interface Form<T, F = Notes> {
  /** Reads a value; undefined if a fault was noted instead. */
  readonly read: (at: Json, faults: F) => T | undefined
  /** As JSON. */
  readonly write: (value: T) => unknown
}

export interface Key<T, F = Notes> extends Form<T, F> {
  /** What the key is called in the file. */
  readonly as: string
  /** The value if the key is left out, as a file would have it; absent if it may not be. */
  readonly usual?: T
}

/** The keys of a record in their order, by the names that they have here. */
export type Shape<T, F = Notes> = { readonly [K in keyof T]-?: Key<T[K], F> }

export const key = <T, F>(as: string, form: Form<T, F>, ...usual: [T?]): Key<T, F> => ({
  ...{ as, ...form },
  ...(usual.length > 0 && { usual: usual[0] as T }),
})

const keysOf = <T, F>(shape: Shape<T, F>): readonly (readonly [name: string, key: Key<unknown, F>])[] =>
  Object.entries(shape)

/** Returns the members of a record, if it is one; notes the keys that are none of these. */
export function membersOf(
  at: Json,
  keys: readonly string[],
  faults: Notes,
): ReadonlyMap<string, Json> | undefined {
  if (at.kind !== 'record') return faults.note(at, 'type', { expected: 'record' })
  for (const [name, value] of at.of)
    if (!keys.includes(name)) faults.note(value, 'key-unknown', { key: shown(name), keys })
  return at.of
}

/** Reads a record; undefined if a value of it cannot be read. Keys in `more` belong to somebody else. */
export function readShape<T, F extends Notes>(
  at: Json,
  shape: Shape<T, F>,
  faults: F,
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

const usualOf = <F extends Notes>(at: Json, { as, usual }: Key<unknown, F>, faults: F): unknown =>
  usual === undefined ? faults.note(at, 'key-missing', { key: as }) : usual

/** Writes a record: what is as usual is left out. */
export function writeShape<T, F>(value: T, shape: Shape<T, F>): Record<string, unknown> {
  const written = keysOf(shape).map(([name, one]) => {
    const json = one.write(value[name as keyof T])
    const isUsual = one.usual !== undefined && JSON.stringify(json) === JSON.stringify(one.write(one.usual))
    return isUsual ? [] : [[one.as, json] as const]
  })
  return Object.fromEntries(written.flat())
}

/** A record within another. */
export const recordOf = <T, F extends Notes>(shape: Shape<T, F>): Form<T, F> => ({
  read: (at, faults) => readShape(at, shape, faults),
  write: (value) => writeShape(value, shape),
})

const wrong = (at: Json, expected: ValueKind, faults: Notes): undefined =>
  faults.note(at, 'type', { expected })

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
    return isFine ? at.value : faults.note(at, 'number', { least, most })
  },
  write: same,
})

/** Returns the value of a text within a length. */
export function textOf(at: Json, limit: number, faults: Notes): string | undefined {
  if (at.kind !== 'text') return wrong(at, 'text', faults)
  const { length } = at.value
  return length <= limit ? at.value : faults.note(at, 'too-long', { length, limit })
}

/** Text of people: several lines, if they may be, and no other control characters. */
export const prose = (limit: number, lines: 'one' | 'several'): Form<string> => ({
  read: (at, faults) => {
    const text = textOf(at, limit, faults)
    const strange = /\p{Cc}/u.exec(text?.replace(lines === 'several' ? /[\n\t]/g : /$^/, '') ?? '')
    return strange ? faults.note(at, 'text', { character: hexPoint(strange[0]) }) : text
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
      choices.find((each) => each === value) ?? faults.note(at, 'choice', { text: shown(value), choices })
    )
  },
  write: same,
})

/** Text in a form of its own. */
export const checked = <F extends Notes>(
  limit: number,
  read: (text: string, at: Json, faults: F) => string | undefined,
): Form<string, F> => ({
  read: (at, faults) => {
    const text = textOf(at, limit, faults)
    return text === undefined ? undefined : read(text, at, faults)
  },
  write: same,
})

/** RFC 3339, in UTC; with or without fractions of a second. */
export const instant = (fractions: 'fractions' | 'whole seconds'): Form<Date> => ({
  read: (at, faults) => {
    if (at.kind !== 'text') return wrong(at, 'text', faults)
    const date = new Date(at.value)
    const pattern = fractions === 'fractions' ? FRACTIONS : WHOLE_SECONDS
    const isOne = pattern.test(at.value) && !Number.isNaN(date.getTime())
    // The 30th of February is read as the 2nd of March.
    return isOne && date.toISOString().startsWith(at.value.slice(0, 19))
      ? date
      : faults.note(at, 'time', { text: shown(at.value) })
  },
  write: (date) => date.toISOString().replace('.000Z', 'Z'),
})
const FRACTIONS = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z$/
const WHOLE_SECONDS = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/

/** The same, or null. */
export const orNull = <T, F>(form: Form<T, F>): Form<T | null, F> => ({
  read: (at, faults) => (at.kind === 'nothing' ? null : form.read(at, faults)),
  write: (value) => (value === null ? null : form.write(value)),
})

/** A list of at most so many; `least` if it may not be empty. */
export const listOf = <T, What extends string, F = unknown>(
  form: Form<T, F>,
  what: What,
  limit: number,
  least: 0 | 1 = 0,
): Form<readonly T[], F & Notes & Notes<What>> => ({
  read: (at, faults) => {
    if (at.kind !== 'list') return wrong(at, 'list', faults)
    if (!isCountFine(at, at.of.length, what, limit, least, faults)) return undefined
    const read = at.of.map((each) => form.read(each, faults))
    return read.includes(undefined) ? undefined : (read as readonly T[])
  },
  write: (values) => values.map(form.write),
})

/** Notes a fault if there are too many, or none where there must be one. */
export function isCountFine<What extends string>(
  at: Json,
  count: number,
  what: What,
  limit: number,
  least: 0 | 1,
  faults: Notes<What>,
): boolean {
  if (count > limit) faults.note(at, 'too-many', { what, count, limit })
  if (count < least) faults.note(at, 'empty', { what })
  return count <= limit && count >= least
}
