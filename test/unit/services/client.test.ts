import { expect, test } from 'vitest'
import { CodedError } from '../../../src/errors.ts'
import { createClient } from '../../../src/border/client.ts'
import { serve, type Handlers } from '../../../src/border/dispatch.ts'
import type { VaultEvent } from '../../../src/border/protocol.ts'

function connect(handlers: Partial<Handlers>) {
  const { port1, port2 } = new MessageChannel()
  const send = serve(port2, handlers as Handlers)
  const client = createClient(port1)
  port1.start()
  port2.start()
  return { client, send, close: () => port1.close() }
}

test('a call is answered with what its handler returns', async () => {
  const { client, close } = connect({ 'vault.touch': () => ({ locksAt: new Date(7) }) })
  expect(await client.call('vault.touch', null)).toEqual({ locksAt: new Date(7) })
  close()
})

test('a coded error arrives as one, with its detail', async () => {
  const { client, close } = connect({
    'vault.lock': () => {
      throw new CodedError('passphrase-wrong', { slots: 2 })
    },
  })
  const error = await client.call('vault.lock', null).catch((error: unknown) => error)
  expect(error).toBeInstanceOf(CodedError)
  expect(error).toMatchObject({ code: 'passphrase-wrong', detail: { slots: 2 } })
  close()
})

test('a bug arrives as a bare error', async () => {
  const { client, close } = connect({
    'vault.lock': () => {
      throw new TypeError('no such thing')
    },
  })
  const error = await client.call('vault.lock', null).catch((error: unknown) => error)
  expect(error).not.toBeInstanceOf(CodedError)
  expect(String(error)).toContain('no such thing')
  close()
})

test('aborting a call stops its handler and rejects with cancelled', async () => {
  let stopped = false
  const { client, close } = connect({
    'vault.check': (_input, call) =>
      new Promise((_resolve, reject) => {
        const { signal } = call
        signal.addEventListener('abort', () => {
          stopped = true
          reject(signal.reason as Error)
        })
        call.progress({ kind: 'step', step: 'check', done: 0, total: 1 })
      }),
  })
  const controller = new AbortController()
  const call = client.call('vault.check', null, {
    signal: controller.signal,
    onProgress: () => controller.abort(),
  })
  await expect(call).rejects.toMatchObject({ code: 'cancelled', detail: { method: 'vault.check' } })
  expect(stopped).toBe(true)
  close()
})

test('an event reaches the listeners until they leave', async () => {
  const { client, send, close } = connect({ 'vault.touch': () => ({ locksAt: null }) })
  const heard: VaultEvent[] = []
  const leave = client.on((event) => heard.push(event))
  send({ name: 'unlocked' })
  await client.call('vault.touch', null)
  leave()
  send({ name: 'locked', reason: 'idle' })
  await client.call('vault.touch', null)
  expect(heard).toEqual([{ name: 'unlocked' }])
  close()
})

test('calls made before the port is there are answered once it is, in their order', async () => {
  const { port1, port2 } = new MessageChannel()
  const order: number[] = []
  const handlers: Partial<Handlers> = {
    'vault.touch': () => ({ locksAt: new Date(order.push(order.length)) }),
  }
  serve(port2, handlers as Handlers)
  port2.start()
  let come = (_port: MessagePort): void => undefined
  const client = createClient(new Promise<MessagePort>((resolve) => (come = resolve)))
  const [one, other] = [client.call('vault.touch', null), client.call('vault.touch', null)]
  come(port1)
  port1.start()
  expect(await Promise.all([one, other])).toEqual([{ locksAt: new Date(1) }, { locksAt: new Date(2) }])
  expect(await client.call('vault.touch', null)).toEqual({ locksAt: new Date(3) })
  port1.close()
})

test('where the port never comes, each call says why', async () => {
  const client = createClient(Promise.reject(new CodedError('pack-broken', { pack: 'worker' })))
  for (let i = 0; i < 2; i++)
    await expect(client.call('vault.touch', null)).rejects.toMatchObject({ code: 'pack-broken' })
})
