import { chmodSync } from 'node:fs'
import { createServer } from 'node:http'
import { Agent, request } from 'node:https'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { encodePem } from '../../../src/x509/pem.ts'
import { endEntity } from '../chain.ts'
import { LASTING, clientOf, type Clients } from '../forwarding.ts'
import { allListen, start } from '../handshakes/programs/processes.ts'
import { freePort } from '../ports.ts'
import { once, scratch, succeed } from '../run.ts'
import { PROXIES, type ProxyId } from './proxy.ts'

/** A proxy that is started on loopback, asked, and listened to from behind. */

export interface Answer {
  readonly status: number
  /** The headers that arrived behind it, octets read as UTF-8, by their names in lower case. */
  readonly received: ReadonlyMap<string, string>
}

export interface Asking {
  readonly setting: string
  /** The certificate that the client sends; null: none, where one is optional. */
  readonly client: Clients['client'] | null
  /** Whether it sends its issuing CA too, or its certificate alone. */
  readonly chain?: 'whole' | 'own'
  /** Headers that it sends of its own. */
  readonly sent?: Readonly<Record<string, string>>
}

/** The client that all proxies are shown, and whom they trust. */
export const shownClient = once(() => clientOf())

const pem = (der: Uint8Array): string => encodePem('CERTIFICATE', der)

export async function askBehind(
  id: ProxyId,
  { setting, client, chain = 'whole', sent = {} }: Asking,
): Promise<Answer> {
  const { issuing } = await shownClient()
  const octets: Buffer[] = []
  const backend = createServer((_, response) => response.end('ok')).listen(0, '127.0.0.1')
  backend.on('connection', (socket) => socket.on('data', (data) => octets.push(Buffer.from(data))))
  onTestFinished(() => {
    backend.close()
  })
  await new Promise((resolve) => backend.once('listening', resolve))
  const port = await freePort()
  const { port: behind } = backend.address() as AddressInfo
  await started(id, { port, behind, setting, asks: client ? 'required' : 'optional' })
  const agent = new Agent({
    ...(client && {
      cert: pem(client.certificate.der) + (chain === 'whole' ? pem(issuing.certificate.der) : ''),
      key: encodePem('PRIVATE KEY', client.key.pkcs8),
    }),
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
  return { status, received: headersIn(Buffer.concat(octets).toString('utf8')) }
}

/** As they are on the wire: a reader of HTTP takes spaces off their ends. */
function headersIn(text: string): Map<string, string> {
  const [head = ''] = text.split('\r\n\r\n')
  return new Map(
    head
      .split('\r\n')
      .slice(1)
      .map((line) => {
        const [, name, value] = /^([^:]+): ?(.*)$/s.exec(line) ?? []
        return [name!.toLowerCase(), value!]
      }),
  )
}

type Where = Pick<Parameters<(typeof PROXIES)[ProxyId]['file'][1]>[0], 'port' | 'behind' | 'setting' | 'asks'>

async function started(id: ProxyId, where: Where): Promise<void> {
  const { authority, issuing } = await shownClient()
  const { path: folder, file } = scratch()
  // Apache gives up the rights of root.
  chmodSync(folder, 0o755)
  const server = await endEntity(authority, { ...LASTING, subject: 'CN=localhost' })
  const [own, key] = [pem(server.certificate.der), encodePem('PRIVATE KEY', server.key.pkcs8)]
  file('server.pem', own)
  file('server.key', key)
  file('server-both.pem', own + key)
  // With the issuing CA, so that a client need not send it.
  file('ca.pem', pem(authority.certificate.der) + pem(issuing.certificate.der))
  const { file: written, check, start: command } = PROXIES[id]
  file(written[0], written[1]({ folder, ...where }))
  await succeed(...check(folder))
  const [program, args] = command(folder)
  const { stop } = await start(program, args, { until: () => allListen([where.port]) })
  onTestFinished(stop)
}
