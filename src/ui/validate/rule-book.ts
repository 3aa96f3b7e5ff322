/** The rules as a book: which chapter each is in, and which comes after which. */
import { CODES_BY_TABLE, FINDINGS, type FindingCode } from '../../findings.ts'
import { messages, type Messages } from '../../messages/messages.ts'

export type Chapter = keyof Messages['ui']['validate']['rule']['chapters']

/** RFC 5280 is many rules: its chapters follow what the sections are about. */
const SECTIONS: readonly (readonly [RegExp, Chapter])[] = [
  [/§4\.2\.1\.(1|2|3)\b|RFC 3279 §2\.3\.1/, 'identifiers'],
  [/§4\.2\.1\.(4|5|11|14)\b|RFC 6818/, 'policies'],
  [/§4\.2\.1\.(6|7|8)\b|§7/, 'names'],
  [/§4\.2\.1\.(9|10)\b/, 'limits'],
  [/§4\.2\.1\.12\b|RFC 7633/, 'purposes'],
  [/§4\.2\.(1\.13|1\.15|2)\b/, 'addresses'],
]

/** Returns the chapter of each rule, with its codes, in the order of the book. */
export function chaptersOfRules(): ReadonlyMap<Chapter, readonly FindingCode[]> {
  const chapters = new Map<Chapter, FindingCode[]>()
  for (const [table, codes] of Object.entries(CODES_BY_TABLE))
    for (const code of codes) {
      const chapter = table === 'rfc5280' ? ofSection(FINDINGS[code].section) : (table as Chapter)
      chapters.set(chapter, [...(chapters.get(chapter) ?? []), code])
    }
  return chapters
}

const ofSection = (section: string): Chapter =>
  SECTIONS.find(([pattern]) => pattern.test(section))?.[1] ?? 'fields'

const ORDER = [...chaptersOfRules().values()].flat()

/** Returns the rules before and after one; null at either end, and for a code that is no rule. */
export function besideRule(code: string): { before: FindingCode | null; after: FindingCode | null } {
  const at = ORDER.indexOf(code as FindingCode)
  if (at < 0) return { before: null, after: null }
  return { before: ORDER[at - 1] ?? null, after: ORDER[at + 1] ?? null }
}

/** Returns the chapters with the rules that have every word of `text` in what is shown of them; `why`: by rule. */
export function searchRules(
  text: string,
  why: Readonly<Record<FindingCode, string>>,
): ReadonlyMap<Chapter, readonly FindingCode[]> {
  const { title } = messages().ui.validate.rule
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const isWanted = (code: FindingCode): boolean => {
    const all = `${title(code)} ${code} ${FINDINGS[code].section} ${why[code]}`.toLowerCase()
    return words.every((word) => all.includes(word))
  }
  const found = [...chaptersOfRules()].map(([chapter, codes]) => [chapter, codes.filter(isWanted)] as const)
  return new Map(found.filter(([, codes]) => codes.length > 0))
}
