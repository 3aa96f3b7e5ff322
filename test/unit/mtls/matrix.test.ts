import { expect, test } from 'vitest'
import { reachMatrix, type Reach, type Reachable } from '../../../src/mtls/matrix.ts'
import type { ClientEndpoint } from '../../../src/mtls/scenario.ts'
import type { Rule } from '../../../src/mtls/rules/rule.ts'
import { Cast, stage, usual } from '../../../src/services/lab/ready/stage.ts'
import type { Drawn } from '../../../src/services/validate/examples/draw.ts'
import { sha256Hex } from '../../../src/webcrypto/signature.ts'

const cast = new Cast(new Date('2026-11-30T12:00:00Z'))
const given = await usual(cast)

const clientOf = async (issuer: Drawn, trusts: Drawn[] = [given.root]): Promise<ClientEndpoint> =>
  stage(cast, given, { client: { sends: [await cast.client(issuer), issuer], trusts } }).scenario.client
const serverOf = (lets: Rule | null, trusts: Drawn[] = [given.root]): Reachable => ({
  server: stage(cast, given, { server: { trusts, set: { lets } } }).scenario.server,
  host: null,
})

const drawn = (rows: readonly (readonly Reach[])[]): string[] =>
  rows.map((row) => row.map(({ connects }) => (connects ? 'x' : '.')).join(''))

test('A reaches A, B reaches B, and never crosswise: by two CAs, by a list of names, by two roots', async () => {
  const [a, b] = [await cast.ca(given.root, 'Group A CA'), await cast.ca(given.root, 'Group B CA')]
  const issuedBy = async (ca: Drawn): Promise<Rule> => ({
    kind: 'issuer',
    sha256: await sha256Hex(ca.certificate.der),
  })
  const clients = [await clientOf(a), await clientOf(b)]
  const byCa = [serverOf(await issuedBy(a)), serverOf(await issuedBy(b))]
  const rows = await reachMatrix(clients, byCa)
  expect(drawn(rows)).toEqual(['x.', '.x'])
  expect(rows[0]![1]!.ending).toMatchObject({ by: 'server', refusal: { why: 'rule' } })

  // Both are called alike here, so the list names certificates.
  const listed = async ({ chain }: ClientEndpoint): Promise<Rule> => ({
    kind: 'certificate',
    sha256: [await sha256Hex(chain[0]!)],
  })
  expect(
    drawn(
      await reachMatrix(clients, [serverOf(await listed(clients[0]!)), serverOf(await listed(clients[1]!))]),
    ),
  ).toEqual(['x.', '.x'])

  const roots = [await cast.root('Root A'), await cast.root('Root B')] as const
  const apart = [await clientOf(roots[0]), await clientOf(roots[1])]
  const crosswise = await reachMatrix(apart, [serverOf(null, [roots[0]]), serverOf(null, [roots[1]])])
  expect(drawn(crosswise)).toEqual(['x.', '.x'])
  expect(crosswise[0]![1]!.ending).toMatchObject({ by: 'server', alert: 48 })
})

test('an issuing CA in one bundle helps nobody who trusts another', async () => {
  const { root, client, clientCa } = given
  const bare = stage(cast, given, { client: { sends: [client] } }).scenario.client
  const servers = [serverOf(null, [root]), serverOf(null, [clientCa]), serverOf(null, [root, clientCa])]
  expect(drawn(await reachMatrix([bare], servers))).toEqual(['.xx'])
})

test('a hundred by a hundred, each server with a rule of its own', async () => {
  const cas = await Promise.all(Array.from({ length: 10 }, (_, i) => cast.ca(given.root, `Team ${i} CA`)))
  const clients = await Promise.all(Array.from({ length: 100 }, (_, i) => clientOf(cas[i % 10]!)))
  const servers = await Promise.all(
    Array.from({ length: 100 }, async (_, i) =>
      serverOf({ kind: 'issuer', sha256: await sha256Hex(cas[i % 10]!.certificate.der) }),
    ),
  )
  const rows = await reachMatrix(clients, servers)
  for (const [i, row] of rows.entries())
    for (const [j, { connects }] of row.entries()) expect(connects).toBe(i % 10 === j % 10)
})

test('what neither a rule nor a trust bundle explains is a surprise', async () => {
  const { root, client, clientCa } = given
  const ended = await cast.client(clientCa, { notAfter: cast.inDays(-1) })
  const others = await cast.root('Root of nobody here')
  const sends = (chain: Drawn[]): ClientEndpoint =>
    stage(cast, given, { client: { sends: chain } }).scenario.client
  const careless = stage(cast, given, { server: { set: { verifies: 'no' } } }).scenario.server
  const clients = [sends([client, clientCa]), sends([client]), sends([ended, clientCa]), sends([])]
  const servers = [serverOf(null, [root]), serverOf(null, [others]), { server: careless, host: null }]
  const known = [root, clientCa, others].map(({ certificate }) => certificate)
  const rows = await reachMatrix(clients, servers, { known })
  expect(rows.map((row) => row.map(({ surprises }) => (surprises ? '!' : '.')).join(''))).toEqual([
    // Its root is trusted, is not, or nobody looks.
    '...',
    // What it leaves out is known to lead to the root.
    '!.!',
    '!!!',
    '!!!',
  ])
  expect(rows[1]![2]).toMatchObject({ connects: true, unverified: ['server'] })
})

test('a client asks for each server by its own host', async () => {
  const { client, server } = stage(cast, given).scenario
  const [row] = await reachMatrix(
    [client],
    [
      { server, host: 'api.example.com' },
      { server, host: 'www.example.com' },
    ],
  )
  expect(row!.map(({ connects }) => connects)).toEqual([true, false])
  expect(row![1]!.ending).toMatchObject({ by: 'client', refusal: { why: 'chain' } })
})

test('ends when it is told to', async () => {
  const { client, server } = stage(cast, given).scenario
  const stopped = AbortSignal.abort(new Error('enough'))
  await expect(reachMatrix([client], [{ server, host: null }], { signal: stopped })).rejects.toThrow('enough')
})
