/** What was brought in is read a second time: it says that it is here, and nothing comes. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { InFile } from '../../../src/border/words.ts'
import * as drawn from '../../support/chain.ts'
import { ADA, openedToday, type TestWorker } from '../../support/worker.ts'

let worker: TestWorker
beforeEach(async () => {
  worker = await openedToday()
})
afterEach(() => worker.close())

const DAY = 86_400_000
const at = (days: number) => new Date(Math.floor((worker.clock.now + days * DAY) / 1000) * 1000)
const file = (name: string, { certificate: { der } }: drawn.Drawn): InFile => ({ name, bytes: der.slice() })

async function bring(...files: InFile[]) {
  const view = await worker.client.call('import.read', { files })
  const indices = view.authorities.map(({ index }) => index)
  const choice = { authorities: indices, certificatesOf: indices, others: true, requests: true }
  const { token } = view
  await worker.client.call('import.store', { token, choice, keyKeeping: { kind: 'vault' }, actor: ADA })
  return view.authorities.map(({ name, fate }) => `${name}: ${fate}`).sort()
}

test('a folder of step-ca: its database is named once, and its CA is read', async () => {
  const ca = await drawn.root({ notBefore: at(-10), notAfter: at(300), subject: 'CN=Step Root' })
  const octets = (name: string, text: string): InFile => ({ name, bytes: new TextEncoder().encode(text) })
  const { problems, authorities, passedOver } = await worker.client.call('import.read', {
    files: [
      file('step/certs/root_ca.crt', ca),
      octets('step/db/MANIFEST', 'Bdgr\0\0\0\x08\0\0\0\x02'),
      octets('step/db/000001.sst', '\x01\x02 table'),
      octets('step/db/000000.vlog', '\x01\x02 log'),
      octets('step/db/KEYREGISTRY', '\x01\x02 Hello Badger'),
    ],
  })
  expect(authorities.map(({ name }) => name)).toEqual(['Step Root'])
  expect(problems).toMatchObject([
    { code: 'pile-format-not-read', detail: { format: 'badger' }, source: { file: 'step/db/MANIFEST' } },
  ])
  expect(passedOver).toBe(3)
})

test('a ring: two CAs that certified each other', async () => {
  const valid = { notBefore: at(-10), notAfter: at(300) }
  const a = await drawn.root({ ...valid, subject: 'CN=A' })
  const b = await drawn.root({ ...valid, subject: 'CN=B' })
  const aByB = await drawn.crossCertificate(b, a, { ...valid, notAfter: at(200) })
  const bByA = await drawn.crossCertificate(a, b, { ...valid, notAfter: at(200) })
  const ring = () => [file('a-by-b.der', aByB), file('b-by-a.der', bByA)]
  expect(await bring(...ring())).toEqual(['A: new', 'B: new'])
  expect(await bring(...ring())).toEqual(['A: known', 'B: known'])
  const whole = () => [...ring(), file('a.der', a), file('b.der', b)]
  expect(await bring(...whole())).toEqual(['A: certificate-added', 'B: certificate-added'])
  expect(await bring(...whole())).toEqual(['A: known', 'B: known'])
})
