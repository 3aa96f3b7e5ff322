import type { Component } from 'svelte'
import type { IconName } from './controls/icons.ts'
import Backup from './pages/Backup.svelte'
import Answer from './pages/Answer.svelte'
import Batch from './pages/Batch.svelte'
import Bulk from './pages/Bulk.svelte'
import Certify from './pages/Certify.svelte'
import CertificatePage from './pages/CertificatePage.svelte'
import CreateVault from './pages/CreateVault.svelte'
import Elsewhere from './pages/Elsewhere.svelte'
import Cross from './pages/Cross.svelte'
import FirstVisit from './pages/FirstVisit.svelte'
import Hierarchy from './pages/Hierarchy.svelte'
import Import from './pages/Import.svelte'
import Inventory from './pages/Inventory.svelte'
import Issue from './pages/Issue.svelte'
import Issued from './pages/Issued.svelte'
import Journal from './pages/Journal.svelte'
import Judge from './pages/Judge.svelte'
import Lists from './pages/Lists.svelte'
import Profiles from './pages/Profiles.svelte'
import Renew from './pages/Renew.svelte'
import Renewed from './pages/Renewed.svelte'
import MakeRequest from './pages/MakeRequest.svelte'
import Recipe from './pages/Recipe.svelte'
import RequestPage from './pages/RequestPage.svelte'
import Requests from './pages/Requests.svelte'
import Responses from './pages/Responses.svelte'
import Restore from './pages/Restore.svelte'
import Review from './pages/Review.svelte'
import Rollover from './pages/Rollover.svelte'
import Rule from './pages/Rule.svelte'
import Unlock from './pages/Unlock.svelte'
import VaultSettings from './pages/VaultSettings.svelte'

export interface Page {
  readonly component: Component
  /** What must be there: nothing at all, a place for a vault, records that can be read, or an open vault. */
  readonly needs: 'nothing' | 'storage' | 'readable' | 'open'
  /** The entry of the rail it belongs to. */
  readonly under: RailEntry['name'] | null
}

const page = (component: Component, needs: Page['needs'], under: Page['under'] = null): Page => ({
  component,
  needs,
  under,
})

/** Every page, by the first part of its address. */
export const PAGES: Readonly<Record<string, Page>> = {
  welcome: page(FirstVisit, 'storage'),
  create: page(CreateVault, 'storage'),
  restore: page(Restore, 'storage'),
  unlock: page(Unlock as Component, 'storage'),
  hierarchy: page(Hierarchy, 'readable', 'hierarchy'),
  certificate: page(CertificatePage, 'readable', 'hierarchy'),
  inventory: page(Inventory, 'readable', 'inventory'),
  journal: page(Journal, 'readable', 'journal'),
  lists: page(Lists, 'readable', 'hierarchy'),
  ocsp: page(Responses, 'open', 'hierarchy'),
  judge: page(Judge, 'nothing', 'judge'),
  rule: page(Rule, 'nothing', 'judge'),
  issue: page(Issue, 'open', 'hierarchy'),
  review: page(Review, 'open', 'hierarchy'),
  issued: page(Issued, 'open', 'hierarchy'),
  renew: page(Renew, 'open', 'hierarchy'),
  renewed: page(Renewed, 'open', 'hierarchy'),
  bulk: page(Bulk, 'open', 'inventory'),
  cross: page(Cross, 'open', 'hierarchy'),
  rollover: page(Rollover, 'open', 'hierarchy'),
  profiles: page(Profiles, 'open'),
  batch: page(Batch, 'open', 'hierarchy'),
  import: page(Import, 'open', 'hierarchy'),
  backup: page(Backup, 'open'),
  vault: page(VaultSettings, 'open'),
  requests: page(Requests, 'readable', 'requests'),
  request: page(RequestPage, 'readable', 'requests'),
  'make-request': page(MakeRequest, 'open', 'requests'),
  answer: page(Answer, 'open', 'requests'),
  elsewhere: page(Elsewhere, 'open', 'hierarchy'),
  certify: page(Certify, 'open', 'requests'),
  recipe: page(Recipe, 'nothing', 'requests'),
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
