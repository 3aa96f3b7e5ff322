import { readPrivateKey, type PrivateKey } from '../../../src/containers/private-key.ts'
import type { Signers } from '../../../src/mtls/handshake.ts'
import type { ReadyId } from '../../../src/mtls/ready-ids.ts'
import type { ScenarioFile } from '../../../src/mtls/scenario-file/scenario-file.ts'
import { drawReady } from '../../../src/services/lab/ready/scenarios.ts'
import { Cast } from '../../../src/services/lab/ready/stage.ts'
import { signsWith } from '../../../src/services/lab/signers.ts'
import type { Drawn } from '../../../src/services/validate/examples/draw.ts'
import { exportPrivateKey } from '../../../src/webcrypto/keys.ts'

export const LAB_DAY = new Date('2026-11-30T12:00:00Z')

const keyOf = async (drawn: Drawn | null): Promise<PrivateKey | null> =>
  drawn && readPrivateKey(await exportPrivateKey(drawn.privateKey))

/** A ready scenario as a file holds it, with the keys of both ends. */
export async function readyFile(id: ReadyId, of: Partial<ScenarioFile> = {}): Promise<ScenarioFile> {
  const { scenario, keys } = await drawReady(id, new Cast(LAB_DAY))
  return {
    ...{ name: id, note: '', scenario, known: [], programs: { client: null, server: null } },
    keys: { client: await keyOf(keys.client), server: await keyOf(keys.server) },
    ...of,
  }
}

/** How the keys of a file sign. */
export const signersIn = ({ keys }: ScenarioFile): Signers => ({
  client: keys.client && signerOf(keys.client),
  server: keys.server && signerOf(keys.server),
})

const signerOf = ({ keyType, pkcs8 }: PrivateKey) => signsWith(keyType, () => Promise.resolve(pkcs8))
