import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Side } from '../../../src/mtls/wire/transcript.ts'
import { ROOT } from '../dist.ts'

/**
 * What was seen: a row for each scenario, a column for each program, in a file for each side that programs play. A cell has
 * the codes for TLS 1.2 and 1.3, or one if they are the same; `-` if the program has no such setting.
 */
export interface Expected {
  /** Programs and their versions, as the columns are. */
  readonly programs: ReadonlyMap<string, string>
  /** Scenario → program → cell. */
  readonly rows: ReadonlyMap<string, ReadonlyMap<string, string>>
}

const pathOf = (side: Side): string => join(ROOT, 'test/support/handshakes/expected', `${side}.txt`)

export const cellOf = (codes: readonly [string, string] | null): string => {
  if (codes === null) return '-'
  return codes[0] === codes[1] ? codes[0] : codes.join('|')
}

/** The codes of a cell; null if the program has no such setting. */
export function codesOf(cell: string): readonly [tls12: string, tls13: string] | null {
  if (cell === '-') return null
  const [tls12, tls13] = cell.split('|') as [string, string?]
  return [tls12, tls13 ?? tls12]
}

export function readExpected(side: Side): Expected {
  if (!existsSync(pathOf(side))) return { programs: new Map(), rows: new Map() }
  const [head, versions, ...lines] = readFileSync(pathOf(side), 'utf8').trim().split('\n')
  const words = (line: string): string[] => line.trim().split(/\s+/)
  const [, ...ids] = words(head!)
  const [, ...numbers] = words(versions!)
  return {
    programs: new Map(ids.map((id, i) => [id, numbers[i]!])),
    rows: new Map(
      lines.map((line) => {
        const [id, ...cells] = words(line)
        return [id!, new Map(ids.map((program, i) => [program, cells[i]!]))]
      }),
    ),
  }
}

export function writeExpected(side: Side, { programs, rows }: Expected): void {
  const table = [
    ['scenario', ...programs.keys()],
    ['version', ...programs.values()],
    ...[...rows].map(([id, cells]) => [
      id,
      ...[...programs.keys()].map((program) => cells.get(program) ?? '?'),
    ]),
  ]
  const widths = table[0]!.map((_, i) => Math.max(...table.map((row) => row[i]!.length)) + 2)
  const text = table
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i]!))
        .join('')
        .trimEnd(),
    )
    .join('\n')
  writeFileSync(pathOf(side), `${text}\n`)
}
