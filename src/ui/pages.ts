import type { Component } from 'svelte'
import type { Entered } from '../state/app.svelte.ts'
import { learn } from '../messages/pack-words.ts'
import { inventoryQuery } from '../state/inventory/inventory-query.ts'
import type { IconName } from './controls/icons.ts'
import FirstVisit from './vault/pages/FirstVisit.svelte'
import Unlock from './vault/pages/Unlock.svelte'

/** One row of the table of pages, which is the only list of them. */
export interface Page extends Entered {
  /** Included in the page, or in a pack that is opened on first use. */
  readonly load: () => Component | Promise<Component>
  /** The entry of the rail it belongs to. */
  readonly under: RailEntry['name'] | null
}

type Rest = [needs: Page['needs'], under?: Page['under'], enter?: Page['enter']]

const row = (load: Page['load'], [needs, under = null, enter]: Rest): Page => ({
  load,
  needs,
  under,
  ...(enter && { enter }),
})

const page = (component: Component, ...rest: Rest): Page => row(() => component, rest)

/** Packs contain the pages: one for the validator, one for the lab, one for what needs a vault. */
const packed =
  <Pages>(load: () => Promise<Pages>) =>
  (choose: (pages: Pages) => Component, ...rest: Rest): Page =>
    row(async () => choose(await load()), rest)
const vaultPage = packed(() => import('./vault-pages.ts'))
const validatePage = packed(() => import('./validate-pages.ts'))
const labPage = packed(() => withWords('lab', import('./lab-pages.ts')))
const ceremonyPage = packed(() => withWords('ceremony', import('./ceremony-pages.ts')))

/** Of a pack whose words are not with those of the page. */
async function withWords<Pages>(pack: Parameters<typeof learn>[0], pages: Promise<Pages>): Promise<Pages> {
  await learn(pack)
  return pages
}

/** Every page, by the first part of its address. */
export const PAGES: Readonly<Record<string, Page>> = {
  welcome: page(FirstVisit, 'storage'),
  create: vaultPage(({ CreateVault }) => CreateVault, 'storage'),
  restore: vaultPage(({ Restore }) => Restore, 'storage'),
  unlock: page(Unlock as Component, 'storage'),
  hierarchy: vaultPage(
    ({ Hierarchy }) => Hierarchy,
    'readable',
    'hierarchy',
    ({ asOf, certificates, due, vault }, id) => {
      certificates.open(id)
      asOf.countEnds()
      if (vault.isOpen) due.read()
    },
  ),
  certificate: vaultPage(
    ({ CertificatePage }) => CertificatePage,
    'readable',
    'hierarchy',
    ({ certificates }, id) => certificates.open(id),
  ),
  inventory: vaultPage(
    ({ Inventory }) => Inventory,
    'readable',
    'inventory',
    ({ certificates, profiles, router, runs, selection }, id) => {
      const { query } = router.route
      certificates.listFrom({ ...inventoryQuery(query), ...runs.filter(query.get('run')) })
      certificates.open(id)
      selection.readFacets()
      profiles.read()
    },
  ),
  journal: vaultPage(
    ({ Journal }) => Journal,
    'readable',
    'journal',
    ({ journal }) => journal.read(0),
  ),
  lists: vaultPage(
    ({ Lists }) => Lists,
    'readable',
    'hierarchy',
    ({ lists }, id) => lists.open(id),
  ),
  ocsp: vaultPage(
    ({ Responses }) => Responses,
    'open',
    'hierarchy',
    ({ responses }, id) => responses.open(id),
  ),
  validate: validatePage(({ Validate }) => Validate, 'nothing', 'validate'),
  rule: validatePage(
    ({ Rule }) => Rule,
    'nothing',
    'validate',
    ({ validation }, id) => {
      if (id !== '') validation.explain(id)
    },
  ),
  lab: labPage(
    ({ Lab }) => Lab,
    'nothing',
    'lab',
    ({ lab }) => {
      lab.enter()
    },
  ),
  ceremony: ceremonyPage(({ Ceremony }) => Ceremony, 'storage', 'ceremony'),
  quorum: vaultPage(({ Quorum }) => Quorum, 'open', 'hierarchy'),
  issue: vaultPage(
    ({ Issue }) => Issue,
    'open',
    'hierarchy',
    ({ authorities, issuance, profiles, router }) => {
      profiles.read()
      issuance.begin(router.route.query.get('from'), router.route.query.get('profile'), authorities.signing)
    },
  ),
  review: vaultPage(({ Review }) => Review, 'open', 'hierarchy'),
  issued: vaultPage(
    ({ Issued }) => Issued,
    'open',
    'hierarchy',
    ({ certificates }, id) => certificates.open(id),
  ),
  renew: vaultPage(
    ({ Renew }) => Renew,
    'open',
    'hierarchy',
    ({ certificates, issuance, profiles, renewal }, id) => {
      profiles.read()
      issuance.readAlgorithms()
      certificates.open(id)
      renewal.begin(id)
    },
  ),
  renewed: vaultPage(
    ({ Renewed }) => Renewed,
    'open',
    'hierarchy',
    ({ certificates }, id) => certificates.open(id),
  ),
  bulk: vaultPage(({ Bulk }) => Bulk, 'open', 'inventory'),
  cross: vaultPage(
    ({ Cross }) => Cross,
    'open',
    'hierarchy',
    ({ cross, router }) => cross.begin(router.route.query.get('from') ?? ''),
  ),
  rollover: vaultPage(
    ({ Rollover }) => Rollover,
    'open',
    'hierarchy',
    ({ rollover }, id) => rollover.open(id),
  ),
  profiles: vaultPage(
    ({ Profiles }) => Profiles,
    'open',
    null,
    ({ profiles }) => profiles.read(),
  ),
  batch: vaultPage(
    ({ Batch }) => Batch,
    'open',
    'hierarchy',
    ({ profiles }) => profiles.read(),
  ),
  import: vaultPage(({ Import }) => Import, 'open', 'hierarchy'),
  backup: vaultPage(({ Backup }) => Backup, 'open'),
  vault: vaultPage(({ VaultSettings }) => VaultSettings, 'open'),
  requests: vaultPage(
    ({ Requests }) => Requests,
    'readable',
    'requests',
    ({ requests }) => requests.list(),
  ),
  request: vaultPage(
    ({ RequestPage }) => RequestPage,
    'readable',
    'requests',
    ({ requests }, id) => requests.open(id),
  ),
  'make-request': vaultPage(
    ({ MakeRequest }) => MakeRequest,
    'open',
    'requests',
    ({ requests, issuance, profiles, router }) => {
      profiles.read()
      issuance.readAlgorithms()
      requests.begin(router.route.query.get('profile'), router.route.query.get('key'))
    },
  ),
  answer: vaultPage(({ Answer }) => Answer, 'open', 'requests'),
  elsewhere: vaultPage(({ Elsewhere }) => Elsewhere, 'open', 'hierarchy'),
  certify: vaultPage(
    ({ Certify }) => Certify,
    'open',
    'requests',
    ({ certify, profiles, authorities }) => {
      profiles.read()
      certify.begin(authorities.signing)
    },
  ),
  notices: vaultPage(({ Notices }) => Notices, 'nothing'),
  recipe: vaultPage(({ Recipe }) => Recipe, 'nothing', 'requests'),
}

export interface RailEntry {
  readonly name: 'hierarchy' | 'requests' | 'validate' | 'lab' | 'ceremony' | 'inventory' | 'journal'
  readonly icon: IconName
  /** On a phone it is behind More. */
  readonly rare?: true
}

/** The rail, in its order; an entry without a page is left out. */
export const RAIL: readonly RailEntry[] = (
  [
    { name: 'hierarchy', icon: 'hierarchy' },
    { name: 'requests', icon: 'request' },
    { name: 'validate', icon: 'validate' },
    { name: 'lab', icon: 'lab', rare: true },
    { name: 'ceremony', icon: 'seal', rare: true },
    { name: 'inventory', icon: 'inventory' },
    { name: 'journal', icon: 'journal', rare: true },
  ] as const
).filter(({ name }) => name in PAGES)

/** On a phone: what is in the bar, and what is behind More. */
export const USUAL = RAIL.filter(({ rare }) => !rare)
export const RARE = RAIL.filter(({ rare }) => rare)
