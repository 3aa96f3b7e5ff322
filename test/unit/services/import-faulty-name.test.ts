import { afterEach, beforeEach, expect, test } from 'vitest'
import { encodePem } from '../../../src/x509/pem.ts'
import { root } from '../../support/chain.ts'
import { ADA, createVault, issue, startWorker, type TestWorker } from '../../support/worker.ts'

// An imported CA's name cannot be changed: a fault in it does not prevent issuing.

let worker: TestWorker
beforeEach(async () => {
  worker = startWorker()
  await createVault(worker)
})
afterEach(() => worker.close())

test('a CA with a name longer than Appendix A.1 allows is brought in and issues; a new name of that length is refused', async () => {
  const at = worker.clock.now
  const long = 'Long '.repeat(15).trim()
  const { certificate, key } = await root({
    subject: `CN=${long},O=Elsewhere`,
    notBefore: new Date(at - 86_400_000),
    notAfter: new Date(at + 4000 * 86_400_000),
  })
  const text = encodePem('CERTIFICATE', certificate.der) + encodePem('PRIVATE KEY', key.pkcs8)
  const files = [{ name: 'ca.pem', bytes: new TextEncoder().encode(text) }]
  const { token } = await worker.client.call('import.read', { files })
  const { authorities } = await worker.client.call('import.store', {
    token,
    choice: { authorities: [0], certificatesOf: [], others: false, requests: false },
    keyKeeping: { kind: 'vault' },
    actor: ADA,
  })
  const { authorityId } = authorities[0]!
  const names = ['www.example.com']
  const wish = { authorityId, profileId: 'tlsServer', commonName: 'www.example.com', names }
  const { certificateId } = await issue(worker, wish)
  const { chain } = await worker.client.call('certificate.detail', { certificateId })
  expect(chain).toHaveLength(2)
  await expect(issue(worker, { ...wish, commonName: long })).rejects.toBeDefined()
})
