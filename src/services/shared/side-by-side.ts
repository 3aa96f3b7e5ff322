/** Processes items in this many lanes, each item started once; starts none after `isStopped` returns true. */
export async function sideBySide<T>(
  items: readonly T[],
  lanes: number,
  work: (item: T) => Promise<void>,
  isStopped: () => boolean = () => false,
): Promise<void> {
  let next = 0
  const lane = async (): Promise<void> => {
    while (next < items.length && !isStopped()) await work(items[next++]!)
  }
  await Promise.all(Array.from({ length: lanes }, lane))
}
