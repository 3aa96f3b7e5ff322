/** The number of the next list as a folder tells it: anybody may have written it. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { InFile } from '../../../src/border/words.ts'
import { highestNumber } from '../../../src/services/records/list-records.ts'
import type { AuthorityRecord } from '../../../src/vault/shapes.ts'
import { integerContent } from '../../../src/der/writer.ts'
import { encodePem } from '../../../src/x509/pem.ts'
import * as drawn from '../../support/chain.ts'
import { drawList } from '../../support/revocation.ts'
import { ADA, issue, LIST, openedToday, type TestWorker } from '../../support/worker.ts'

let worker: TestWorker
beforeEach(async () => {
  worker = await openedToday()
})
afterEach(() => {
  worker.close()
})

test.each([
  ['of more than 20 octets', 'FF'.repeat(21)],
  ['of 20 octets, with none left after it', `7F${'FF'.repeat(19)}`],
  ['that no count and no clock has reached', `01${'00'.repeat(9)}`],
])('a number %s is not taken, and lists go on', async (_name, crlNumber) => {
  const root = await issue(worker, { profileId: 'root', commonName: 'Example Root' })
  const file = (name: string, content: string): InFile => ({ name, bytes: new TextEncoder().encode(content) })
  const files = [
    file('x/cacert.pem', encodePem('CERTIFICATE', root.der)),
    file('x/index.txt', 'V\t361128000000Z\t\t04D2\tunknown\t/CN=a\n'),
    file('x/crlnumber', `${crlNumber}\n`),
  ]
  const { token, authorities, problems } = await worker.client.call('import.read', { files })
  expect(authorities).toMatchObject([{ listNumber: null }])
  const detail = { name: 'Example Root' }
  expect(problems).toMatchObject([{ code: 'import-list-number', detail, source: { file: 'x/crlnumber' } }])
  const indices = authorities.map(({ index }) => index)
  await worker.client.call('import.store', {
    token,
    choice: { authorities: indices, certificatesOf: indices, others: true, requests: true },
    ...{ keyKeeping: { kind: 'vault' }, actor: ADA },
  })
  const { lists } = await worker.client.call('list.sign', { ...LIST, authorityId: root.authorityId! })
  expect(Number(lists[0]!.number)).toBeLessThanOrEqual(worker.clock.now)
})

test('a list with the highest number of all is stored, and lists go on', async () => {
  const root = await drawn.root({ subject: 'CN=Outer Root' })
  const more = {
    oid: '2.5.29.20',
    critical: false,
    value: integerContent(Uint8Array.from({ length: 20 }, (_, n) => (n === 0 ? 0x7f : 255))),
  }
  const list = await drawList(root, { number: null, more: [more] })
  const files = [
    { name: 'root.der', bytes: root.certificate.der.slice() },
    { name: 'root.key', bytes: new TextEncoder().encode(encodePem('PRIVATE KEY', root.key.pkcs8)) },
    { name: 'root.crl', bytes: list.der.slice() },
  ]
  const { token, authorities, problems } = await worker.client.call('import.read', { files })
  expect(authorities).toMatchObject([{ listNumber: null }])
  expect(problems).toMatchObject([{ code: 'import-list-number', source: { file: 'root.crl' } }])
  const indices = authorities.map(({ index }) => index)
  const stored = await worker.client.call('import.store', {
    token,
    choice: { authorities: indices, certificatesOf: indices, others: true, requests: true },
    ...{ keyKeeping: { kind: 'vault' }, actor: ADA },
  })
  expect(stored).toMatchObject({ lists: 1 })
  const { authorityId } = stored.authorities[0]!
  const { lists } = await worker.client.call('list.sign', { ...LIST, authorityId })
  expect(Number(lists[0]!.number)).toBeLessThanOrEqual(worker.clock.now)
})

test('a number that an earlier build took from such a file does not count', () => {
  const last = (1n << 159n) - 1n
  expect(highestNumber({ listNumber: String(last) } as AuthorityRecord, [])).toBeNull()
  expect(highestNumber({ listNumber: '41' } as AuthorityRecord, [])).toBe(41n)
})
