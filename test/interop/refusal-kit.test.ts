import '../support/english.ts'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { zipOf } from '../../src/containers/zip.ts'
import { refusalKit } from '../../src/destinations/refusal-kit.ts'
import { refusalKitWords } from '../../src/messages/en/ui/lab-settings.ts'
import { parseCertificateList } from '../../src/x509/certificate-list.ts'
import { issueForKit } from '../../src/services/lab/kit.ts'
import { run, scratch, succeed } from '../support/run.ts'
import { HOST } from '../../src/services/lab/ready/stage.ts'
import { freePort } from '../support/ports.ts'
import { cast, parties, scenarioOf, started, unzipped } from '../support/settings/bundles.ts'

// The kit as it is downloaded, against servers of printed settings: what must be refused is, and what gets in is said.

async function kitFolder(): Promise<string> {
  const { given } = await parties()
  const files = await refusalKit(issueForKit(cast, [given.root, given.clientCa]), refusalKitWords)
  const { path, file } = scratch()
  const zip = file(
    'kit.zip',
    zipOf(Object.fromEntries(files.map(({ name, bytes }) => [name, bytes])), cast.at),
  )
  await succeed('unzip', ['-q', zip, '-d', join(path, 'kit')])
  return join(path, 'kit')
}

/** The lists of a kit, as the server of the scenario loads them. */
function listsOf(folder: string) {
  const blocks =
    readFileSync(join(folder, 'revoked-crls.pem'), 'utf8').match(/-----BEGIN[^-]+-----([^-]+)/g) ?? []
  return blocks.map((block) => {
    const base64 = block.replace(/-----BEGIN[^-]+-----/, '')
    return parseCertificateList(new Uint8Array(Buffer.from(base64, 'base64')))
  })
}

async function asked(id: 'nginx' | 'node', hasRule: boolean, mode: readonly string[]) {
  const folder = await kitFolder()
  const { scenario, given } = await scenarioOf({
    server: {
      set: {
        lists: listsOf(folder),
        ...(hasRule && {
          lets: { kind: 'subject', name: 'CN=client.example.com' } as const,
        }),
      },
    },
  })
  const port = await freePort()
  await started(await unzipped(id, 'server', scenario, { port, key: given.server }), port)
  const { code, stdout } = await run('/bin/sh', [join(folder, 'ask.sh'), ...mode, `127.0.0.1:${port}`, HOST])
  return {
    code,
    lines: stdout
      .trim()
      .split('\n')
      .map((line) => line.replace(/\s+/g, ' ')),
  }
}

const CASES = ['none', 'wrong-ca', 'self-signed', 'expired', 'wrong-purpose', 'revoked', 'wrong-name']

test.each(['nginx', 'node'] as const)('%s refuses the whole kit where a rule asks for a name', async (id) => {
  const { code, lines } = await asked(id, true, [])
  expect(lines.map((line) => line.split(' ').slice(0, 2))).toEqual(CASES.map((each) => [each, 'refused']))
  expect(code).toBe(0)
})

test('the script names what got in', async () => {
  const { code, lines } = await asked('nginx', false, [])
  expect(lines.filter((line) => line.includes('GOT IN'))).toEqual(['wrong-name GOT IN (200)'])
  expect(code).toBe(1)
})

test('in TLS alone it waits for the refusal, which comes after the handshake', async () => {
  const { code, lines } = await asked('node', false, ['--tls'])
  const gotIn = lines.filter((line) => line.includes('GOT IN'))
  expect(gotIn.map((line) => line.split(' ')[0])).toEqual(['wrong-name'])
  expect(code).toBe(1)
})

test.each([[[]], [['--tls']]])('a server that is not there has refused nobody %j', async (mode) => {
  const folder = await kitFolder()
  const address = `127.0.0.1:${await freePort()}`
  const { code, stdout } = await run('/bin/sh', [join(folder, 'ask.sh'), ...mode, address])
  expect(code).toBe(2)
  expect(stdout).not.toContain('refused')
})

test('without the key of the CA only certificates of others are made, and the page beside them says so', async () => {
  const files = await refusalKit(issueForKit(cast, null), refusalKitWords)
  expect(files.map(({ name }) => name)).toEqual([
    ...['wrong-ca.pem', 'wrong-ca-key.pem', 'self-signed.pem', 'self-signed-key.pem'],
    ...['ask.sh', 'README.txt'],
  ])
  expect(Buffer.from(files.at(-1)!.bytes).toString()).toContain(
    'expired, wrong-purpose, revoked and wrong-name',
  )
})
