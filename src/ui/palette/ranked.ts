/** What can be found and chosen in the palette. */
export interface Entry {
  readonly id: string
  readonly label: string
  /** Further words that find it: the code of a rule. */
  readonly also?: string
  /** Why it needs another step first, or which key does the same. */
  readonly note?: string | undefined
  readonly keys?: string | undefined
  readonly do: () => void
}

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** How well a label fits words: 0 begins with them, 1 a word of it does, 2 holds them, null not at all. */
function rank(entry: Entry, words: readonly string[]): number | null {
  const label = plain(entry.label)
  const all = `${label} ${plain(entry.also ?? '')}`
  if (!words.every((word) => all.includes(word))) return null
  const first = words[0] ?? ''
  if (label.startsWith(first)) return 0
  return label.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(first)) ? 1 : 2
}

/** Returns the entries that have every word of `text`, the best first, at most `most`; their order counts where they are equal. */
export function ranked(entries: readonly Entry[], text: string, most: number): Entry[] {
  const words = plain(text).split(/\s+/).filter(Boolean)
  return entries
    .flatMap((entry) => {
      const place = rank(entry, words)
      return place === null ? [] : [{ entry, place }]
    })
    .sort((a, b) => a.place - b.place)
    .slice(0, most)
    .map(({ entry }) => entry)
}
