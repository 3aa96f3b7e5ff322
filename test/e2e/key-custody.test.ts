import { execFileSync } from 'node:child_process'
import type { Worker } from 'playwright'
import { afterAll, beforeAll, expect } from 'vitest'
import type { App } from './support/app.ts'
import { reloadReady, startApp } from './support/app.ts'
import { holdsBytes, readStorage, recordMessages } from './support/storage.ts'
import type { WorkerCalls } from './support/worker-call.ts'
import { workerCalls } from './support/worker-call.ts'
import { story } from '../support/story.ts'

// A CA's private key, looked for everywhere it must not be.

const next = story()
const PASSPHRASE = 'a battery of correct horses'
const FILE_PASSPHRASE = 'a file is another matter'
const ACTOR = { who: 'Ada' }

let app: App
let calls: WorkerCalls
let messages: () => Promise<unknown[]>
let authorityId = ''
beforeAll(async () => {
  app = await startApp()
  ;({ messages } = await recordMessages(app.page))
  calls = await workerCalls(app.page)
  await reloadReady(app.page)
  await calls.call('vault.create', {
    passphrase: PASSPHRASE,
    recoveryPassphrase: null,
    visibility: 'public',
    actor: ACTOR,
  })
  authorityId = (await issue('root', 'Example Root', null)).authorityId!
})
afterAll(() => app.close())

next('the key that the worker signs with cannot be exported', async () => {
  const worker = app.page.workers()[0]!
  await keepSigningKeys(worker)
  await issue('tlsServer', 'api.example.com', authorityId)
  const attempts = await worker.evaluate(async () => {
    const { signingKeys } = globalThis as unknown as { signingKeys: CryptoKey[] }
    const attempt = (key: CryptoKey, format: 'pkcs8' | 'jwk'): Promise<string> =>
      crypto.subtle.exportKey(format as 'pkcs8', key).then(
        () => 'exported',
        (error: unknown) => (error as Error).name,
      )
    return Promise.all(
      signingKeys.map(async (key) => [
        key.extractable,
        await attempt(key, 'pkcs8'),
        await attempt(key, 'jwk'),
      ]),
    )
  })
  expect(attempts).toEqual([[false, 'InvalidAccessError', 'InvalidAccessError']])
})

next('its bytes are in no stored record and in no message to the page', async () => {
  await issue('tlsServer', 'www.example.com', authorityId)
  const said = await messages()
  const stored = await readStorage(app.page)
  const { privateKey, publicKey } = await exportedKey()
  expect(privateKey).toHaveLength(32)
  // What may be known is found by the same search.
  expect(holdsBytes(stored, publicKey)).toBe(true)
  expect(holdsBytes(said, publicKey)).toBe(true)
  expect(holdsBytes(stored, privateKey)).toBe(false)
  expect(holdsBytes(said, privateKey)).toBe(false)
  // The export that was asked for is encrypted, and leaves no trace of the key either.
  expect(holdsBytes(await messages(), privateKey)).toBe(false)
  expect(holdsBytes(await readStorage(app.page), privateKey)).toBe(false)
})

next('the passphrase is in no stored record and no message to the page', async () => {
  const everything = { said: await messages(), stored: await readStorage(app.page) }
  expect(JSON.stringify(everything)).not.toContain(PASSPHRASE)
  expect(holdsBytes(everything, new TextEncoder().encode(PASSPHRASE))).toBe(false)
})

next('once locked, the worker signs nothing more', async () => {
  await calls.call('vault.lock', null)
  await expect(issue('tlsServer', 'late.example.com', authorityId)).rejects.toThrow('vault-locked')
})

async function issue(profileId: string, name: string, issuer: string | null) {
  const { token, warnings } = await calls.call('issue.prepare', {
    authorityId: issuer,
    request: {
      profileId,
      subject: [{ type: 'commonName', value: name }],
      subjectAltNames: issuer === null ? [] : [{ kind: 'dNSName', value: name }],
      validity: null,
      signature: null,
      extensions: {},
    },
    key: { kind: 'generate', algorithm: 'p256' },
  })
  return calls.call('issue.sign', {
    token: token!,
    acknowledged: warnings,
    caKey: { kind: 'vault' },
    endEntityKey: { kind: 'sealed' },
    actor: ACTOR,
  })
}

/** From now on every key that signs in the worker is kept where the test can try it. */
async function keepSigningKeys(worker: Worker): Promise<void> {
  await worker.evaluate(() => {
    const signingKeys: CryptoKey[] = []
    const sign = crypto.subtle.sign.bind(crypto.subtle)
    crypto.subtle.sign = (algorithm, key, data) => {
      if (key.type === 'private') signingKeys.push(key)
      return sign(algorithm, key, data)
    }
    Object.assign(globalThis, { signingKeys })
  })
}

/** The CA's key as the operator may have it on purpose, opened by OpenSSL: the scalar and the point. */
async function exportedKey(): Promise<{ privateKey: Uint8Array; publicKey: Uint8Array }> {
  const { bytes } = await calls.call('authority.exportKey', {
    authorityId,
    format: 'pkcs8',
    vaultPassphrase: PASSPHRASE,
    keyPassphrase: null,
    filePassphrase: FILE_PASSPHRASE,
    actor: ACTOR,
  })
  const text = execFileSync('openssl', ['pkey', '-noout', '-text', '-passin', `pass:${FILE_PASSPHRASE}`], {
    input: bytes,
    encoding: 'utf8',
  })
  const octets = (label: string): Uint8Array => {
    const block = new RegExp(`${label}:\\n((?:\\s+[0-9a-f:]+\\n)+)`).exec(text)![1]!
    return Buffer.from(block.replace(/[^0-9a-f]/g, ''), 'hex')
  }
  const scalar = octets('priv')
  // OpenSSL writes a leading zero where the top bit is set.
  return { privateKey: scalar.subarray(scalar.length - 32), publicKey: octets('pub') }
}
