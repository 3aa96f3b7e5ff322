import { expect, test } from 'vitest'
import { MatrixSession } from '../../../src/services/lab/matrix/session.ts'
import { LabSession } from '../../../src/services/lab/session.ts'
import type { MatrixView } from '../../../src/border/protocol/lab-matrix.ts'

const AT = new Date('2026-11-30T12:00:00Z')
const call = { signal: new AbortController().signal, progress: () => undefined }

const drawn = ({ cells, answers }: MatrixView): string[] =>
  cells.map((row) => row.map((cell) => (answers[cell]!.ending === null ? 'x' : '.')).join(''))

test.each(['issuing-ca', 'allow-list', 'two-roots'] as const)(
  'the example %s keeps two groups apart, and nothing surprises',
  async (id) => {
    const matrix = new MatrixSession()
    await matrix.begin(id, AT, new LabSession())
    const view = await matrix.view(call)
    expect(drawn(view)).toEqual(['x.', 'x.', '.x', '.x'])
    expect(view.answers.filter(({ surprises }) => surprises)).toEqual([])
    // What several cells say is there once for each server, and once for all who connect.
    expect(view.answers.length).toBeLessThanOrEqual(5)
  },
)

test('a changed rule and a changed bundle change who connects', async () => {
  const matrix = new MatrixSession()
  await matrix.begin('issuing-ca', AT, new LabSession())
  const { servers } = await matrix.view(call)
  matrix.change({ server: 0, trusts: servers[0]!.trusts, lets: null })
  expect(drawn(await matrix.view(call))).toEqual(['x.', 'x.', 'xx', 'xx'])
  matrix.change({ server: 1, trusts: [], lets: servers[1]!.lets })
  expect(drawn(await matrix.view(call))).toEqual(['x.', 'x.', 'x.', 'x.'])
})

test('what is in the lab becomes clients and servers, each with its chain', async () => {
  const lab = new LabSession()
  await lab.begin('wrong-group', AT)
  const { certificates, clients, servers, cells, answers } = await (async () => {
    const matrix = new MatrixSession()
    await matrix.begin('lab', AT, lab)
    return matrix.view(call)
  })()
  // The client that is there is of the other group; the one that the rule lets in is in the lab too.
  expect(cells.map(([cell]) => answers[cell!]!.ending === null)).toEqual([false, true])
  expect(servers).toHaveLength(1)
  expect(clients[1]!.sends.map((index) => certificates[index]!.name)).toEqual([
    'client.example.com',
    'Example Client CA',
  ])
})

test('what was in the lab goes with the vault, and a drawn example stays', async () => {
  for (const [id, left] of [
    ['lab', 0],
    ['two-roots', 4],
  ] as const) {
    const matrix = new MatrixSession()
    await matrix.begin(id, AT, new LabSession())
    matrix.drop()
    expect((await matrix.view(call)).clients).toHaveLength(left)
  }
})

test('stops when it is cancelled', async () => {
  const matrix = new MatrixSession()
  await matrix.begin('two-roots', AT, new LabSession())
  const stopped = { ...call, signal: AbortSignal.abort(new Error('enough')) }
  await expect(matrix.view(stopped)).rejects.toThrow('enough')
})
