import { expect, test } from 'vitest'
import { isCodedError } from '../../../src/errors.ts'
import type { In, Method } from '../../../src/border/protocol.ts'
import {
  ADA,
  createVault,
  hierarchy,
  issue,
  LIST,
  PASSPHRASE,
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

const codeOf = (error: unknown): string => (isCodedError(error) ? error.code : String(error))
