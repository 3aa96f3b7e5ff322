import '../support/english.ts'
import { describe, expect, test } from 'vitest'
import type { DestinationId } from '../../src/destinations/printed.ts'
import type { Rule } from '../../src/mtls/rules/rule.ts'
import type { Ends } from '../../src/services/lab/ready/stage.ts'
import { CN } from '../../src/services/validate/examples/draw.ts'
import { freePort } from '../support/ports.ts'
import { cast, parties, pasted, scenarioOf, started, status, unzipped } from '../support/settings/bundles.ts'
import { sha256Hex } from '../../src/webcrypto/signature.ts'

// Printed clients from the archive as it is downloaded, at a printed server of Node.

const isLong = process.env.SETTINGS === 'all'
const CLIENTS: readonly DestinationId[] = isLong
  ? ['node', 'nginx', 'openssl', 'curl', 'haproxy', 'stunnel', 'python', 'go', 'java']
  : ['node', 'nginx']
/** Each listens itself, and answers what it is answered. */
const PROXIES: readonly DestinationId[] = ['nginx', 'haproxy', 'stunnel']

/** `in`, or what was said instead. */
async function reached(id: DestinationId, ends: Ends): Promise<string> {
  const { scenario, given } = await scenarioOf(ends)
  const [port, localPort] = [await freePort(), await freePort()]
  const serverKey = ends.server?.sends?.[0] ?? given.server
  await started(await unzipped('node', 'server', scenario, { port, key: serverKey }), port)
  const bundle = await unzipped(id, 'client', scenario, { port, localPort, key: given.client })
  const { printed, folder } = bundle
  if (PROXIES.includes(id)) {
    await started(bundle, localPort)
    const answer = await status(folder, printed.ask)
    return answer === '200' ? 'in' : answer
  }
  for (const line of [...printed.before, ...printed.check]) {
    const { code, output } = await pasted(folder, [line])
    if (code !== 0) throw new Error(`${line} → ${code}\n${output}`)
  }
  const { code, stdout, output } = await pasted(folder, printed.start)
  return code === 0 && /200|^ok$/m.test(stdout) ? 'in' : `out ${code} ${output}`
}

describe.each(CLIENTS)('%s as the client', (id) => {
  test('reaches the server that is meant, and no other', async () => {
    const { given, otherRoot } = await parties()
    const strangeCa = await cast.ca(otherRoot, 'Other Server CA')
    const stranger = await cast.server(strangeCa)
    const expired = await cast.server(given.serverCa, { notAfter: cast.inDays(-1) })
    const names = { subjectAltName: [{ kind: 'dNSName', value: 'www.example.com' }] } as const
    const misnamed = await cast.server(given.serverCa, {
      subject: [CN('www.example.com')],
      extensions: names,
    })
    const byCn = await cast.server(given.serverCa, { extensions: names })
    expect(await reached(id, {})).toBe('in')
    for (const sends of [
      [stranger, strangeCa],
      [expired, given.serverCa],
      [misnamed, given.serverCa],
    ])
      expect(await reached(id, { server: { sends } })).not.toBe('in')
    const { printed } = await unzipped(id, 'client', (await scenarioOf()).scenario, {})
    const isByCn = printed.limits.some(({ code }) => code === 'cn-always-counts')
    expect((await reached(id, { server: { sends: [byCn, given.serverCa] } })) === 'in').toBe(isByCn)
  })

  test('asks for a key, or reaches nobody and says so', async () => {
    const { given } = await parties()
    const pin = async (spki: Uint8Array): Promise<Rule> => ({ kind: 'key', sha256: [await sha256Hex(spki)] })
    const right = { client: { set: { lets: await pin(given.server.certificate.spki.der) } } }
    const wrong = { client: { set: { lets: await pin(given.client.certificate.spki.der) } } }
    const { printed } = await unzipped(id, 'client', (await scenarioOf(right)).scenario, {})
    const isClosed = printed.limits.some(({ effect }) => effect === 'nobody')
    const isOpen = printed.limits.some(({ code }) => code === 'rules-ignored')
    expect((await reached(id, right)) === 'in').toBe(!isClosed)
    expect((await reached(id, wrong)) === 'in').toBe(isOpen)
  })
})
