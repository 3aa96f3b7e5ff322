import { describe, expect, test } from 'vitest'
import { HEADER_FORMATS } from '../../src/mtls/proxy/formats.ts'
import type { HeaderRow } from '../../src/mtls/proxy/format.ts'
import { readHeader } from '../../src/mtls/proxy/read-header.ts'
import { askBehind, shownClient, type Answer } from '../support/proxies/ask.ts'
import { PROXIES, type ProxyId } from '../support/proxies/proxy.ts'

// What proxies write of a client's certificate is what is written here, octet for octet, and is read back.

const IDS = Object.keys(PROXIES) as ProxyId[]
const FORGED = 'forged'
/** A client's own copy of each header. */
const forged = (rows: readonly HeaderRow[]): Record<string, string> =>
  Object.fromEntries(rows.map(({ name }) => [name, FORGED]))

const linesOf = (rows: readonly HeaderRow[], { received }: Answer): string =>
  rows
    .flatMap(({ name }) => {
      const value = received.get(name.toLowerCase())
      return value === undefined ? [] : [`${name}: ${value}`]
    })
    .join('\r\n')

describe.each(IDS)('%s', (id) => {
  const { rows, setting } = HEADER_FORMATS[id]
  const forwarded = rows.filter(({ never }) => !never)

  test('writes the headers that are written here, and its own settings replace a forged copy', async () => {
    const { client, from } = await shownClient()
    const answer = await askBehind(id, { setting, client, sent: forged(forwarded) })
    for (const { name, write } of forwarded)
      expect([name, answer.received.get(name.toLowerCase()) ?? null]).toEqual([name, write!(from)])
    const read = readHeader(linesOf(forwarded, answer))
    expect(read).toMatchObject({ value: { headers: [{ format: id }] } })
    if ('fault' in read) throw new Error(read.fault.code)
    expect(read.value.headers[0]!.clients[0]!.certificate).toEqual(client.certificate.der)
  })

  test('writes the same of a client that sends its certificate alone', async () => {
    const { client, from } = await shownClient()
    const { received } = await askBehind(id, { setting, client, chain: 'own' })
    for (const { name, write } of forwarded)
      expect([name, received.get(name.toLowerCase()) ?? null]).toEqual([name, write!({ ...from, chain: [] })])
  })

  test('lets no client without a certificate claim one', async () => {
    const answer = await askBehind(id, { setting, client: null, sent: forged(forwarded) })
    expect(answer.status).toBe(200)
    expect([...answer.received.values()]).not.toContain(FORGED)
    const read = readHeader(linesOf(forwarded, answer))
    const clients = 'value' in read ? read.value.headers.flatMap((each) => each.clients) : []
    for (const { certificate, facts } of clients)
      expect([certificate, facts]).toMatchObject([null, [{ kind: 'verify', text: 'NONE' }]])
  })
})

/** How each is told to forward what is not to be forwarded. */
const NEVER: readonly (readonly [
  ProxyId,
  isOne: (variable: string) => boolean,
  line: (row: HeaderRow) => string,
])[] = [
  [
    'nginx',
    (variable) => variable.endsWith('legacy'),
    ({ name, variable }) => `proxy_set_header ${name} ${variable};`,
  ],
  ['haproxy', () => true, ({ name, variable }) => `http-request set-header ${name} ${variable}`],
  [
    'apache',
    () => true,
    ({ name, variable }) =>
      variable.startsWith('SSLOptions')
        ? `${variable}\nRequestHeader set ${name} "%{SSL_CLIENT_S_DN}s"`
        : `RequestHeader set ${name} "${variable}"`,
  ],
]

test.each(NEVER)(
  '%s writes the forms that are not to be forwarded as they are written here',
  async (id, isOne, line) => {
    const { client, from } = await shownClient()
    const rows = HEADER_FORMATS[id].rows.filter(({ never, variable }) => never && isOne(variable))
    const { received } = await askBehind(id, { setting: rows.map(line).join('\n'), client })
    expect(rows.length).toBeGreaterThan(0)
    for (const { name, write } of rows)
      expect([name, received.get(name.toLowerCase())]).toEqual([name, write!(from)])
  },
)

test('nginx folds the lines of $ssl_client_cert, and the server behind it refuses them', async () => {
  const { client } = await shownClient()
  const row = HEADER_FORMATS.nginx.rows.find(({ variable }) => variable === '$ssl_client_cert')!
  const { status } = await askBehind('nginx', {
    setting: `proxy_set_header ${row.name} ${row.variable};`,
    client,
  })
  expect(status).toBe(400)
})
