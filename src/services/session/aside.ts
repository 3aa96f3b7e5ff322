/** A vault that takes the place of the main one for a while. */
import { databasesNamed, deleteDatabase } from '../../vault/database.ts'
import { ifUnused, markInUse } from '../../vault/tabs.ts'
import { Vault } from '../../vault/vault.ts'
import type { VaultNotice } from '../../vault/vault-options.ts'
import { random } from '../../webcrypto/seal.ts'
import type { VaultKind } from '../../border/views.ts'
import { hexOf } from '../../octets.ts'

export type AsideKind = Exclude<VaultKind, 'main'>

export interface Aside {
  readonly kind: AsideKind
  readonly vault: Vault
  /** Other tabs may delete it from now on. */
  readonly release: () => void
}

const SAMPLE_PREFIX = 'rootcellar-sample-'
/** There is one, which a page that was reloaded finds again. */
const rehearsalOf = (main: string): string => `${main}-rehearsal`

/** Opens the vault of a rehearsal, or a sample of its own; `main`: the name of the main vault's database. */
export async function openAside(
  kind: AsideKind,
  main: string,
  options: { readonly clock: () => number; readonly iterations?: number },
  hear: (aside: Vault, notice: VaultNotice) => void,
): Promise<Aside> {
  if (kind === 'sample') await removeLeftSamples()
  const name = kind === 'sample' ? `${SAMPLE_PREFIX}${hexOf(random(8))}` : rehearsalOf(main)
  const release = markInUse(name)
  const vault: Vault = await Vault.connect(name, { ...options, notify: (notice) => hear(vault, notice) })
  return { kind, vault, release }
}

/** Deletes it. */
export async function closeAside({ vault, release }: Aside): Promise<void> {
  vault.close()
  await deleteDatabase(vault.name)
  release()
}

/** Deletes the vault of a rehearsal that is not open here. */
export const forgetRehearsal = (main: string): Promise<void> => deleteDatabase(rehearsalOf(main))

/** Removes sample vaults of closed tabs; one in use by another tab is kept. */
async function removeLeftSamples(): Promise<void> {
  for (const name of await databasesNamed(SAMPLE_PREFIX)) await ifUnused(name, () => deleteDatabase(name))
}
