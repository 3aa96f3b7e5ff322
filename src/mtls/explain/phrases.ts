import type { Case } from '../programs/cases.ts'
import { PROGRAMS } from '../programs/programs.ts'
import { casesOfRow } from '../programs/refusals.ts'
import type { Side } from '../wire/transcript.ts'
import type { TextCode } from './codes.ts'
import type { Printer } from './known-text.ts'
import { KNOWN_TEXTS } from './known-texts.ts'
import { needle, type Needle } from './scan.ts'

/** What a phrase is, if a certain program printed it. */
export interface Entry {
  readonly code: TextCode
  readonly printer: Printer | null
  readonly by: Side | null
  /** Empty if it was not read in a test. */
  readonly cases: readonly Case[]
  readonly isMeasured: boolean
}

export interface Phrase {
  readonly parts: Needle
  readonly entries: readonly Entry[]
}

let made: readonly Phrase[] | null = null

/** Every phrase that is recognized, each once. */
export const phrases = (): readonly Phrase[] => (made ??= make())

function make(): readonly Phrase[] {
  const all = new Map<string, Entry[]>()
  const add = (phrase: string, entry: Entry): void => {
    const key = phrase.toLowerCase()
    const entries = all.get(key) ?? []
    all.set(key, [...entries, entry])
  }
  for (const program of Object.values(PROGRAMS))
    for (const row of program.words) {
      const [code, phrase, , by = null] = row
      const cases = casesOfRow(program, row)
      add(phrase, { code, printer: program.id, by, cases, isMeasured: cases.length > 0 })
    }
  for (const { code, phrase, printer = null, by = null, isMeasured = false } of KNOWN_TEXTS) {
    add(phrase, { code, printer, by, cases: [], isMeasured })
  }
  return [...all].map(([phrase, entries]) => ({ parts: needle(phrase), entries }))
}
