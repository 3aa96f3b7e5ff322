import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer, request as ask } from 'node:http'
import { Agent, request } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { HEADER_FORMATS } from '../../src/mtls/proxy/formats.ts'
import { readHeader } from '../../src/mtls/proxy/read-header.ts'
import { encodePem } from '../../src/x509/pem.ts'
import { endEntity } from '../support/chain.ts'
import { LASTING, clientOf } from '../support/forwarding.ts'
import { freePort } from '../support/ports.ts'
import { scratch, succeed } from '../support/run.ts'

// What nginx writes of a client's certificate is what is written here, octet for octet, and is read back.

test('nginx writes the headers that are written here, and its own settings replace a forged copy', async () => {
  const { rows, setting } = HEADER_FORMATS.nginx
  const { received, from } = await behindNginx(setting, { 'X-SSL-Client-Cert': 'forged' })
  for (const { name, write } of rows.filter(({ never }) => !never))
    expect([name, received.get(name.toLowerCase())]).toEqual([name, write!(from)])
  const lines = rows.flatMap(({ name }) =>
    received.has(name.toLowerCase()) ? [`${name}: ${received.get(name.toLowerCase())!}`] : [],
  )
  const read = readHeader(lines.join('\r\n'))
  expect(read).toMatchObject({ value: { headers: [{ format: 'nginx' }] } })
  if ('fault' in read) throw new Error(read.fault.code)
  expect(read.value.headers[0]!.clients[0]!.certificate).toEqual(from.client.certificate.der)
})

test('nginx writes the forms that are not to be forwarded as they are written here', async () => {
  const legacy = HEADER_FORMATS.nginx.rows.filter(
    ({ never, variable }) => never && variable.endsWith('legacy'),
  )
  const setting = legacy.map(({ name, variable }) => `proxy_set_header ${name} ${variable};`).join('\n')
  const { received, from } = await behindNginx(setting)
  for (const { name, write } of legacy)
    expect([name, received.get(name.toLowerCase())]).toEqual([name, write!(from)])
})

test('nginx folds the lines of $ssl_client_cert, and the server behind it refuses them', async () => {
  const row = HEADER_FORMATS.nginx.rows.find(({ variable }) => variable === '$ssl_client_cert')!
  const { status } = await behindNginx(`proxy_set_header ${row.name} ${row.variable};`)
  expect(status).toBe(400)
})

interface Answer {
  readonly status: number
  readonly received: ReadonlyMap<string, string>
  readonly from: Awaited<ReturnType<typeof clientOf>>['from']
}

/** Asks nginx with a client's certificate, and returns the headers that arrived behind it. */
async function behindNginx(setting: string, sent: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const { path, file } = scratch()
  const { authority, issuing, client, from } = await clientOf()
  const server = await endEntity(authority, { ...LASTING, subject: 'CN=localhost' })
  const pem = (der: Uint8Array): string => encodePem('CERTIFICATE', der)
  file('server.pem', pem(server.certificate.der))
  file('server.key', encodePem('PRIVATE KEY', server.key.pkcs8))
  file('ca.pem', pem(authority.certificate.der))
  const received = new Map<string, string>()
  const backend = createServer((incoming, response) => {
    for (const [name, value] of Object.entries(incoming.headers)) received.set(name, String(value))
    response.end('ok')
  }).listen(0, '127.0.0.1')
  onTestFinished(() => {
    backend.close()
  })
  await new Promise((resolve) => backend.once('listening', resolve))
  const port = await freePort()
  const { port: behind } = backend.address() as AddressInfo
  await start(path, file, port, behind, setting)
  const agent = new Agent({
    cert: pem(client.certificate.der) + pem(issuing.certificate.der),
    key: encodePem('PRIVATE KEY', client.key.pkcs8),
    rejectUnauthorized: false,
  })
  onTestFinished(() => {
    agent.destroy()
  })
  const status = await new Promise<number>((resolve, reject) => {
    request({ host: '127.0.0.1', port, agent, headers: sent }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode ?? 0))
    })
      .on('error', reject)
      .end()
  })
  return { status, received, from }
}

async function start(
  folder: string,
  file: (name: string, content: string) => string,
  port: number,
  behind: number,
  setting: string,
): Promise<void> {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((kind) => `${kind}_temp_path ${folder}/${kind};`)
    .join(' ')
  const conf = file(
    'nginx.conf',
    `daemon off; master_process off; pid ${folder}/nginx.pid; error_log ${folder}/error.log;
events {}
http { access_log off; ${temporary}
server { listen 127.0.0.1:${port} ssl;
ssl_certificate ${folder}/server.pem; ssl_certificate_key ${folder}/server.key;
ssl_client_certificate ${folder}/ca.pem; ssl_verify_client on; ssl_verify_depth 2;
location / { proxy_pass http://127.0.0.1:${behind};
${setting}
} } }`,
  )
  await succeed('nginx', ['-t', '-q', '-c', conf, '-p', folder])
  const child = spawn('nginx', ['-c', conf, '-p', folder], { stdio: 'ignore' })
  onTestFinished(() => {
    child.kill()
  })
  for (let tries = 0; ; tries++) {
    const isUp = await new Promise<boolean>((resolve) => {
      ask({ host: '127.0.0.1', port }, (response) => {
        response.resume()
        resolve(true)
      })
        .on('error', () => resolve(false))
        .end()
    })
    if (isUp) return
    if (tries === 50)
      throw new Error(`nginx did not start: ${readFileSync(join(folder, 'error.log'), 'utf8')}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
