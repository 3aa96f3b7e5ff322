import { createPrivateKey } from 'node:crypto'
import { afterEach, expect, test, vi } from 'vitest'
import {
  ADA,
  createVault,
  handedOver,
  hierarchy,
  issue,
  PASSPHRASE,
  startWorker,
  type TestWorker,
} from '../../support/worker.ts'

const FILE_PASSPHRASE = 'to open the export'

afterEach(() => {
  vi.restoreAllMocks()
})

/** Everything in the database of this name, as stored. */
async function dump(name: string): Promise<unknown[]> {
  const opening = indexedDB.open(name)
  const database = await new Promise<IDBDatabase>((resolve) => {
    opening.onsuccess = () => {
      resolve(opening.result)
    }
  })
  const tables = [...database.objectStoreNames].map(
    (table) =>
      new Promise<unknown[]>((resolve) => {
        const reading = database.transaction(table).objectStore(table).getAll()
        reading.onsuccess = () => {
          resolve(reading.result)
        }
      }),
  )
  const records = (await Promise.all(tables)).flat()
  database.close()
  return records
}

/** Whether these octets occur anywhere in a value: as bytes, or in text as hex or base64. */
function holds(value: unknown, secret: Buffer): boolean {
  if (value instanceof Uint8Array || value instanceof ArrayBuffer) {
    const bytes = value instanceof Uint8Array ? Buffer.from(value) : Buffer.from(value)
    return bytes.includes(secret) || holds(bytes.toString('latin1'), secret)
  }
  if (typeof value === 'string') {
    const base64 = secret.toString('base64').replace(/=+$/, '').slice(2, -2)
    return value.includes(secret.toString('hex')) || value.includes(base64)
  }
  return (
    typeof value === 'object' && value !== null && Object.values(value).some((inner) => holds(inner, secret))
  )
}

/** Returns the private scalar of a CA's key, by the only way to export it. */
async function scalarOf({ client }: TestWorker, authorityId: string): Promise<Buffer> {
  const file = await client.call('authority.exportKey', {
    authorityId,
    format: 'pkcs8',
    vaultPassphrase: PASSPHRASE,
    keyPassphrase: null,
    filePassphrase: FILE_PASSPHRASE,
    actor: ADA,
  })
  const key = createPrivateKey({ key: Buffer.from(file.bytes), passphrase: FILE_PASSPHRASE })
  return Buffer.from(key.export({ format: 'jwk' }).d!, 'base64url')
}

test('the bytes of a CA key are in no record of the database and in no message to the page', async () => {
  const worker = startWorker()
  await createVault(worker)
  const { rootId, intermediateId } = await hierarchy(worker)
  await issue(worker, { authorityId: intermediateId, profileId: 'tlsClient', commonName: 'Ann' })
  await worker.client.call('vault.backup', { passphrase: null, actor: ADA })
  for (const authorityId of [rootId, intermediateId]) {
    const secret = await scalarOf(worker, authorityId)
    expect(secret).toHaveLength(32)
    expect(holds(await dump(worker.name), secret)).toBe(false)
    expect(holds(worker.messages, secret)).toBe(false)
  }
  worker.close()
})

test('the search does find a key that was handed out plain, so it would find a CA key', async () => {
  const worker = startWorker()
  await createVault(worker)
  const { intermediateId } = await hierarchy(worker)
  const { handedOut } = await issue(worker, {
    authorityId: intermediateId,
    profileId: 'tlsClient',
    commonName: 'Ann',
    endEntityKey: {
      ...{ kind: 'hand-out', format: 'pkcs8' },
      protection: { kind: 'plain', understood: true, vaultPassphrase: PASSPHRASE },
    },
  })
  const body = Buffer.from(
    new TextDecoder().decode(handedOver(handedOut).bytes).replace(/-----[^-]+-----/g, ''),
    'base64',
  )
  const key = createPrivateKey({ key: body, format: 'der', type: 'pkcs8' })
  const secret = Buffer.from(key.export({ format: 'jwk' }).d!, 'base64url')
  expect(holds([{ deep: { inside: new Uint8Array([1, 2, ...secret, 3]) } }], secret)).toBe(true)
  // PEM breaks the base64 into lines: searched as a decoder would see it.
  expect(body.includes(secret)).toBe(true)
  expect(holds(await dump(worker.name), secret)).toBe(false)
  worker.close()
})

test('no passphrase is in a record of the database, in a message to the page, or in the journal', async () => {
  const worker = startWorker()
  await createVault(worker)
  const own = 'its own long passphrase'
  const caKey = { kind: 'own-passphrase', passphrase: own } as const
  await issue(worker, { profileId: 'root', commonName: 'Guarded Root', caKey })
  await worker.client
    .call('vault.unlock', { passphrase: 'mistyped passphrase', actor: ADA })
    .catch(() => undefined)
  await worker.client.call('journal.export', { actor: ADA })
  for (const secret of [PASSPHRASE, own, 'mistyped passphrase']) {
    expect(holds(await dump(worker.name), Buffer.from(secret))).toBe(false)
    expect(holds(worker.messages, Buffer.from(secret))).toBe(false)
  }
  worker.close()
})

test('no key that an open vault holds can be exported or wrapped', async () => {
  const made = startWorker()
  await createVault(made)
  const { intermediateId } = await hierarchy(made)
  await made.client.call('vault.lock', null)
  made.close()

  const held = new Set<CryptoKey>()
  const { subtle } = crypto
  const watch = (
    method: 'sign' | 'encrypt' | 'decrypt' | 'deriveKey' | 'unwrapKey' | 'wrapKey',
    at: number,
  ) => {
    const original = subtle[method].bind(subtle) as (...input: unknown[]) => unknown
    vi.spyOn(subtle, method).mockImplementation(((...input: unknown[]) => {
      held.add(input[at] as CryptoKey)
      return original(...input)
    }) as never)
  }
  watch('sign', 1)
  watch('encrypt', 1)
  watch('decrypt', 1)
  watch('deriveKey', 1)
  watch('unwrapKey', 2)
  watch('wrapKey', 2)

  const worker = startWorker(made.name)
  await worker.client.call('vault.unlock', { passphrase: PASSPHRASE, actor: ADA })
  await issue(worker, {
    authorityId: intermediateId,
    profileId: 'tlsClient',
    commonName: 'Ann',
    endEntityKey: { kind: 'sealed' },
  })
  vi.restoreAllMocks()
  const wrapping = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['wrapKey'])
  const gcm = { name: 'AES-GCM', iv: new Uint8Array(12) }
  expect(new Set([...held].map(({ type }) => type))).toEqual(new Set(['private', 'secret']))
  // The secret key of the end-entity key that was just made is wrapped by another and dropped: the only exception.
  const fresh = [...held].filter(({ extractable }) => extractable)
  expect(fresh.length).toBeLessThanOrEqual(1)
  const kept = [...held].filter((key) => !fresh.includes(key))
  expect(kept.some(({ type }) => type === 'private')).toBe(true)
  for (const key of kept) {
    for (const format of ['raw', 'pkcs8', 'jwk'] as const) {
      await expect(crypto.subtle.exportKey(format as 'jwk', key)).rejects.toThrow()
      await expect(crypto.subtle.wrapKey(format, key, wrapping, gcm)).rejects.toThrow()
    }
  }
  worker.close()
})
