// Brought into a tab of the page to fill its vault, through the vault's own writing.
import { Session } from '../../../src/worker/session.ts'
import { fillInventory } from '../../support/inventory.ts'

async function fillVault(passphrase: string, count: number): Promise<void> {
  const session = await Session.start({ name: 'rootcellar', clock: () => Date.now(), send: () => undefined })
  await session.vault.unlock(passphrase, 'Filler')
  await fillInventory(session, count)
  session.idle.stop()
  session.vault.close()
}

export type FillingGlobals = { fillVault: typeof fillVault }
Object.assign(globalThis, { fillVault })
