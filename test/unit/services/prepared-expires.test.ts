import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  ADA,
  createVault,
  hierarchy,
  prepareInput,
  startWorker,
  type TestWorker,
} from '../../support/worker.ts'

const MINUTE = 60_000

let worker: TestWorker
let authorityId: string
beforeEach(async () => {
  worker = startWorker()
  await createVault(worker)
  authorityId = (await hierarchy(worker)).intermediateId
})
afterEach(() => {
  worker.close()
})

const prepare = () =>
  worker.client.call(
    'issue.prepare',
    prepareInput({
      ...{ authorityId, profileId: 'tlsServer', commonName: 'a.example.com', names: ['a.example.com'] },
    }),
  )
const sign = (token: string | null) =>
  worker.client.call('issue.sign', {
    ...{ token: token!, acknowledged: [], actor: ADA },
    ...{ caKey: { kind: 'vault' }, endEntityKey: { kind: 'sealed' } },
  })
/** Simulates activity, so that the vault does not lock when idle. */
async function pass(milliseconds: number): Promise<void> {
  for (let left = milliseconds; left > 0; left -= 5 * MINUTE) {
    worker.clock.now += Math.min(left, 5 * MINUTE)
    await prepare()
  }
}

test('what is prepared is signed within the hour', async () => {
  const [first, second] = [await prepare(), await prepare()]
  await pass(58 * MINUTE)
  await sign(first.token)
  await pass(4 * MINUTE)
  await expect(sign(second.token)).rejects.toMatchObject({ code: 'token-expired' })
  // It is gone, and can be prepared again and signed.
  await expect(sign(second.token)).rejects.toMatchObject({ code: 'token-unknown' })
  await sign((await prepare()).token)
})

test('what is prepared is signed on the same day', async () => {
  worker.clock.now = Date.UTC(2026, 10, 21, 23, 55)
  await worker.client.call('vault.status', null)
  const unlocked = await worker.client.call('vault.unlock', {
    passphrase: 'correct horses eat lemon bread',
    actor: ADA,
  })
  expect(unlocked).toBeDefined()
  const { token } = await prepare()
  await pass(6 * MINUTE)
  await expect(sign(token)).rejects.toMatchObject({ code: 'token-expired' })
})
