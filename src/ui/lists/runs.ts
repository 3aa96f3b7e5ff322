import type { Span } from '../shared/time-axis/scale.ts'

/** Lists that follow one another without a gap; it covers all of them. */
export interface Run<T extends Span> extends Span {
  readonly items: readonly T[]
}

/** Returns spans, in order of their begin, as runs: another begins where nothing covers the time before it. */
export function runsOf<T extends Span>(spans: readonly T[]): Run<T>[] {
  const runs: { from: number; to: number; items: T[] }[] = []
  for (const span of spans) {
    const last = runs.at(-1)
    if (last && span.from <= last.to) {
      last.items.push(span)
      last.to = Math.max(last.to, span.to)
    } else runs.push({ from: span.from, to: span.to, items: [span] })
  }
  return runs
}
