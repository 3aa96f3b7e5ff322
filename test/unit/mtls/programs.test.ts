import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { CASES, casesIn, isMet, type Case } from '../../../src/mtls/programs/cases.ts'
import type { ProgramId } from '../../../src/mtls/programs/program.ts'
import { PROGRAMS, seenAnswer, type Answer } from '../../../src/mtls/programs/programs.ts'
import { TLS12, TLS13, type TlsVersion } from '../../../src/mtls/wire/code-points.ts'
import type { Side } from '../../../src/mtls/wire/transcript.ts'
import { MEASURED } from '../../support/measured-programs.ts'
import { VECTORS_DIR } from '../../support/vectors.ts'

const read = (name: string): string => readFileSync(join(VECTORS_DIR, '../mtls', name), 'utf8')

interface Cell {
  readonly side: Side
  readonly stack: string
  readonly one: Case
  readonly tls: TlsVersion
  readonly text: string
}

/** Every cell of matrix.txt. */
function cellsOfMatrix(): Cell[] {
  return read('matrix.txt')
    .split(/^== /m)
    .slice(1)
    .flatMap((part) => {
      const [title, head, ...lines] = part.split('\n')
      const stacks = head!.trim().split(/\s+/).slice(1)
      // What the peer printed is cut off at 31 characters, and runs into the next cell.
      const rows = lines.filter((line) => line.trim() !== '')
      return rows.flatMap((line) => {
        const [one, ...cells] = line
          .replace(/E:tls: peer doesn't support an ?/g, 'E ')
          .replaceAll('E /E', 'E/E')
          .trim()
          .split(/\s+/)
        expect(cells).toHaveLength(stacks.length)
        return cells.flatMap((cell, i) =>
          ([TLS12, TLS13] as const).map((tls, n): Cell => {
            const side = title!.startsWith('client') ? 'client' : 'server'
            return { side, stack: stacks[i]!, one: one as Case, tls, text: cell.split('/')[n]! }
          }),
        )
      })
    })
}

/** How the matrix writes an answer; a closed connection is either an end or a reset. */
function written(answer: Answer): string {
  switch (answer.kind) {
    case 'accepts':
      return 'ok'
    case 'no-input':
      return '-'
    case 'no-common-algorithm':
      return 'E'
    case 'http':
      return `h${answer.status}`
    case 'closes':
      return `${answer.when === 'after-handshake' ? 'after ' : ''}closed`
    case 'alert':
      return `${answer.isPlain ? 'p' : answer.when === 'after-handshake' ? 'r' : ''}${answer.code}`
  }
}

/** As `written`, from a cell; how Apache and stunnel treat a connection that they accept is their setting's. */
function expected({ stack, text }: Cell): string {
  if (stack.startsWith('apache') && text === 'h404') return 'ok'
  if (stack === 'stunnel-t' && /^r(EOF|RST)$/.test(text)) return 'ok'
  if (/^r(EOF|RST)$/.test(text) || text === 'hs+EOF') return 'after closed'
  if (text === 'EOF') return 'closed'
  return text
}

describe('the answers of programs', () => {
  test('are those of the matrix, cell for cell', () => {
    const cells = cellsOfMatrix()
    expect(cells).toHaveLength(2 * (50 * 18 + 47 * 22))
    const wrong = cells.flatMap((cell) => {
      const { program, version, maxDepth = null } = MEASURED[cell.stack]!
      const seen = seenAnswer(program, version, cell.side, cell.tls, cell.one, maxDepth)
      const ours = seen && written(seen.answer)
      return ours === expected(cell) ? [] : [`${JSON.stringify(cell)}: ${ours ?? 'unknown'}`]
    })
    expect(wrong).toEqual([])
  })

  test('are nothing but those of the matrix', () => {
    const stacks = new Set(cellsOfMatrix().map(({ side, stack }) => `${side} ${stack}`))
    const known = [...stacks].map((each) => {
      const [side, stack] = each.split(' ') as [Side, string]
      const { program, version, maxDepth = null } = MEASURED[stack]!
      return `${side} ${program} ${version} ${String(maxDepth)}`
    })
    const ours = Object.values(PROGRAMS).flatMap(({ id, runs }) =>
      runs.flatMap((run) =>
        run.versions.flatMap((version) =>
          (['client', 'server'] as const)
            .filter((side) => run[side])
            .map((side) => `${side} ${id} ${version} ${String(run.maxDepth ?? null)}`),
        ),
      ),
    )
    expect([...ours].sort()).toEqual([...known].sort())
  })

  test('that were not measured are unknown', () => {
    expect(seenAnswer('nginx', null, 'client', TLS13, 'ok')).toBeNull()
    expect(seenAnswer('openssl', '1.1.1', 'client', TLS13, 'ok')).toBeNull()
    expect(seenAnswer('openssl', null, 'client', TLS13, 'ok', 3)).toBeNull()
    expect(seenAnswer('openssl', null, 'client', TLS13, 'none')).toBeNull()
    expect(seenAnswer('nginx', '1.26.3', 'server', TLS13, 'two-int', 100)).toBeNull()
  })

  test('come with their version and setting', () => {
    const http = { kind: 'http', status: 400 }
    expect(seenAnswer('nginx', null, 'server', TLS13, 'two-int')).toEqual({
      ...{ answer: http, version: '1.26.3', maxDepth: 1 },
    })
    expect(seenAnswer('apache', null, 'server', TLS13, 'deep-7', 10)?.answer).toEqual({ kind: 'accepts' })
  })

  test('no list of cases has a word that is none', () => {
    const of = (text: string): string[] =>
      text.split(' ').filter((word) => word !== '' && !word.startsWith('='))
    const words = Object.values(PROGRAMS).flatMap((program) =>
      program.words.flatMap(([, , cases]) => of(cases)),
    )
    expect(words.filter((word) => casesIn(word).length === 0)).toEqual([])
    expect(CASES.filter((one) => !isMet('client', one) && !isMet('server', one))).toEqual([])
  })
})

describe('what a client sends', () => {
  test('is what calist.txt has', () => {
    const LINE = /^(1\.[23]) (leaf\+issuing|leaf only) +(\S+) +(root=.+)$/
    const rows = read('calist.txt').trim().split('\n')
    for (const row of rows) {
      const [, , kind, stack, sent] = LINE.exec(row)!
      const { program, version, automatic = false } = CHOOSERS[stack!]!
      const run = PROGRAMS[program].runs.find(({ versions }) => versions.includes(version))!
      const choosing = (automatic ? run.automatic : run.choosing)!
      const counts = [...sent!.matchAll(/SENT (\d)/g)].map(([, count]) => Number(count))
      expect({ row, counts: kind === 'leaf only' ? choosing.leaf : choosing.chain }).toEqual({ row, counts })
    }
    expect(rows).toHaveLength(56)
  })
})

/** The names of calist.txt. */
const CHOOSERS: Readonly<Record<string, { program: ProgramId; version: string; automatic?: boolean }>> = {
  ...MEASURED,
  'go1.19': MEASURED['go']!,
  'go1.24': MEASURED['go-t']!,
  java17: MEASURED['java']!,
  java21: MEASURED['java-t']!,
  'gnutls3.7': MEASURED['gnutls']!,
  'nss3.87': MEASURED['nss']!,
  'nss-auto': { ...MEASURED['nss']!, automatic: true },
  'rustls0.23': MEASURED['rustls-t']!,
}
