/**
 * Returns a copy of plain data whose octets have buffers of their own: a view that is posted to the page takes the
 * whole file it looks into along.
 */
export function own<T>(value: T): T {
  return copied(value) as T
}

function copied(value: unknown): unknown {
  if (value instanceof Uint8Array) return value.slice()
  if (Array.isArray(value)) return value.map(copied)
  if (value instanceof Set) return new Set([...value].map(copied))
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, copied(each)]))
}
