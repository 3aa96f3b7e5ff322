/** Who may connect, as a program can ask it. What it cannot ask lets nobody in, and neither does its opposite. */
import { placesOf, type Rule, type Test } from '../mtls/rules/rule.ts'
import type { Effect, Limit, LimitCode } from './printed.ts'

/** Parts of type T, each met or not, joined; without brackets of `not`. */
export type Condition<T> =
  | { readonly kind: 'always' | 'never' }
  | { readonly kind: 'all' | 'any'; readonly of: readonly Condition<T>[] }
  | { readonly kind: 'part'; readonly part: T; readonly met: boolean }

/** How a program asks one thing; `always` if its bundle already makes sure of it; or why it cannot. */
export type Asked<T> =
  | { readonly part: T; readonly remark?: LimitCode }
  | { readonly always: true }
  | { readonly cannot: LimitCode }

export type Ask<T> = (test: Test) => Asked<T>

const ALWAYS = { kind: 'always' } as const
const NEVER = { kind: 'never' } as const

/** Tests of names, which programs compare as text. */
const NAMED: readonly Test['kind'][] = ['subject', 'san', 'spiffe', 'user']

/**
 * Returns what a program asks instead of a rule, and where that differs. `guard`: holds if there is a valid certificate;
 * needed where none is required.
 */
export function conditionOf<T>(
  rule: Rule | null,
  ask: Ask<T>,
  guard: T | null = null,
): { condition: Condition<T>; limits: readonly Limit[] } {
  if (rule === null) return { condition: ALWAYS, limits: [] }
  const found: { code: LimitCode; of: Test; isRemark: boolean }[] = []
  const condition = push(rule, true, (test, met) => {
    const asked = ask(test)
    const isCertificate = test.kind !== 'address'
    const guarded = (inner: Condition<T>): Condition<T> =>
      guard === null || !isCertificate
        ? inner
        : joined('all', [{ kind: 'part', part: guard, met: true }, inner])
    if ('always' in asked) return met ? guarded(ALWAYS) : NEVER
    const cannot =
      'cannot' in asked
        ? asked.cannot
        : !met && (NAMED.includes(test.kind) || asked.remark === 'ca-by-name')
          ? 'name-refused'
          : null
    if (cannot !== null || 'cannot' in asked) {
      found.push({ code: cannot!, of: test, isRemark: false })
      return NEVER
    }
    if (asked.remark) found.push({ code: asked.remark, of: test, isRemark: true })
    return guarded({ kind: 'part', part: asked.part, met })
  })
  const less: Effect = condition.kind === 'never' ? 'nobody' : 'fewer'
  const limits = found.map(({ code, of, isRemark }) => ({
    code,
    of,
    effect: isRemark ? ('more' as const) : less,
    places: placesOf(of),
  }))
  return { condition, limits }
}

function push<T>(rule: Rule, met: boolean, leaf: (test: Test, met: boolean) => Condition<T>): Condition<T> {
  switch (rule.kind) {
    case 'not':
      return push(rule.of, !met, leaf)
    case 'all':
    case 'any':
      return joined(
        (rule.kind === 'all') === met ? 'all' : 'any',
        rule.of.map((each) => push(each, met, leaf)),
      )
    default:
      return leaf(rule, met)
  }
}

function joined<T>(kind: 'all' | 'any', of: readonly Condition<T>[]): Condition<T> {
  const [decides, neutral] = kind === 'all' ? (['never', 'always'] as const) : (['always', 'never'] as const)
  if (of.some((each) => each.kind === decides)) return { kind: decides }
  const left = of.filter((each) => each.kind !== neutral)
  if (left.length === 0) return { kind: neutral }
  return left.length === 1 ? left[0]! : { kind, of: left }
}

/** Returns a condition as an expression of a language whose operators are given. */
export function expression(
  condition: Condition<string>,
  words: { and: string; or: string; not: (part: string) => string; yes: string; no: string },
): string {
  switch (condition.kind) {
    case 'always':
      return words.yes
    case 'never':
      return words.no
    case 'part':
      return condition.met ? condition.part : words.not(condition.part)
    default: {
      const operator = condition.kind === 'all' ? words.and : words.or
      const parts = condition.of.map((each) =>
        each.kind === 'all' || each.kind === 'any' ? `(${expression(each, words)})` : expression(each, words),
      )
      return parts.join(` ${operator} `)
    }
  }
}
