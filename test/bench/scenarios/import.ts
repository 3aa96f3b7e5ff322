import { readPile } from '../../../src/containers/pile/read-pile.ts'
import { createClient, type Client } from '../../../src/border/client.ts'
import type { InFile } from '../../../src/border/words.ts'
import { startServer } from '../../../src/worker/start-server.ts'
import { opensslFolder } from '../openssl-folder.ts'
import type { Scenario } from '../scenario.ts'

const COUNT = 10_000
const ACTOR = { who: 'bench' }
/** Vaults made ahead, one for each batch of nine rounds and the one that warms up; more are made when they are needed. */
const AHEAD = 10

/**
 * The folder of an `openssl ca` with ten thousand certificates: read, matched, every signature verified, stored with
 * states, catalogue and journal. The floor reads the same files and writes the octets of what is in them, nothing else.
 */
export default async function importFolder(): Promise<Scenario> {
  const files = await opensslFolder(COUNT)
  const vaults = await Promise.all(Array.from({ length: AHEAD }, emptyVault))
  return {
    name: 'import',
    unit: 'certificates',
    ours: async () => bringIn(vaults.pop() ?? (await emptyVault()), files),
    floor: () => floor(files),
    peers: {},
  }
}

let made = 0
async function emptyVault(): Promise<Client> {
  const { port1, port2 } = new MessageChannel()
  startServer(port2, { name: `bench-import-${String(Date.now())}-${String(made++)}`, clock: Date.now })
  const client = createClient(port1)
  port1.start()
  port2.start()
  const passphrase = 'only for the bench'
  await client.call('vault.create', {
    passphrase,
    recoveryPassphrase: null,
    visibility: 'public',
    actor: ACTOR,
  })
  return client
}

async function bringIn(client: Client, files: readonly InFile[]): Promise<number> {
  const { token, authorities } = await client.call('import.read', { files })
  const places = authorities.map(({ index }) => index)
  const { certificates } = await client.call('import.store', {
    token,
    choice: { authorities: places, certificatesOf: places, others: false, requests: false },
    keyKeeping: { kind: 'vault' },
    actor: ACTOR,
  })
  if (certificates !== COUNT) throw new Error(`stored ${String(certificates)}`)
  return certificates
}

async function floor(files: readonly InFile[]): Promise<number> {
  const { items } = await readPile(files, { privateKeys: 'match' })
  const ders = items.flatMap((item) => (item.kind === 'certificate' ? [item.certificate.der.slice()] : []))
  await writeRaw(ders)
  return ders.length - 1
}

const CHUNK = 500

/** As many records to a transaction as ours has. */
async function writeRaw(ders: readonly Uint8Array[]): Promise<void> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open(`bench-import-floor-${String(Date.now())}-${String(made++)}`)
    opening.onupgradeneeded = () => opening.result.createObjectStore('certificates', { keyPath: 'id' })
    opening.onsuccess = () => resolve(opening.result)
    opening.onerror = () => reject(new Error('floor', { cause: opening.error }))
  })
  for (let from = 0; from < ders.length; from += CHUNK)
    await new Promise<void>((resolve, reject) => {
      const transaction = database.transaction('certificates', 'readwrite', { durability: 'relaxed' })
      const store = transaction.objectStore('certificates')
      for (const [index, der] of ders.slice(from, from + CHUNK).entries())
        store.put({ id: `certificate-${String(from + index)}`, der })
      transaction.oncomplete = () => resolve()
      transaction.onerror = () => reject(new Error('floor', { cause: transaction.error }))
    })
  database.close()
}
