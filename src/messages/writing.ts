/** Numbers, plurals and lists as one language writes them. */
export interface Writing {
  /** 1,000 */
  readonly number: (n: number) => string
  /** 12.3: one place after the point. */
  readonly tenths: (n: number) => string
  /** Returns the form of a word that goes with `n`. */
  readonly plural: (n: number, forms: PluralForms) => string
  /** "a, b and c" */
  readonly list: (items: readonly string[]) => string
  /** "a, b or c" */
  readonly either: (items: readonly string[]) => string
  /** "a, b, c" */
  readonly series: (items: readonly string[]) => string
  /** 29 Nov 2027, in UTC */
  readonly calendarDay: (at: Date) => string
  /** A tick of an axis of time: "2028", "Nov 2028", "28 Nov" (UTC). */
  readonly tick: (at: number, unit: TickUnit) => string
}
export type TickUnit = 'day' | 'month' | 'year'
export type PluralForms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string }

/** Returns how the language of this tag (BCP 47) writes. */
export function writing(tag: string): Writing {
  const numbers = once(() => new Intl.NumberFormat(tag))
  const tenths = once(
    () => new Intl.NumberFormat(tag, { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
  )
  const plurals = once(() => new Intl.PluralRules(tag))
  const lists = once(() => new Intl.ListFormat(tag, { type: 'conjunction' }))
  const choices = once(() => new Intl.ListFormat(tag, { type: 'disjunction' }))
  const series = once(() => new Intl.ListFormat(tag, { type: 'unit', style: 'short' }))
  const days = once(
    () => new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }),
  )
  const tick = (parts: Intl.DateTimeFormatOptions) =>
    once(() => new Intl.DateTimeFormat(tag, { ...parts, timeZone: 'UTC' }))
  const ticks = {
    year: tick({ year: 'numeric' }),
    month: tick({ year: 'numeric', month: 'short' }),
    day: tick({ month: 'short', day: 'numeric' }),
  }
  return {
    number: (n) => numbers().format(n),
    tenths: (n) => tenths().format(n),
    plural: (n, forms) => forms[plurals().select(n)] ?? forms.other,
    list: (items) => lists().format(items),
    either: (items) => choices().format(items),
    series: (items) => series().format(items),
    calendarDay: (at) => days().format(at),
    tick: (at, unit) => ticks[unit]().format(at),
  }
}

/** Returns the name of a language in that language, or its tag where the browser does not know it. */
export const languageName = (tag: string): string =>
  new Intl.DisplayNames(tag, { type: 'language' }).of(tag) ?? tag

/** Each takes a millisecond to make, and few are needed for the first page. */
function once<T>(make: () => T): () => T {
  let made: T | undefined
  return () => (made ??= make())
}
