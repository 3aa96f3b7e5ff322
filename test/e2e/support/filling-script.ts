// Brought into a tab of the page to fill its vault, through the vault's own writing.
import { Session } from '../../../src/services/session/session.ts'
import { fillInventory } from '../../support/inventory.ts'

async function fillVault(passphrase: string, count: number, below: boolean): Promise<void> {
  const session = await Session.start({ name: 'rootcellar', clock: () => Date.now(), send: () => undefined })
  await session.vault.unlock(passphrase, 'Filler')
  const [authority] = below ? await session.inventory.authorities() : []
  await fillInventory(session, count, 0, authority?.id ?? null)
  session.idle.stop()
  session.vault.close()
}

export type FillingGlobals = { fillVault: typeof fillVault }
Object.assign(globalThis, { fillVault })
