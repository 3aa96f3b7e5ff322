/** What was made for an id, made once; a promise that is under way counts as made. */
export function remembered<T>(
  known: Map<string, Promise<T>>,
  id: string,
  make: () => Promise<T>,
): Promise<T> {
  let found = known.get(id)
  if (!found) known.set(id, (found = make()))
  return found
}
