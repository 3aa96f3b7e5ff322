import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { DISAGREEMENTS } from '../../support/handshakes/disagreements.ts'
import { cellOf, codesOf, readExpected } from '../../support/handshakes/expected.ts'
import { Maker, roleOf, type Made } from '../../support/handshakes/files.ts'
import { labSays, programSays, type LabSays } from '../../support/handshakes/lab.ts'
import { handshakesPage, PAGE } from '../../support/handshakes/page.ts'
import { SCENARIOS } from '../../support/handshakes/scenarios.ts'
import { once } from '../../support/run.ts'

// What programs did in the scenarios, as test/interop/handshakes.test.ts has them run, beside what the lab says.

const all = once(async () => {
  const maker = new Maker(new Date())
  const found: (readonly [Made, LabSays])[] = []
  for (const scenario of SCENARIOS) {
    const made = await maker.make(scenario)
    found.push([made, await labSays(made)])
  }
  return found
})
const expected = { client: readExpected('client'), server: readExpected('server') }

test('every scenario has a row, and each is there once', () => {
  const ids = SCENARIOS.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.length).toBeGreaterThanOrEqual(80)
  for (const side of ['client', 'server'] as const)
    expect([...expected[side].rows.keys()].sort()).toEqual(
      SCENARIOS.filter((of) => roleOf(of) === side)
        .map(({ id }) => id)
        .sort(),
    )
})

test('what the lab says of a program is what that program did, but where the difference is known', async () => {
  const used = new Set<string>()
  const wrong: string[] = []
  for (const [made, { circumstance }] of await all()) {
    const { id } = made.of
    for (const [program, cell] of expected[roleOf(made.of)].rows.get(id)!) {
      const says = programSays(program, made, circumstance)
      // A tool that did not take a file did not come.
      if (says === null || cell === '-' || cellOf(says) === cell.replace('none', '-')) continue
      const known = DISAGREEMENTS.find(
        (each) => each.scenarios.includes(id) && each.programs.includes(program),
      )
      if (known) used.add(`${id} ${program}`)
      else wrong.push(`${id} ${program}: ${cell}, the lab (${circumstance}): ${cellOf(says)}`)
    }
  }
  expect(wrong).toEqual([])
  // A difference that is gone is no longer known.
  const listed = DISAGREEMENTS.flatMap(({ scenarios, programs }) =>
    scenarios.flatMap((id) => programs.map((program) => `${id} ${program}`)),
  )
  expect(listed.filter((each) => !used.has(each))).toEqual([])
})

test('by the standard a good handshake connects, and where everyone refuses so does the lab', async () => {
  const wrong = (await all()).flatMap(([made, { standard }]) => {
    if (made.of.isOfPresenter) return []
    const cells = [...expected[roleOf(made.of)].rows.get(made.of.id)!.values()]
    return [0, 1].flatMap((i) => {
      const codes = cells.flatMap((cell) => codesOf(cell)?.[i] ?? []).filter((code) => code !== 'none')
      const isRefusedByAll = codes.length > 0 && codes.every((code) => code !== 'ok')
      const connects = standard[i] === 'ok'
      return isRefusedByAll && connects ? [`${made.of.id} ${i}`] : []
    })
  })
  expect(wrong).toEqual([])
})

test('programs let in who meets a rule and no other, or cannot ask it', () => {
  const rows = [...expected.server.rows, ...expected.client.rows].filter(([id]) => id.includes('-rule-'))
  const wrong = rows.flatMap(([id, cells]) => {
    const isMet = id.endsWith('-met')
    const other = new Map(rows).get(id.replace(/(met|missed)$/, isMet ? 'missed' : 'met'))!
    return [...cells].flatMap(([program, cell]) => {
      const isRight = cell === '-' ? other.get(program) === '-' : (cell === 'ok') === isMet
      return isRight ? [] : [`${id} ${program}: ${cell}`]
    })
  })
  expect(rows.length).toBeGreaterThan(0)
  expect(wrong).toEqual([])
})

test('a client learns of a refusal after its handshake in TLS 1.3, and in it in TLS 1.2', () => {
  const isEnd = (code: string): boolean => /^r?(\d+|cut)$/.test(code)
  const wrong = [...expected.server.rows].flatMap(([id, cells]) =>
    [...cells]
      .filter(([, cell]) => {
        const [tls12, tls13] = codesOf(cell) ?? ['ok', 'ok']
        return (isEnd(tls12) && tls12.startsWith('r')) || (isEnd(tls13) && !tls13.startsWith('r'))
      })
      .map(([program, cell]) => `${id} ${program}: ${cell}`),
  )
  expect(wrong).toEqual([])
})

test('docs/handshakes.md is the table of today', async () => {
  const page = await handshakesPage(await all(), expected)
  if (process.env.HANDSHAKES === 'record') writeFileSync(PAGE, page)
  expect(readFileSync(PAGE, 'utf8')).toBe(page)
})
