/** What a rehearsal has fixed: nothing is signed live that is not the same outside the holes for keys. */
import { CodedError } from '../errors.ts'
import { strictUtf8, utf8 } from '../octets.ts'
import type { Skeleton } from './skeleton.ts'

export interface SealedObject extends Skeleton {
  /** As the plan calls it; each list of several with its place: `root-lists-1`. */
  readonly id: string
}

export interface Sealed {
  /** SHA-256 of the plan's file. */
  readonly plan: string
  /** Head of the rehearsal's transcript. */
  readonly rehearsal: string
  /** What the page that rehearsed said it is. */
  readonly build: string
  readonly objects: readonly SealedObject[]
}

const FORMAT = 'rootcellar-ceremony-sealed'
const LIMIT = 8 << 20

/** Returns its file. */
export const writeSealed = (sealed: Sealed): Uint8Array<ArrayBuffer> => utf8(textOf(sealed))

const textOf = (sealed: Sealed): string =>
  `${JSON.stringify({ format: FORMAT, version: 1, ...sealed }, null, 2)}\n`

/** Reads it; only in the form that writeSealed() gives it. Throws 'ceremony-sealed-unreadable'. */
export function readSealed(octets: Uint8Array): Sealed {
  const text = octets.length > LIMIT ? null : strictUtf8(octets)
  const found = text === null ? null : parsed(text)
  if (!found) throw new CodedError('ceremony-sealed-unreadable', null)
  return found
}

function parsed(text: string): Sealed | null {
  try {
    const { format, version, plan, rehearsal, build, objects } = JSON.parse(text) as Record<string, unknown>
    const isOurs =
      format === FORMAT &&
      version === 1 &&
      [plan, rehearsal, build].every((hash) => isHash(hash)) &&
      Array.isArray(objects) &&
      objects.every(isObject)
    if (!isOurs) return null
    const sealed = { plan, rehearsal, build, objects } as Sealed
    // What has more than this in it, or the same twice, is another text when it is written again.
    return text === textOf({ ...sealed, objects: sealed.objects.map(plainObject) }) ? sealed : null
  } catch {
    return null
  }
}

const plainObject = ({ id, kind, length, holes, masked }: SealedObject): SealedObject => ({
  ...{ id, kind, length },
  holes: holes.map(({ name, offset, length }) => ({ name, offset, length })),
  masked,
})

const isHash = (value: unknown): boolean => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)

function isObject(value: unknown): boolean {
  const { id, kind, length, holes, masked } = value as Record<string, unknown>
  return (
    typeof id === 'string' &&
    /^[a-z0-9-]{1,60}$/.test(id) &&
    typeof kind === 'string' &&
    ['certificate', 'list', 'response'].includes(kind) &&
    isCount(length) &&
    isHash(masked) &&
    Array.isArray(holes) &&
    holes.every(isHole)
  )
}

function isHole(value: unknown): boolean {
  const { name, offset, length } = value as Record<string, unknown>
  return typeof name === 'string' && /^[A-Za-z]{1,40}$/.test(name) && isCount(offset) && isCount(length)
}

const isCount = (value: unknown): boolean =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
