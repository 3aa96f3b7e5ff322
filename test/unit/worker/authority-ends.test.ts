/** Two sessions in one vault: a CA ends in the one while the other has it sign. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { In } from '../../../src/worker/protocol.ts'
import { batchOf } from '../../support/inputs.ts'
import {
  ADA,
  createVault,
  hierarchy,
  issue,
  LIST,
  PASSPHRASE,
  prepareInput,
  startWorker,
  type TestWorker,
} from '../../support/worker.ts'

let [signing, other]: TestWorker[] = []
let authorityId: string
beforeEach(async () => {
  signing = startWorker()
  await createVault(signing)
  ;({ intermediateId: authorityId } = await hierarchy(signing))
  other = startWorker(signing.name, signing.clock)
  await other.client.call('vault.unlock', { passphrase: PASSPHRASE, actor: ADA })
})
afterEach(() => {
  signing!.close()
  other!.close()
})

const retire = () => other!.client.call('authority.retire', { authorityId, actor: ADA })
const destroy = () =>
  other!.client.call('authority.destroyKey', {
    authorityId,
    typedName: 'Example Issuing CA',
    seen: [],
    actor: ADA,
  })
/** Another key takes over. */
async function replace() {
  const { certificateId } = (await other!.client.call('authority.list', null)).find(
    ({ id }) => id === authorityId,
  )!
  const { token, parts } = await other!.client.call('renewal.prepare', {
    certificateId,
    key: 'new',
    keyAlgorithm: null,
    authorityId: null,
    validity: null,
  })
  await other!.client.call('renewal.sign', {
    token: token!,
    acknowledged: parts.flatMap(({ warnings }) => warnings),
    caKey: { kind: 'vault' },
    endEntityKey: { kind: 'sealed' },
    revokeFormer: false,
    actor: ADA,
  })
}

const ENDS = [
  ['retired', retire, 'authority-retired'],
  ['replaced', replace, 'authority-replaced'],
  ['destroyed', destroy, 'key-destroyed'],
] as const

const server = (commonName: string) => ({
  authorityId,
  profileId: 'tlsServer',
  commonName,
  names: [commonName],
})

async function sign(token: string | null, acknowledged: In<'issue.sign'>['acknowledged'] = []) {
  return signing!.client.call('issue.sign', {
    token: token!,
    acknowledged,
    caKey: { kind: 'vault' },
    endEntityKey: { kind: 'sealed' },
    actor: ADA,
  })
}

const countHere = async (): Promise<number> =>
  (await signing!.client.call('certificate.list', { authorityId, offset: 0, limit: 1 })).total

describe.each(ENDS)('a CA that is %s in another tab', (_how, end, code) => {
  test('signs nothing that was prepared before', async () => {
    const { token } = await signing!.client.call('issue.prepare', prepareInput(server('a.example.com')))
    await end()
    await expect(sign(token)).rejects.toMatchObject({ code })
    expect(await countHere()).toBe(0)
  })

  test('issues no more of a batch, and what is reported is what is stored', async () => {
    const names = Array.from({ length: 600 }, (_, n) => `host${String(n)}.example.com`)
    const ended: Promise<unknown>[] = []
    const result = await signing!.client.call('batch.start', batchOf(authorityId, names), {
      onProgress: ({ done }) => {
        if (done > 0 && ended.length === 0) ended.push(end())
      },
    })
    await Promise.all(ended)
    expect(result.issued).toBeGreaterThan(0)
    expect(result.issued).toBeLessThan(600)
    expect(result.stopped).toMatchObject({ left: 600 - result.issued, why: { code } })
    expect(await countHere()).toBe(result.issued)
  }, 60_000)
})

test('a retired CA goes on with lists until its key is destroyed', async () => {
  await issue(signing!, server('a.example.com'))
  await retire()
  const list = () => signing!.client.call('list.sign', { ...LIST, authorityId })
  expect((await list()).lists).toHaveLength(1)
  await destroy()
  await expect(list()).rejects.toMatchObject({ code: 'key-destroyed' })
})
