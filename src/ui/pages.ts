import type { Component } from 'svelte'
import type { IconName } from './controls/icons.ts'
import FirstVisit from './vault/pages/FirstVisit.svelte'
import Unlock from './vault/pages/Unlock.svelte'

export interface Page {
  /** Included in the page, or in a pack that is opened on first use. */
  readonly load: () => Component | Promise<Component>
  /** The page's requirement: nothing, a place for a vault, readable records, or an open vault. */
  readonly needs: 'nothing' | 'storage' | 'readable' | 'open'
  /** The entry of the rail it belongs to. */
  readonly under: RailEntry['name'] | null
}

const page = (component: Component, needs: Page['needs'], under: Page['under'] = null): Page => ({
  load: () => component,
  needs,
  under,
})

/** Two packs contain the pages: one for what works without a vault, one for the rest. */
const packed =
  <Pages>(load: () => Promise<Pages>) =>
  (choose: (pages: Pages) => Component, needs: Page['needs'], under: Page['under'] = null): Page => ({
    load: async () => choose(await load()),
    needs,
    under,
  })
const vaultPage = packed(() => import('./vault-pages.ts'))
const validatePage = packed(() => import('./validate-pages.ts'))

/** Every page, by the first part of its address. */
export const PAGES: Readonly<Record<string, Page>> = {
  welcome: page(FirstVisit, 'storage'),
  create: vaultPage(({ CreateVault }) => CreateVault, 'storage'),
  restore: vaultPage(({ Restore }) => Restore, 'storage'),
  unlock: page(Unlock as Component, 'storage'),
  hierarchy: vaultPage(({ Hierarchy }) => Hierarchy, 'readable', 'hierarchy'),
  certificate: vaultPage(({ CertificatePage }) => CertificatePage, 'readable', 'hierarchy'),
  inventory: vaultPage(({ Inventory }) => Inventory, 'readable', 'inventory'),
  journal: vaultPage(({ Journal }) => Journal, 'readable', 'journal'),
  lists: vaultPage(({ Lists }) => Lists, 'readable', 'hierarchy'),
  ocsp: vaultPage(({ Responses }) => Responses, 'open', 'hierarchy'),
  judge: validatePage(({ Judge }) => Judge, 'nothing', 'judge'),
  rule: validatePage(({ Rule }) => Rule, 'nothing', 'judge'),
  issue: vaultPage(({ Issue }) => Issue, 'open', 'hierarchy'),
  review: vaultPage(({ Review }) => Review, 'open', 'hierarchy'),
  issued: vaultPage(({ Issued }) => Issued, 'open', 'hierarchy'),
  renew: vaultPage(({ Renew }) => Renew, 'open', 'hierarchy'),
  renewed: vaultPage(({ Renewed }) => Renewed, 'open', 'hierarchy'),
  bulk: vaultPage(({ Bulk }) => Bulk, 'open', 'inventory'),
  cross: vaultPage(({ Cross }) => Cross, 'open', 'hierarchy'),
  rollover: vaultPage(({ Rollover }) => Rollover, 'open', 'hierarchy'),
  profiles: vaultPage(({ Profiles }) => Profiles, 'open'),
  batch: vaultPage(({ Batch }) => Batch, 'open', 'hierarchy'),
  import: vaultPage(({ Import }) => Import, 'open', 'hierarchy'),
  backup: vaultPage(({ Backup }) => Backup, 'open'),
  vault: vaultPage(({ VaultSettings }) => VaultSettings, 'open'),
  requests: vaultPage(({ Requests }) => Requests, 'readable', 'requests'),
  request: vaultPage(({ RequestPage }) => RequestPage, 'readable', 'requests'),
  'make-request': vaultPage(({ MakeRequest }) => MakeRequest, 'open', 'requests'),
  answer: vaultPage(({ Answer }) => Answer, 'open', 'requests'),
  elsewhere: vaultPage(({ Elsewhere }) => Elsewhere, 'open', 'hierarchy'),
  certify: vaultPage(({ Certify }) => Certify, 'open', 'requests'),
  notices: vaultPage(({ Notices }) => Notices, 'nothing'),
  recipe: vaultPage(({ Recipe }) => Recipe, 'nothing', 'requests'),
}

export interface RailEntry {
  readonly name: 'hierarchy' | 'requests' | 'judge' | 'inventory' | 'journal'
  readonly icon: IconName
}

/** The rail, in its order; an entry without a page is left out. */
export const RAIL: readonly RailEntry[] = (
  [
    { name: 'hierarchy', icon: 'hierarchy' },
    { name: 'requests', icon: 'request' },
    { name: 'judge', icon: 'judge' },
    { name: 'inventory', icon: 'inventory' },
    { name: 'journal', icon: 'journal' },
  ] as const
).filter(({ name }) => name in PAGES)
