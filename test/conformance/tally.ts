/** What we say to a case; `unchecked` where it cannot be checked here. */
export interface Answer {
  readonly actual: 'valid' | 'invalid' | 'unchecked' | 'read' | 'refused'
  /** Finding and error codes that led to it. */
  readonly codes: readonly string[]
}

export interface Asked {
  readonly id: string
  readonly namespace: string
  readonly expected: string
}

export interface Disagreement {
  readonly id: string
  readonly expected: string
  readonly actual: string
  readonly codes: readonly string[]
}

/** The shape of --json's file, by suite. */
export interface Tally {
  readonly agree: number
  readonly total: number
  readonly falseAccepts: number
  readonly falseRefusals: number
  readonly disagree: readonly Disagreement[]
}

export interface Answered {
  readonly asked: Asked
  readonly answer: Answer
}

const agrees = ({ asked, answer }: Answered): boolean =>
  asked.expected === answer.actual || (asked.expected === 'acceptable' && answer.actual !== 'unchecked')

export function tally(all: readonly Answered[]): Tally {
  const disagree = all.filter((one) => !agrees(one))
  return {
    agree: all.length - disagree.length,
    total: all.length,
    falseAccepts: disagree.filter(({ answer }) => answer.actual === 'valid' || answer.actual === 'read')
      .length,
    falseRefusals: disagree.filter(({ answer }) => answer.actual === 'invalid' || answer.actual === 'refused')
      .length,
    disagree: disagree.map(({ asked, answer }) => ({
      id: asked.id,
      expected: asked.expected,
      actual: answer.actual,
      codes: answer.codes,
    })),
  }
}

/** A line per namespace, then the suite's own. */
export function lines(suite: string, all: readonly Answered[]): string[] {
  const namespaces = [...new Set(all.map(({ asked }) => asked.namespace))].sort()
  const out = namespaces.map((namespace) => {
    const { agree, total } = tally(all.filter(({ asked }) => asked.namespace === namespace))
    return `${suite} ${namespace} ${agree}/${total}`
  })
  const { agree, total } = tally(all)
  return [...out, `${suite} ${agree}/${total}`]
}

export interface Exception {
  readonly expected: string
  readonly actual: string
  readonly reason: string
}

/** What differs from the exceptions file, in either direction; only cases that were asked are looked at. */
export function surprises(
  all: readonly Answered[],
  exceptions: Readonly<Record<string, Exception>>,
): string[] {
  return all.flatMap((one) => {
    const { id, expected } = one.asked
    const { actual, codes } = one.answer
    const exception = exceptions[id]
    if (agrees(one)) return exception === undefined ? [] : [`${id}: listed as an exception, but agrees`]
    if (exception?.actual === actual && exception.expected === expected) return []
    return [`${id}: expected ${expected}, is ${actual} (${codes.join(', ')})`]
  })
}
