import { startWorker } from '../../src/packs/start-worker.ts'
import { createClient, type Client } from '../../src/border/client.ts'

const ACTOR = { who: 'bench' }

/** The page's worker with a new vault and a root in it; what another scenario left is gone. */
export async function freshWorker(): Promise<{ client: Client; authorityId: string }> {
  await new Promise((resolve) => (indexedDB.deleteDatabase('rootcellar').onsuccess = resolve))
  const client = createClient(startWorker())
  return { client, authorityId: await makeRoot(client) }
}

async function makeRoot(client: Client): Promise<string> {
  const passphrase = 'only for the bench'
  await client.call('vault.create', {
    passphrase,
    recoveryPassphrase: null,
    visibility: 'public',
    actor: ACTOR,
  })
  const { token, warnings } = await client.call('issue.prepare', {
    authorityId: null,
    request: {
      profileId: 'root',
      subject: [{ type: 'commonName', value: 'Bench Root' }],
      subjectAltNames: [],
      validity: null,
      signature: null,
      extensions: {},
    },
    key: { kind: 'generate', algorithm: 'p256' },
  })
  const { authorityId } = await client.call('issue.sign', {
    token: token!,
    acknowledged: warnings,
    caKey: { kind: 'vault' },
    endEntityKey: { kind: 'sealed' },
    actor: ACTOR,
  })
  return authorityId!
}
