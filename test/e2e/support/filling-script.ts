// Brought into a tab of the page to fill its vault, through the vault's own writing.
import { Session } from '../../../src/services/session/session.ts'
import { fillAuthorities, fillInventory } from '../../support/inventory.ts'

/** Does this in the vault of the page, as another tab would. */
async function inVault(passphrase: string, work: (session: Session) => Promise<void>): Promise<void> {
  const session = await Session.start({ name: 'rootcellar', clock: () => Date.now(), send: () => undefined })
  await session.vault.unlock(passphrase, 'Filler')
  await work(session)
  session.idle.stop()
  session.vault.close()
}

const fillVault = (passphrase: string, count: number, below: boolean): Promise<void> =>
  inVault(passphrase, async (session) => {
    const [authority] = below ? await session.inventory.authorities() : []
    await fillInventory(session, count, 0, authority?.id ?? null)
  })

/** So many CAs below the first, and so many certificates below one of them. */
const fillHierarchy = (passphrase: string, authorities: number, certificates: number): Promise<void> =>
  inVault(passphrase, async (session) => {
    const [first] = await session.inventory.authorities()
    await fillAuthorities(session, first!.id, authorities, Date.now())
    await fillInventory(session, certificates, 0, first!.id)
  })

export interface FillingGlobals {
  fillVault: typeof fillVault
  fillHierarchy: typeof fillHierarchy
}
Object.assign(globalThis, { fillVault, fillHierarchy })
