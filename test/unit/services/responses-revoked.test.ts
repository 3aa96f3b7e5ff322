/** OCSP responses of a CA that is revoked, by itself or by its responder: only where that is accepted. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ADA, createVault, issue, LIST, RESPONSES, startWorker } from '../../support/worker.ts'
import type { TestWorker } from '../../support/worker.ts'

let worker: TestWorker
let authorityId: string
let responderId: string
beforeEach(async () => {
  worker = startWorker()
  await createVault(worker)
  const root = await issue(worker, { profileId: 'root', commonName: 'Example Root' })
  const sub = await issue(worker, {
    ...{ authorityId: root.authorityId, profileId: 'intermediate', commonName: 'Example Issuing CA' },
    extensions: { keyUsage: ['keyCertSign', 'cRLSign', 'digitalSignature'] },
  })
  authorityId = sub.authorityId!
  const responder = { authorityId, profileId: 'ocspSigner', commonName: 'Responder' }
  responderId = (await issue(worker, responder)).certificateId
  const names = ['a.example.com']
  await issue(worker, { authorityId, profileId: 'tlsServer', commonName: 'a.example.com', names })
  await worker.client.call('revocation.revoke', {
    ...{ certificateId: sub.certificateId, reason: 'cACompromise', invalidityDate: null, actor: ADA },
  })
})
afterEach(() => {
  worker.close()
})

describe.each(['the CA itself', 'its responder'])('%s', (who) => {
  const asked = () => ({
    ...{ ...RESPONSES, authorityId, responderId: who === 'its responder' ? responderId : null },
  })

  test('signs no response before the override, and the journal has that', async () => {
    await expect(worker.client.call('response.sign', asked())).rejects.toMatchObject({
      code: 'authority-revoked',
      detail: { tier: 'Example Issuing CA' },
    })
    const { against } = await worker.client.call('response.plan', { authorityId })
    expect(against).toMatchObject([{ code: 'tier-revoked' }])
    const acknowledged = against.map(({ code }) => code)
    const { responses } = await worker.client.call('response.sign', {
      ...{ ...asked(), acknowledged, shown: against },
    })
    expect(responses).toBeGreaterThan(0)
    const { entries } = await worker.client.call('journal.list', { offset: 0, limit: 2 })
    expect(entries.map(({ act }) => act).sort()).toEqual(['responses-signed', 'revocation-overridden'])
  })
})

test('its lists are signed as before', async () => {
  const { lists } = await worker.client.call('list.sign', { ...LIST, authorityId })
  expect(lists).toHaveLength(1)
})
