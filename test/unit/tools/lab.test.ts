import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { READY_IDS } from '../../../src/mtls/ready-ids.ts'
import { writeScenario } from '../../../src/mtls/scenario-file/scenario-file.ts'
import { readyFile } from '../../support/lab/scenarios.ts'

const TOOL = fileURLToPath(new URL('../../../tools/lab.ts', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'lab-'))
// Compiled once for all runs.
const env = { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compiled') }
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})
const file = (name: string, text = ''): string => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}
const run = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [TOOL, ...args], { encoding: 'utf8', env })
  return { status, stdout, stderr }
}

test('a file that connects: 0, and so in the first line', async () => {
  const path = file('connects.json', writeScenario(await readyFile('connects')))
  const { status, stdout, stderr } = run(path)
  expect([status, stderr]).toEqual([0, ''])
  expect(stdout.split('\n')[0]).toBe('They connect (TLS 1.3, TLS_AES_128_GCM_SHA256)')
})

test('a file that does not: 1; who, why, by which alert, when the other side learns of it, and what was tried', async () => {
  const { scenario, ...rest } = await readyFile('client-intermediate-missing')
  const { known } = { known: (await readyFile('connects')).scenario.client.anchors }
  const path = file('missing.json', writeScenario({ ...rest, scenario, known }))
  const { status, stdout } = run(path)
  expect(status).toBe(1)
  expect(stdout).toMatch(/^The server refuses the client \(TLS 1\.3/)
  expect(stdout).toMatch(
    /The server sends the alert unknown_ca \(48\)\. The client’s handshake has already succeeded/,
  )
  const json = run('--json', path)
  expect(json.status).toBe(1)
  expect(JSON.parse(json.stdout)).toMatchObject({
    ...{ name: 'client-intermediate-missing', connects: false, version: 'TLS 1.3' },
    ending: {
      ...{ by: 'server', why: 'chain', codes: ['issuer-missing'] },
      ...{ alert: { code: 48, name: 'unknown_ca' }, learns: { when: 'after-success' } },
    },
    client: { verdict: 'Accepts it', possession: 'proved', refusals: [] },
  })
})

test('a rule about a certificate that was not sent, and a limit that was set, are called so', () => {
  expect(run('--ready', 'asked-per-path').stdout).toContain(
    'The client sent no certificate, and the server’s rule asks about it.',
  )
  expect(run('--ready', 'too-deep').stdout).toMatch(
    /what you have set allows 1 below[^]*Raise the limit of CAs/,
  )
})

test('rules: whether they are met, and where', () => {
  const { status, stdout } = run('--json', '--ready', 'wrong-group')
  expect(status).toBe(1)
  expect(JSON.parse(stdout)).toMatchObject({
    server: { lets: { at: 'application', met: 'no', rule: { kind: 'issuer' } } },
  })
})

test('what named programs were seen to do, with their version, those of the file too', async () => {
  const programs = { client: 'curl', server: null } as const
  const path = file('named.json', writeScenario(await readyFile('client-expired', { programs })))
  expect(run(path).stdout).toMatch(/ curl \d[\d.]*: accepts\./)
  const { status, stdout } = run('--json', '--program', 'nginx', path)
  expect(status).toBe(1)
  expect(JSON.parse(stdout)).toMatchObject({
    client: { programs: [{ program: 'curl', circumstance: 'ok' }] },
    server: {
      programs: [{ program: 'nginx', circumstance: 'expired', answer: { kind: 'http', status: 400 } }],
    },
  })
})

test('a file that is no scenario: 2, and a line for each fault', () => {
  const path = file(
    'faults.json',
    '{"format":"rootcellar-mtls-scenario","version":1,"client":{"host":"?"},"server":[]}',
  )
  const { status, stdout, stderr } = run(path)
  expect([status, stdout]).toEqual([2, ''])
  expect(stderr.trim().split('\n')).toHaveLength(2)
  expect(stderr).toContain('client.host (line 1): “?” is not a host name')
  const json = run('--json', path)
  expect(json.status).toBe(2)
  expect(JSON.parse(json.stdout)).toMatchObject({
    faults: [{ code: 'scenario-host' }, { code: 'scenario-type' }],
  })
})

test('100 MB are refused without being read', () => {
  const path = file('large.json')
  truncateSync(path, 100_000_000)
  expect(run(path)).toMatchObject({ status: 2, stdout: '' })
})

test.each([
  [['--list'], 0],
  [['--help'], 0],
  [[], 2],
  [['--unknown'], 2],
  [['--ready', 'nothing'], 2],
  [['--program', 'iis', '--ready', 'connects'], 2],
  [['--ready', 'connects', 'file.json'], 2],
  [['--at', 'noon', '--ready', 'connects'], 2],
  [[join(tmpdir(), 'there-is-no-such-file.json')], 2],
  [[tmpdir()], 2],
])('%j: %d', (args, status) => {
  const all = run(...args)
  expect(all.status).toBe(status)
  expect(all.stderr).toMatch(status === 0 ? /^$/ : /^[^\n]+\.\n$/)
  if (args[0] === '--list') for (const id of READY_IDS) expect(all.stdout).toContain(`${id} `)
})
