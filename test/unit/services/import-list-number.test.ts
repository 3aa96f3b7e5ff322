/** The number of the next list as a folder tells it: anybody may have written it. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { InFile } from '../../../src/border/words.ts'
import { encodePem } from '../../../src/x509/pem.ts'
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
  const { token, authorities } = await worker.client.call('import.read', { files })
  expect(authorities).toMatchObject([{ listNumber: null }])
  const indices = authorities.map(({ index }) => index)
  await worker.client.call('import.store', {
    token,
    choice: { authorities: indices, certificatesOf: indices, others: true, requests: true },
    ...{ keyKeeping: { kind: 'vault' }, actor: ADA },
  })
  const { lists } = await worker.client.call('list.sign', { ...LIST, authorityId: root.authorityId! })
  expect(Number(lists[0]!.number)).toBeLessThanOrEqual(worker.clock.now)
})
