import { untrack } from 'svelte'
import type { Client } from '../border/client.ts'
import { AsOf } from './hierarchy/as-of.svelte.ts'
import { Authorities } from './hierarchy/authorities.svelte.ts'
import { Arrivals } from './arrivals/arrivals.svelte.ts'
import { Backup } from './vault/backup.svelte.ts'
import { Batch } from './issue/batch.svelte.ts'
import { Bulk } from './renewal/bulk.svelte.ts'
import { Calls } from './calls.ts'
import { Certify } from './requests/certify.svelte.ts'
import { BringIn } from './import/import.svelte.ts'
import { Certificates } from './inventory/certificates.svelte.ts'
import { Clock } from './clock.svelte.ts'
import { Cross } from './renewal/cross.svelte.ts'
import { DueWork } from './hierarchy/due.svelte.ts'
import { Dependents } from './hierarchy/dependents.svelte.ts'
import { Handover } from './issue/handover.svelte.ts'
import { Issuance } from './issue/issuance.svelte.ts'
import { Journal } from './journal/journal.svelte.ts'
import { Validation } from './validate/validate.svelte.ts'
import { Lab } from './lab/lab.svelte.ts'
import { Lists } from './lists/lists.svelte.ts'
import { Operator } from './operator.svelte.ts'
import { Palette } from './palette.svelte.ts'
import type { Part } from './part.ts'
import { Profiles } from './issue/profiles.svelte.ts'
import { Renewal } from './renewal/renewal.svelte.ts'
import { Rollover } from './renewal/rollover.svelte.ts'
import { Requests } from './requests/requests.svelte.ts'
import { Responses } from './lists/responses.svelte.ts'
import { resting } from './resting.ts'
import { Router } from './router.svelte.ts'
import { Runs } from './inventory/runs.ts'
import { Selection } from './inventory/selection.svelte.ts'
import { Shortcuts } from './shortcuts.svelte.ts'
import { Toasts } from './toasts.svelte.ts'
import { Unsaved } from './unsaved.svelte.ts'
import { ShareDesk } from './vault/share-desk.svelte.ts'
import { Vault } from './vault/vault.svelte.ts'

/** A page's requirement, and the data it reads when its address is entered; `id` is the part of the address after its name. */
export interface Entered {
  /** Nothing, a place for a vault, readable records, or an open vault. */
  readonly needs: 'nothing' | 'storage' | 'readable' | 'open'
  readonly enter?: (app: App, id: string) => void
}

/** All state of the page, created once in page.ts and passed down by context. */
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
  readonly handover: Handover
  readonly issuance: Issuance
  readonly renewal: Renewal
  readonly rollover: Rollover
  readonly bulk: Bulk
  readonly cross: Cross
  readonly dependents: Dependents
  readonly due: DueWork
  readonly runs = new Runs()
  readonly asOf: AsOf
  readonly requests: Requests
  readonly certify: Certify
  readonly batch: Batch
  readonly bringIn: BringIn
  readonly journal: Journal
  readonly lists: Lists
  readonly responses: Responses
  readonly backup: Backup
  readonly validation: Validation
  readonly lab: Lab
  readonly arrivals: Arrivals
  readonly palette: Palette
  readonly shortcuts: Shortcuts
  readonly unsaved: Unsaved
  readonly #parts: Part[]
  readonly #calls: Calls
  readonly #late = new Map<unknown, Part>()

  /** `publicRoots` opens the pack of them. */
  constructor(client: Client, publicRoots: () => Promise<string>) {
    const { clock, operator } = this
    const parts: Part[] = []
    const part = <P extends Part>(made: P): P => {
      parts.push(made)
      return made
    }
    this.#parts = parts
    const calls = part(new Calls(client, clock, operator))
    this.#calls = calls
    this.vault = new Vault(client, clock, operator)
    this.authorities = part(new Authorities(calls))
    this.certificates = part(new Certificates(calls))
    this.selection = part(new Selection(calls))
    this.profiles = new Profiles(calls)
    this.handover = part(new Handover())
    this.issuance = part(new Issuance(calls, this.profiles, this.handover))
    this.renewal = part(new Renewal(calls, this.handover))
    this.rollover = part(new Rollover(calls))
    this.bulk = part(new Bulk(calls))
    this.cross = part(new Cross(calls))
    this.dependents = part(new Dependents(calls))
    this.due = part(new DueWork(calls))
    this.asOf = part(new AsOf(calls, clock, this.authorities))
    this.certify = part(new Certify(calls))
    this.requests = part(new Requests(calls, this.profiles))
    this.batch = part(new Batch(calls))
    this.bringIn = part(new BringIn(calls))
    this.journal = part(new Journal(calls))
    this.lists = part(new Lists(calls, clock))
    this.responses = part(new Responses(calls))
    this.backup = new Backup(calls, this.vault)
    this.validation = new Validation(calls, clock, publicRoots)
    this.lab = part(new Lab(calls, clock, publicRoots))
    this.arrivals = new Arrivals(calls, this)
    this.palette = new Palette(calls, this.vault)
    this.shortcuts = new Shortcuts(this.router, this.vault, this.palette)
    this.unsaved = new Unsaved(this)
    this.router.asksBefore = () => this.unsaved.isLostWithPage
    const readAgain = resting(() => {
      if (this.vault.isReadable) for (const each of this.#parts) each.readAgain?.(this.router.route.name)
      this.validation.stores.readAgain()
    })
    client.on((event) => {
      if (event.name === 'changed') readAgain()
      if (event.name === 'locked') for (const each of this.#parts) each.lockAway?.()
      // Anchors from the vault appear and disappear with it.
      if (event.name === 'locked' || event.name === 'unlocked') this.validation.stores.readAgain()
    })
  }

  /** Returns a part that belongs to a pack: it is made when it is first asked for, and lives as long as the others. */
  late<P extends Part>(Made: new (calls: Calls) => P): P {
    // What it derives would go stale with the component that was the first to ask.
    if (!this.#late.has(Made)) $effect.root(() => this.#keep(Made, new Made(this.#calls)))
    return this.#late.get(Made) as P
  }

  #keep(key: unknown, made: Part): void {
    this.#late.set(key, made)
    this.#parts.push(made)
  }

  /** A place to give shares at; one for each thing that is opened. */
  readonly newDesk = (): ShareDesk => new ShareDesk(this.#calls)

  /** Reads the open page's data when its address is entered and again when the vault opens. Call it from an effect. */
  enter(page: Entered | undefined): void {
    // Read from the route, not from router.id: a change of the query is an entry too.
    const id = this.router.route.rest[0] ?? ''
    const readable = this.vault.isReadable
    // Without the tree a page shows what it has itself: what is missing is said above it.
    const known = this.authorities.tree !== null || this.authorities.reading.error !== null
    untrack(() => {
      if (page?.needs === 'nothing') page.enter?.(this, id)
      if (!readable) for (const each of this.#parts) each.forget?.()
      else if (!known) this.authorities.read()
      else if (page && page.needs !== 'nothing') page.enter?.(this, id)
    })
  }
}
