/** Returns hex shortened in the middle: '3f2a1b…09c4'. */
export function shorten(hex: string, head = 8, tail = 6): string {
  return hex.length <= head + tail + 1 ? hex : `${hex.slice(0, head)}…${hex.slice(-tail)}`
}
