import '../support/english.ts'
import { describe, expect, test } from 'vitest'
import { cellOf, readExpected, writeExpected } from '../support/handshakes/expected.ts'
import { Maker, roleOf, type Made } from '../support/handshakes/files.ts'
import { measureClient, measureServer, type Measured } from '../support/handshakes/measure.ts'
import { PLAYERS } from '../support/handshakes/programs/players.ts'
import type { Player } from '../support/handshakes/programs/program.ts'
import { SCENARIOS } from '../support/handshakes/scenarios.ts'
import { once } from '../support/run.ts'

// Programs play one side of scenarios on loopback, and meet what they met before: test/support/handshakes/expected.
// HANDSHAKES=all runs every scenario with every program; HANDSHAKES=record does, and writes down what was seen.

const { HANDSHAKES } = process.env
const isRecording = HANDSHAKES === 'record'
const isAll = HANDSHAKES === 'all' || isRecording

const FEW_PROGRAMS = ['openssl', 'go', 'node26', 'python', 'curl', 'nginx']
const FEW_SCENARIOS = [
  ...['good', 'intermediate-missing', 'issuing-ca-alone', 'expired', 'purpose-other', 'root-elsewhere'].map(
    (id) => `client-${id}`,
  ),
  'client-none',
  ...['good', 'intermediate-missing', 'expired', 'self-signed', 'name-other'].map((id) => `server-${id}`),
]

const players = PLAYERS.filter(({ id }) => isAll || FEW_PROGRAMS.includes(id))
const scenarios = SCENARIOS.filter(({ id }) => isAll || FEW_SCENARIOS.includes(id))

/** By the clock of the machine, as the programs. */
const drawn = once(async () => {
  const maker = new Maker(new Date())
  const made: Made[] = []
  for (const scenario of scenarios) made.push(await maker.make(scenario))
  return made
})

const measure = (side: 'client' | 'server', player: Player, made: readonly Made[]): Promise<Measured> =>
  (side === 'server' ? measureServer : measureClient)(player, made)

const SIDES = { server: 'the server', client: 'the client' } as const
describe.each(players)('$name', (player) => {
  test.each((['server', 'client'] as const).filter((side) => player[side]))('as the %s', async (side) => {
    const made = (await drawn()).filter(({ of }) => roleOf(of) === side)
    const version = await player.version()
    const { programs, rows } = readExpected(side)
    const seen = await measure(side, player, made)
    if (isRecording) {
      const [columns, table] = [new Map(programs), new Map(rows)]
      columns.set(player.id, version)
      for (const { of } of made)
        table.set(of.id, new Map([...(table.get(of.id) ?? []), [player.id, cellOf(seen.get(of.id)!)]]))
      const order = PLAYERS.map(({ id }) => id).filter((id) => columns.has(id))
      writeExpected(side, {
        programs: new Map(order.map((id) => [id, columns.get(id)!])),
        rows: new Map(made.map(({ of }) => [of.id, table.get(of.id)!])),
      })
      return
    }
    const differs =
      (all: Measured) =>
      ({ of }: Made) =>
        cellOf(all.get(of.id)!) !== rows.get(of.id)?.get(player.id)
    // On a busy machine an answer may take longer than anyone waits for it: what differs is asked once more.
    const doubtful = made.filter(differs(seen))
    const again = doubtful.length === 0 ? seen : await measure(side, player, doubtful)
    expect(
      doubtful.filter(differs(again)).map(({ of }) => ({
        ...{ scenario: of.id, program: `${player.id} ${version} as ${SIDES[side]}` },
        ...{ seen: cellOf(again.get(of.id)!), expected: rows.get(of.id)?.get(player.id) },
      })),
    ).toEqual([])
  })
})
