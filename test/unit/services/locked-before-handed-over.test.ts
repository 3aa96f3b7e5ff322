import { serialize } from 'node:v8'
import { expect, test } from 'vitest'
import { isCodedError } from '../../../src/errors.ts'
import type { In, Method } from '../../../src/border/protocol.ts'
import { batchOf } from '../../support/inputs.ts'
import {
  ADA,
  createVault,
  hierarchy,
  issue,
  LIST,
  PASSPHRASE,
  prepareInput,
  RESPONSES,
  ownWorker,
} from '../../support/worker.ts'

// A file that was asked for while the vault was open, and the lock before it is there.

async function opened() {
  const worker = ownWorker()
  await createVault(worker)
  const { rootId } = await hierarchy(worker)
  const { client } = worker
  const [list] = (await client.call('list.sign', { ...LIST, authorityId: rootId })).lists
  const { certificateId } = (await client.call('authority.list', null)).find(({ id }) => id === rootId)!
  const responder = await issue(worker, { authorityId: rootId, profileId: 'ocspSigner', commonName: 'OCSP' })
  const name = { type: 'commonName', value: 'www.example.com' }
  const request = await client.call('request.make', {
    request: {
      profileId: 'tlsServer',
      subject: [name],
      subjectAltNames: [],
      signature: null,
      extensions: {},
    },
    key: { kind: 'generate', algorithm: 'p256' },
    keyKeeping: { kind: 'vault' },
    actor: ADA,
  })
  return {
    worker,
    rootId,
    certificateId,
    listId: list!.id,
    responderId: responder.certificateId,
    requestId: request.id,
  }
}
type Opened = Awaited<ReturnType<typeof opened>>

const ASKED: { [M in Method]?: (here: Opened) => In<M> } = {
  'authority.exportKey': ({ rootId }) => ({
    authorityId: rootId,
    format: 'pkcs8',
    vaultPassphrase: PASSPHRASE,
    keyPassphrase: null,
    filePassphrase: PASSPHRASE,
    actor: ADA,
  }),
  'certificate.export': ({ certificateId }) => ({
    certificateId,
    ...{ what: 'chain', format: 'pem', includeRoot: true, protection: null, actor: ADA },
  }),
  'inventory.table': () => ({ which: { query: {} } }),
  'journal.export': () => ({ actor: ADA }),
  'list.calendar': ({ rootId }) => ({ authorityId: rootId }),
  'list.file': ({ listId }) => ({ listId }),
  'request.export': ({ requestId }) => ({ requestId, format: 'pem' }),
  'response.sign': ({ rootId, responderId }) => ({ ...RESPONSES, authorityId: rootId, responderId }),
  'vault.backup': () => ({ passphrase: null, actor: ADA }),
}

test.each(Object.keys(ASKED) as Method[])('%s is dropped, and says so', async (method) => {
  const here = await opened()
  const { client } = here.worker
  const ask = () => client.call(method, (ASKED[method] as (here: Opened) => never)(here))
  const asked = expect(ask()).rejects.toMatchObject({
    code: 'locked-before-handed-over',
    detail: { isStored: false },
  })
  await client.call('vault.lock', null)
  await asked
  await client.call('vault.unlock', { passphrase: PASSPHRASE, actor: ADA })
  await ask()
})

test.each([0, 1, 2, 4, 8, 16, 32])('lists and a lock after %i turns: what is said is so', async (turns) => {
  const { worker, rootId } = await opened()
  const { client } = worker
  const signing = client
    .call('list.sign', { ...LIST, authorityId: rootId, count: 3 })
    .then(() => 'signed', codeOf)
  for (let n = 0; n < turns; n++) await new Promise((resolve) => setTimeout(resolve))
  await client.call('vault.lock', null)
  const { lists } = await client.call('list.all', { authorityId: rootId })
  const stored = { signed: 4, 'locked-before-handed-over': 4, 'vault-locked': 1 }
  expect(lists).toHaveLength(stored[(await signing) as keyof typeof stored])
})

test('a batch that a lock ends says what is stored, and hands no key over', async () => {
  const { worker, rootId } = await opened()
  const { client } = worker
  const passphrase = 'to open the files'
  const keys = { kind: 'hand-out', format: 'pkcs8', protection: { kind: 'encrypted', passphrase } } as const
  const names = Array.from({ length: 600 }, (_, n) => `host-${String(n)}.example.com`)
  let locking: Promise<unknown> | undefined
  const result = await client.call(
    'batch.start',
    { ...batchOf(rootId, names), keys },
    {
      onProgress: (progress) => {
        if ('done' in progress && progress.done > 0) locking ??= client.call('vault.lock', null)
      },
    },
  )
  await locking
  expect(result).toMatchObject({ made: 'locked', stopped: { why: { code: 'vault-locked' } } })
  expect(result.issued).toBeGreaterThan(0)
  const sent = worker.messages.filter((message) => serialize(message).includes('PRIVATE KEY'))
  expect(sent).toEqual([])
})

test.each([0, 1, 2, 4, 8, 16, 32])(
  'a key to be handed out and a lock after %i turns: it comes, or it is said that it does not',
  async (turns) => {
    const { worker, rootId } = await opened()
    const { client } = worker
    const { token, warnings } = await client.call(
      'issue.prepare',
      prepareInput({ authorityId: rootId, profileId: 'tlsServer', commonName: '', names: ['a.example.com'] }),
    )
    const order: string[] = []
    client.on(({ name }) => order.push(name))
    const protection = { kind: 'encrypted', passphrase: 'to open the file' } as const
    const signing = client
      .call('issue.sign', {
        token: token!,
        acknowledged: warnings,
        caKey: { kind: 'vault' },
        endEntityKey: { kind: 'hand-out', format: 'pkcs8', protection },
        actor: ADA,
      })
      .then(({ handedOut }) => order.push(handedOut === 'locked' ? 'withheld' : 'handed'), codeOf)
    for (let n = 0; n < turns; n++) await new Promise((resolve) => setTimeout(resolve))
    await client.call('vault.lock', null)
    await signing
    const handed = order.indexOf('handed')
    expect(handed).toBeLessThan(order.indexOf('locked'))
  },
)

const codeOf = (error: unknown): string => (isCodedError(error) ? error.code : String(error))
