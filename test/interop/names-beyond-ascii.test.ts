import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { encodePem } from '../../src/x509/pem.ts'
import { NEW_P256 } from '../support/outside-ca.ts'
import { scratchFor, succeed } from '../support/run.ts'
import { openedToday, ADA, hierarchy } from '../support/worker.ts'
import type { TestWorker } from '../support/worker.ts'

/** OpenSSL writes a name as it is typed; what can be issued in its place is issued once that was confirmed, and never before. */

let worker: TestWorker
let authorityId: string
const cwd = scratchFor('beyond-ascii')
const openssl = async (...args: string[]): Promise<string> => (await succeed('openssl', args, { cwd })).stdout

beforeAll(async () => {
  worker = await openedToday(60_000)
  authorityId = (await hierarchy(worker)).intermediateId
})
afterAll(() => {
  worker.close()
})

async function read(names: string) {
  const wanted = ['-subj', '/CN=münchen.example', '-utf8', '-addext', `subjectAltName=${names}`]
  await openssl('req', '-new', ...NEW_P256, 'k.pem', ...wanted, '-out', 'x.csr')
  const bytes = new Uint8Array(readFileSync(join(cwd, 'x.csr')))
  const { token, items } = await worker.client.call('certify.read', {
    files: [{ name: 'x.csr', bytes }],
    requestIds: [],
  })
  const confirm = (...places: number[]) => ({
    token,
    authorityId,
    profileId: 'custom',
    validity: null,
    take: [],
    chosen: [0],
    confirmed: places.map((place) => ({ index: 0, place })),
  })
  return { item: items[0]!, confirm }
}

test('nothing is issued for what was not confirmed', async () => {
  const { item, confirm } = await read('DNS:münchen.example, email:jörg@example.com, DNS:plain.example')
  expect(item.faultyNames.map(({ instead }) => instead?.value)).toEqual([
    'xn--mnchen-3ya.example',
    'jörg@example.com',
  ])
  for (const places of [[], [0], [1], [2]]) {
    const { previews } = await worker.client.call('certify.preview', confirm(...places))
    expect(previews).toMatchObject([{ fields: [], failure: { code: 'name-not-ascii' } }])
    const signed = await worker.client.call('certify.sign', {
      ...confirm(...places),
      acknowledged: [],
      actor: ADA,
    })
    expect(signed).toMatchObject({ certified: [], failed: [{ failure: { code: 'name-not-ascii' } }] })
  }
})

test('what was confirmed is issued, each name in its place, as OpenSSL and GnuTLS read it', async () => {
  const { confirm } = await read(
    'DNS:first.example, DNS:münchen.example, email:info@bücher.example, email:jörg@bücher.example, DNS:*.пример.example',
  )
  const { previews } = await worker.client.call('certify.preview', confirm(1, 2, 3, 4))
  const [{ fields, warnings, failure }] = previews as [(typeof previews)[0]]
  expect(failure).toBeNull()
  expect(fields.find(({ field }) => field === 'subjectAltName')).toMatchObject({
    why: 'operator',
    asked:
      'DNS:first.example, DNS:münchen.example, email:info@bücher.example, email:jörg@bücher.example, DNS:*.пример.example',
    given: expect.stringContaining('DNS:xn--mnchen-3ya.example') as unknown,
  })
  const { certified } = await worker.client.call('certify.sign', {
    ...confirm(1, 2, 3, 4),
    acknowledged: warnings,
    actor: ADA,
  })
  const { certificateId } = certified[0]!
  const { chain } = await worker.client.call('certificate.detail', { certificateId })
  writeFileSync(join(cwd, 'c.pem'), encodePem('CERTIFICATE', chain[0]!))
  const printed = await openssl(
    ...['x509', '-in', 'c.pem', '-noout', '-ext', 'subjectAltName', '-nameopt', 'utf8'],
  )
  expect(printed.replace(/\s+/g, ' ')).toContain(
    'DNS:first.example, DNS:xn--mnchen-3ya.example, email:info@xn--bcher-kva.example, ' +
      'othername: SmtpUTF8Mailbox::jörg@xn--bcher-kva.example, DNS:*.xn--e1afmkfd.example',
  )
  for (const host of ['xn--mnchen-3ya.example', 'x.xn--e1afmkfd.example'])
    expect(await openssl('x509', '-in', 'c.pem', '-noout', '-checkhost', host)).toMatch(/does match/)
  const { stdout } = await succeed('certtool', ['--certificate-info', '--infile', 'c.pem'], { cwd })
  expect(stdout).toMatch(/DNSname: (?:münchen\.example|xn--mnchen-3ya\.example)/)
})

test('what is not plain cannot be confirmed', async () => {
  const { item, confirm } = await read('DNS:m¼nchen.example')
  expect(item.faultyNames).toMatchObject([{ text: 'm¼nchen.example', instead: null }])
  const { previews } = await worker.client.call('certify.preview', confirm(0))
  expect(previews).toMatchObject([{ failure: { code: 'name-not-ascii', detail: { instead: null } } }])
})
