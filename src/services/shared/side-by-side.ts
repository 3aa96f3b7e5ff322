/** Works on many items in so many lanes, each item begun once; none is begun any more after `isStopped` has said so. */
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
