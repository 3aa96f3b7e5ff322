import { untrack } from 'svelte'
import type { Client } from '../border/client.ts'
import { AsOf } from './hierarchy/as-of.svelte.ts'
import { Authorities } from './hierarchy/authorities.svelte.ts'
import { Backup } from './vault/backup.svelte.ts'
import { Batch } from './issue/batch.svelte.ts'
import { Bulk } from './renewal/bulk.svelte.ts'
import { Calls } from './calls.ts'
import { Certify } from './requests/certify.svelte.ts'
import { BringIn } from './import/import.svelte.ts'
import { Certificates } from './inventory/certificates.svelte.ts'
import { Clock } from './clock.svelte.ts'
import { Cross } from './renewal/cross.svelte.ts'
import { Dependents } from './hierarchy/dependents.svelte.ts'
import { inventoryQuery } from './inventory/inventory-query.ts'
import { Issuance } from './issue/issuance.svelte.ts'
import { Journal } from './journal/journal.svelte.ts'
import { Judge } from './validate/validate.svelte.ts'
import { Lists } from './lists/lists.svelte.ts'
import { Operator } from './operator.svelte.ts'
import { Profiles } from './issue/profiles.svelte.ts'
import { Renewal } from './renewal/renewal.svelte.ts'
import { Rollover } from './renewal/rollover.svelte.ts'
import { Requests } from './requests/requests.svelte.ts'
import { Responses } from './lists/responses.svelte.ts'
import { Router } from './router.svelte.ts'
import { Selection } from './inventory/selection.svelte.ts'
import { Shortcuts } from './shortcuts.svelte.ts'
import { Toasts } from './toasts.svelte.ts'
import { Vault } from './vault/vault.svelte.ts'

/** All state of the page, created once in main.ts and passed down by context. */
export class App {
  readonly clock = new Clock()
  readonly router = new Router()
  readonly toasts = new Toasts()
  readonly operator = new Operator()
  readonly profiles: Profiles
  readonly vault: Vault
  readonly authorities: Authorities
  readonly certificates: Certificates
  readonly selection: Selection
  readonly issuance: Issuance
  readonly renewal: Renewal
  readonly rollover: Rollover
  readonly bulk: Bulk
  readonly cross: Cross
  readonly dependents: Dependents
  readonly asOf: AsOf
  readonly requests: Requests
  readonly certify: Certify
  readonly batch: Batch
  readonly bringIn: BringIn
  readonly journal: Journal
  readonly lists: Lists
  readonly responses: Responses
  readonly backup: Backup
  readonly judge: Judge
  readonly shortcuts: Shortcuts

  constructor(client: Client) {
    const { clock, operator } = this
    const calls = new Calls(client, clock, operator)
    this.vault = new Vault(client, clock, operator)
    this.authorities = new Authorities(calls)
    this.certificates = new Certificates(calls)
    this.selection = new Selection(calls)
    this.profiles = new Profiles(calls)
    this.issuance = new Issuance(calls, this.profiles)
    this.renewal = new Renewal(calls)
    this.rollover = new Rollover(calls)
    this.bulk = new Bulk(calls)
    this.cross = new Cross(calls)
    this.dependents = new Dependents(calls)
    this.asOf = new AsOf(calls, clock, this.authorities)
    this.certify = new Certify(calls)
    this.requests = new Requests(calls, this.profiles)
    this.batch = new Batch(calls)
    this.bringIn = new BringIn(calls)
    this.journal = new Journal(calls)
    this.lists = new Lists(calls, clock)
    this.responses = new Responses(calls)
    this.backup = new Backup(calls, this.vault)
    this.judge = new Judge(calls, clock)
    this.shortcuts = new Shortcuts(this.router, this.vault)
    client.on((event) => {
      if (event.name === 'changed') this.#readAgain()
      else if (event.name === 'locked') this.#lockAway()
      // Anchors from the vault appear and disappear with it.
      if (event.name !== 'problems') this.judge.stores.readAgain()
    })
    $effect.root(() => {
      // A page's data is read when its address is entered and again when the vault opens.
      $effect(() => this.#enter())
    })
  }

  #enter(): void {
    const { route, id } = this.router
    const readable = this.vault.isReadable
    const known = this.authorities.tree !== null
    untrack(() => {
      if (route.name === 'rule') this.judge.explain(id)
      if (!readable) this.#forget()
      else if (known) READS[route.name]?.(this, id)
      else this.authorities.read()
    })
  }

  #lockAway(): void {
    this.issuance.lockAway()
    this.requests.lockAway()
    this.certify.clear()
    this.renewal.lockAway()
    this.bulk.lockAway()
    this.bringIn.lockAway()
    this.cross.lockAway()
  }

  #readAgain(): void {
    if (!this.vault.isReadable) return
    this.authorities.read()
    this.certificates.listAgain()
    this.requests.listAgain()
    if (this.router.route.name === 'journal') this.journal.read()
    if (this.router.route.name === 'lists') this.lists.read()
  }

  #forget(): void {
    this.authorities.forget()
    this.certificates.forget()
    this.selection.forget()
    this.rollover.forget()
    this.dependents.forget()
    this.requests.forget()
    this.journal.forget()
    this.lists.forget()
    this.responses.forget()
  }
}

/** The data each page reads, by the first part of its address. */
const READS: Readonly<Record<string, (app: App, id: string) => void>> = {
  hierarchy: ({ certificates }, id) => certificates.open(id),
  certificate: ({ certificates }, id) => certificates.open(id),
  issued: ({ certificates }, id) => certificates.open(id),
  inventory: ({ certificates, profiles, router, selection }) => {
    certificates.list(inventoryQuery(router.route.query))
    selection.readFacets()
    profiles.read()
  },
  journal: ({ journal }) => journal.read(0),
  lists: ({ lists }, id) => lists.open(id),
  ocsp: ({ responses }, id) => responses.open(id),
  issue: ({ authorities, issuance, profiles, router }) => {
    profiles.read()
    issuance.begin(router.route.query.get('from'), router.route.query.get('profile'), authorities.signing)
  },
  renew: ({ certificates, issuance, profiles, renewal }, id) => {
    profiles.read()
    issuance.readAlgorithms()
    certificates.open(id)
    renewal.begin(id)
  },
  renewed: ({ certificates }, id) => certificates.open(id),
  cross: ({ cross, router }) => cross.begin(router.route.query.get('from') ?? ''),
  rollover: ({ rollover }, id) => rollover.open(id),
  batch: ({ profiles }) => profiles.read(),
  requests: ({ requests }) => requests.list(),
  certify: ({ certify, profiles, authorities }) => {
    profiles.read()
    certify.begin(authorities.signing)
  },
  request: ({ requests }, id) => requests.open(id),
  'make-request': ({ requests, issuance, profiles, router }) => {
    profiles.read()
    issuance.readAlgorithms()
    requests.begin(router.route.query.get('profile'), router.route.query.get('key'))
  },
  profiles: ({ profiles }) => profiles.read(),
}
