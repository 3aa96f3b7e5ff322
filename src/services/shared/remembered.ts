/** Returns the value of an id, made once; a pending promise counts as made. */
export function remembered<T>(
  known: Map<string, Promise<T>>,
  id: string,
  make: () => Promise<T>,
): Promise<T> {
  let found = known.get(id)
  if (!found) known.set(id, (found = make()))
  return found
}
