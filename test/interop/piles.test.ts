import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { beforeAll, expect, test } from 'vitest'
import type { Pile } from '../../src/containers/pile/items.ts'
import { readPile } from '../../src/containers/pile/read-pile.ts'
import { encodePem } from '../../src/x509/pem.ts'
import { issued, request, surroundings } from '../support/authority.ts'
import { toHex } from '../support/bytes.ts'
import { freePort } from '../support/ports.ts'
import { run, scratchFor, succeed } from '../support/run.ts'

// What programs print and write, dropped as it is.

const cwd = scratchFor('piles')
const at = (name: string): string => join(cwd, name)
const PASSWORD = 'geheim 123'
const expected: string[] = []

beforeAll(async () => {
  const around = surroundings({ at: new Date() })
  const root = await issued('root', request('Pile Root'), null, 'p256', around)
  const ca = await issued('intermediate', request('Pile CA'), root, 'p256', around)
  const server = await issued('tlsServer', request('localhost'), ca, 'rsa-2048', around)
  const { writeFileSync } = await import('node:fs')
  for (const [name, { certificate }] of Object.entries({ root, ca, server })) {
    writeFileSync(at(`${name}.pem`), encodePem('CERTIFICATE', certificate.der))
    expected.push(toHex(certificate.der))
  }
  writeFileSync(at('key.pem'), encodePem('PRIVATE KEY', server.key.pkcs8))
  const chain = ['-inkey', 'key.pem', '-in', 'server.pem', '-certfile', 'chain.pem', '-name', 'me']
  writeFileSync(at('chain.pem'), readFileSync(at('ca.pem'), 'utf8') + readFileSync(at('root.pem'), 'utf8'))
  await succeed(
    'openssl',
    ['pkcs12', '-export', ...chain, '-out', 'me.p12', '-passout', `pass:${PASSWORD}`],
    { cwd },
  )
})

const read = (content: string | Uint8Array, passwords: string[] = []): Promise<Pile> =>
  readPile(
    [{ name: 'dropped', bytes: typeof content === 'string' ? new TextEncoder().encode(content) : content }],
    { passwords },
  )

/** Every certificate of the chain, each once, whatever the order; and no complaint. */
function expectChain(pile: Pile): void {
  expect(pile.problems).toEqual([])
  const found = pile.items.flatMap((item) =>
    item.kind === 'certificate' ? [toHex(item.certificate.der)] : [],
  )
  expect(new Set(found)).toEqual(new Set(expected))
}

const keyKinds = ({ items }: Pile): string[] =>
  items.map(({ kind }) => kind).filter((kind) => kind !== 'certificate')

test('openssl s_client -showcerts, as it is printed', async () => {
  const port = await freePort()
  const chain = ['-cert', 'server.pem', '-key', 'key.pem', '-cert_chain', 'chain.pem']
  const server = spawn('openssl', ['s_server', '-accept', String(port), ...chain, '-quiet'], {
    cwd,
    stdio: 'ignore',
  })
  try {
    let output = ''
    for (let tries = 0; tries < 50 && !output.includes('END CERTIFICATE'); tries++) {
      await wait(200)
      output = (await run('openssl', ['s_client', '-connect', `127.0.0.1:${port}`, '-showcerts'])).output
    }
    // With TLS 1.3 the session comes behind the handshake, and may not be printed before the client ends.
    expect(output).toContain('Certificate chain')
    expectChain(await read(output))
  } finally {
    server.kill()
  }
})

test('openssl x509 -text before each certificate', async () => {
  const texts = await Promise.all(
    ['root', 'ca', 'server'].map((name) =>
      succeed('openssl', ['x509', '-text', '-in', `${name}.pem`], { cwd }),
    ),
  )
  expectChain(await read(texts.map(({ stdout }) => stdout).join('')))
})

test('openssl pkcs12 printed, with bag attributes and an encrypted key', async () => {
  const print = ['pkcs12', '-in', 'me.p12', '-passin', `pass:${PASSWORD}`, '-passout', `pass:${PASSWORD}`]
  const { stdout } = await succeed('openssl', print, { cwd })
  const closed = await read(stdout)
  expectChain(closed)
  expect(keyKinds(closed)).toEqual(['locked'])
  expect(keyKinds(await read(stdout, [PASSWORD]))).toEqual(['privateKey'])
})

test('keytool -list -rfc, and its store', async () => {
  const list = ['-list', '-rfc', '-keystore', at('me.p12'), '-storepass', PASSWORD]
  expectChain(await read((await succeed('keytool', list)).stdout))
})

test('certtool -i, and certutil -L -a', async () => {
  const print = await succeed('certtool', ['-i', '--infile', at('server.pem')])
  const rest = await succeed('certtool', ['-i', '--infile', at('chain.pem')])
  const pile = await read(print.stdout + rest.stdout)
  expect(pile.problems).toEqual([])
  const database = `sql:${scratchFor('piles-nss')}`
  await succeed('certutil', ['-N', '-d', database, '--empty-password'])
  for (const name of ['root', 'ca', 'server'])
    await succeed('certutil', ['-A', '-d', database, '-n', name, '-t', ',,', '-a', '-i', at(`${name}.pem`)])
  const printed = await Promise.all(
    ['root', 'ca', 'server'].map((name) => succeed('certutil', ['-L', '-d', database, '-n', name, '-a'])),
  )
  expectChain(await read(printed.map(({ stdout }) => stdout).join('\n')))
})

test('a mixed drop: what is broken is named, what is good goes in', async () => {
  const file = (name: string, content: string | Uint8Array) => ({
    name,
    bytes: typeof content === 'string' ? new TextEncoder().encode(content) : content,
  })
  const p12 = Uint8Array.from(readFileSync(at('me.p12')))
  const slow = ['pkcs8', '-topk8', '-in', 'key.pem', '-iter', '10000000', '-out', 'slow.key']
  await succeed('openssl', [...slow, '-passout', `pass:${PASSWORD}`], { cwd })
  const { items, problems } = await readPile(
    [
      file('good.pem', readFileSync(at('chain.pem'), 'utf8')),
      file('cut.p12', p12.subarray(0, 900)),
      file('slow.key', readFileSync(at('slow.key'), 'utf8')),
      file('notes.txt', 'nothing to see'),
      file('me.p12', p12),
      file('wrong.key', readFileSync(at('key.pem'), 'utf8').replace(/\nMII/, '\n!II')),
    ],
    { passwords: ['wrong', PASSWORD] },
  )
  expect(problems.map(({ code, source }) => [source.file, code])).toEqual([
    ['cut.p12', 'der-truncated'],
    ['slow.key', 'container-iterations-too-many'],
    ['notes.txt', 'pile-nothing-found'],
    ['wrong.key', 'pem-base64-invalid'],
  ])
  expect(items.filter(({ kind }) => kind === 'certificate')).toHaveLength(5)
  expect(items.filter(({ kind }) => kind === 'privateKey')).toHaveLength(1)
})
