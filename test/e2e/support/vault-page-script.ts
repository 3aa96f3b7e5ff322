// A page with nothing on it but the worker and its client, for tests that drive the vault and not the forms.
import { startWorker } from '../../../src/packs/start-worker.ts'
import { createClient } from '../../../src/border/client.ts'

const client = createClient(startWorker())
export type VaultPageGlobals = { client: typeof client; committed?: (ids: readonly string[]) => void }
Object.assign(globalThis, { client })
