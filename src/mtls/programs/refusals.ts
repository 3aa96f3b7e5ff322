import type { Side } from '../wire/transcript.ts'
import { CASES, casesIn, type Case } from './cases.ts'
import type { Program, ProgramId } from './program.ts'
import { PROGRAMS } from './programs.ts'
import type { Words } from './words.ts'

/** Not a refusal. */
const OTHER = ['ok', '-', 'n/a']

/** The codes of a table that a word chooses. */
export type Chosen = (code: string) => boolean
export const isRefusal: Chosen = (code) => !OTHER.includes(code)
export const isClosing: Chosen = (code) => code.endsWith('cut')

/** Returns the cases that some of these programs answers so, the most usual first. */
export function casesAnswered(
  chosen: Chosen,
  {
    side = null,
    programs = Object.values(PROGRAMS),
  }: { side?: Side | null; programs?: readonly Program[] } = {},
): readonly Case[] {
  const counts = new Map<Case, number>()
  for (const { runs } of programs)
    for (const run of runs)
      for (const judge of ['client', 'server'] as const)
        if (side === null || side === judge)
          for (const [one, codes] of run[judge] ?? [])
            for (const code of codes) if (chosen(code)) counts.set(one, (counts.get(one) ?? 0) + 1)
  return [...counts.keys()].sort((a, b) => counts.get(b)! - counts.get(a)!)
}

/** Returns the cases of a row of words: several programs share rows, and each refuses what it refuses. */
export function casesOfRow(program: Program, [, , cases, side]: Words[number]): readonly Case[] {
  const [, word] = /^=(.+)$/.exec(cases) ?? []
  if (word === undefined) {
    const refused = casesAnswered((code) => code !== 'ok' && code !== '-', {
      side: side ?? null,
      programs: [program],
    })
    return casesIn(cases).filter((one) => refused.includes(one))
  }
  const chosen: Chosen = word === 'refused' ? isRefusal : word === 'cut' ? isClosing : (code) => code === word
  return casesAnswered(chosen, { side: side ?? null, programs: [program] })
}

/** Returns what a program prints when it refuses this case as that side; null if that was not read, or it accepts. */
export function saidBy(id: ProgramId, side: Side, one: Case): string | null {
  const program = PROGRAMS[id]
  const isRefused = program.runs.some((run) => run[side]?.get(one)?.some(isRefusal))
  if (!isRefused) return null
  const row = program.words.find(
    (each) => (each[3] ?? side) === side && casesOfRow(program, each).includes(one),
  )
  return row?.[1].replaceAll('*', '…') ?? null
}

/** Returns the cases that any program gave this reason for, in the order of the table. */
export function casesOfReason(reason: string): readonly Case[] {
  const all = new Set(
    Object.values(PROGRAMS).flatMap((program) =>
      program.words.flatMap((row) => (row[0] === reason ? casesOfRow(program, row) : [])),
    ),
  )
  return CASES.filter((one) => all.has(one))
}
