import '../../support/english.ts'
import { afterEach, expect, test, vi } from 'vitest'
import { errorSentence } from '../../../src/messages/messages.ts'
import { encodePem } from '../../../src/x509/pem.ts'
import { issued, request } from '../../support/authority.ts'
import { ADA, createVault, PASSPHRASE, startWorker } from '../../support/worker.ts'

// Site data blocked, a private window without storage, a broken database: there is no vault, but validation works.

const root = await issued('root', request('Root'), null)
const server = await issued('tlsServer', request('www.example.com'), root)
const pem = [root, server].map(({ certificate }) => encodePem('CERTIFICATE', certificate.der)).join('')
const chain = { name: 'chain.pem', bytes: new TextEncoder().encode(pem) }
const WAYS: [string, () => void][] = [
  [
    'refuses IndexedDB',
    () =>
      void vi.spyOn(indexedDB, 'open').mockImplementation(() => {
        throw new DOMException('The operation is insecure.', 'SecurityError')
      }),
  ],
  ['has no IndexedDB', () => void vi.stubGlobal('indexedDB', undefined)],
]
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

test.each(WAYS)(
  'where the browser %s a chain is validated, and the vault’s page says why there is none',
  async (_how, block) => {
    block()
    const worker = startWorker()
    const { client } = worker
    const pile = await client.call('validate.read', { files: [chain], passwords: [], add: false })
    expect(pile.total).toBe(2)
    expect(await client.call('validate.stores', null)).toEqual([])
    const { target, roots } = pile.guess
    const options = { at: new Date(worker.clock.now), purpose: 'serverAuth' } as const
    const question = { target: target, stores: [], trusted: roots, options }
    const answer = await client.call('validate.run', question)
    expect(answer.report.verdict).toBe('valid')
    const { der } = server.certificate
    expect(await client.call('certificate.read', { der })).toMatchObject({ der })
    const kept = { name: 'mine', from: { kind: 'pile', certificates: [0] }, actor: ADA } as const
    await client.call('validate.addStore', { ...kept, keep: 'visit' })
    await expect(
      client.call('validate.addStore', { ...kept, name: 'other', keep: 'vault' }),
    ).rejects.toMatchObject({
      code: 'storage-refused',
    })
    const refused = [
      client.call('vault.status', null),
      createVault(worker),
      client.call('vault.unlock', { passphrase: PASSPHRASE, actor: ADA }),
      client.call('authority.list', null),
    ]
    for (const call of refused) {
      const error: unknown = await call.catch((error: unknown) => error)
      expect(error).toMatchObject({ code: 'storage-refused' })
      expect(errorSentence(error)).toMatch(/keeps nothing for this page .* Validate works without one/)
    }
    worker.close()
  },
)
