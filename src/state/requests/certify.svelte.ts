import type {
  CertifyChoices,
  CertifyPlan,
  CertifyPreview,
  CertifyResult,
  CertifyView,
  ConfirmedName,
} from '../../border/protocol/request.ts'
import { leftAfterLock } from '../../border/after-lock.ts'
import type { AuthorityView } from '../../border/views.ts'
import type { Calls } from '../calls.ts'
import { validity } from '../issue/draft.ts'
import { AS_PROFILE, isDated, type Life } from '../issue/lengths.ts'
import { archiveOf } from '../../paper/batch.ts'
import { download, readFiles } from '../files.ts'
import { including } from '../including.ts'
import { isSound } from './requests-possible.ts'
import type { Task } from '../task.svelte.ts'

const USUAL = 'tlsServer'
/** More are not compared one by one. */
const MOST_COMPARED = 5

/** Requests from elsewhere that are certified together: read, chosen, looked at, signed. */
export class Certify {
  authorityId = $state('')
  profileId = $state(USUAL)
  /** How long they are valid; '' is as the profile says. */
  life = $state<Life>({ ...AS_PROFILE })
  /** Whether CAs may sign OCSP responses with their own key. */
  answersOcsp = $state(false)
  /** Extensions taken from the requests, by OID. */
  take = $state<string[]>([])
  /** Names that the operator wants in place of some that cannot be taken as they are written. */
  confirmed = $state.raw<readonly ConfirmedName[]>([])
  desk = $state.raw<CertifyView | null>(null)
  /** What was dropped last, where no request was in it. */
  nothing = $state.raw<CertifyView | null>(null)
  chosen = $state<number[]>([])
  /** What would be signed; null until it is asked for, and again when something is changed. */
  plan = $state.raw<CertifyPlan | null>(null)
  acknowledged = $state(false)
  /** Requests that the operator compared, by index. */
  compared = $state.raw<readonly number[]>([])
  result = $state.raw<CertifyResult | null>(null)
  readonly reading: Task
  readonly previewing: Task
  readonly signing: Task
  readonly #calls: Calls

  constructor(calls: Calls) {
    this.#calls = calls
    this.reading = calls.task()
    this.previewing = calls.task()
    this.signing = calls.task()
  }

  /** Those of the plan that can be signed as they are. */
  readonly signable = $derived(this.plan?.previews.filter(isSignable) ?? [])
  readonly warns = $derived(this.signable.some(({ warnings }) => warnings.length > 0))
  /** Dates that were chosen must be there. */
  readonly isDated = $derived(isDated(this.life))
  /** Requests that must be compared by hand before they are certified: each of a few, none of many. */
  readonly toCompare = $derived(
    this.signable.length > MOST_COMPARED ? [] : this.signable.map(({ index }) => index),
  )
  readonly canSign = $derived(
    this.signable.length > 0 &&
      (!this.warns || this.acknowledged) &&
      this.toCompare.every((index) => this.compared.includes(index)),
  )

  /** Enters the page: the lowest authority that can sign, unless one was chosen. */
  begin(signing: readonly AuthorityView[]): void {
    if (!signing.some(({ id }) => id === this.authorityId)) this.authorityId = signing.at(-1)?.id ?? ''
  }

  read(files: readonly File[], requestIds: readonly string[], then: () => void): void {
    this.reading.queue(async (options) => {
      const input = { files: await readFiles(files), requestIds }
      const desk = await this.#calls.ask('certify.read', input, options)
      this.nothing = desk.items.length === 0 ? desk : null
      if (this.nothing) return
      this.clear()
      this.desk = desk
      // Requests without proof of possession, with a weak key or a repeated one are chosen by hand or not at all.
      const fit = desk.items.filter((item) => isSound(item) && item.sameKeyAs === null)
      // One profile for all: those that ask to become something else are certified afterwards.
      this.profileId = fit[0]?.suggested ?? USUAL
      this.chosen = fit
        .filter(({ suggested }) => (suggested ?? USUAL) === this.profileId)
        .map(({ index }) => index)
      then()
    })
  }

  comparing(index: number, on: boolean): void {
    this.compared = including(this.compared, index, on)
  }

  choosing(index: number, on: boolean): void {
    this.chosen = including(this.chosen, index, on)
    this.changed()
  }

  taking(oid: string, on: boolean): void {
    this.take = including(this.take, oid, on)
    if (this.plan) this.preview()
  }

  isConfirmed(index: number, place: number): boolean {
    return this.confirmed.some((each) => each.index === index && each.place === place)
  }

  confirm(index: number, place: number, on: boolean): void {
    const others = this.confirmed.filter((each) => each.index !== index || each.place !== place)
    this.confirmed = on ? [...others, { index, place }] : others
    this.changed()
  }

  /** Another issuer, profile or choice: what was looked at is not what would be signed. */
  changed(): void {
    this.plan = null
    this.acknowledged = false
    this.signing.clear()
  }

  preview(): void {
    this.previewing.run(async (options) => {
      const input = { ...this.#choices(), chosen: $state.snapshot(this.chosen) }
      this.plan = await this.#calls.ask('certify.preview', input, options)
      this.acknowledged = false
    })
  }

  sign(then: (result: CertifyResult) => void): void {
    this.signing.run(async (options) => {
      const result = await this.#calls.act(
        'certify.sign',
        {
          ...this.#choices(),
          chosen: this.signable.map(({ index }) => index),
          acknowledged: [...new Set(this.signable.flatMap(({ warnings }) => warnings))],
          shown: this.plan?.against ?? [],
        },
        options,
      )
      // Requests that could not be signed stay in the list, with all that was chosen for them.
      if (result.certified.length > 0) this.clear()
      this.result = result
      then(result)
    })
  }

  /** Keeps the requests, to be certified another day. */
  keep(then: () => void): void {
    const token = this.desk?.token
    if (token === undefined) return
    this.signing.run(async (options) => {
      const input = { token, chosen: $state.snapshot(this.chosen) }
      await this.#calls.act('certify.keep', input, options)
      this.clear()
      then()
    })
  }

  saveZip(): void {
    const { made } = this.result ?? {}
    if (made && made !== 'locked') download(archiveOf(made))
  }

  /** What was certified is still said. */
  lockAway(): void {
    const { result } = this
    this.clear()
    this.result = result && leftAfterLock('certify.sign', result)
  }

  forget(): void {
    this.clear()
  }

  /** Empties the list; the worker drops its copy when the vault locks. */
  clear(): void {
    this.desk = null
    this.chosen = []
    this.take = []
    this.confirmed = []
    this.compared = []
    this.answersOcsp = false
    this.life = { ...AS_PROFILE }
    this.result = null
    this.changed()
  }

  #choices(): CertifyChoices {
    const token = this.desk?.token ?? ''
    const { authorityId, profileId } = this
    const life = $state.snapshot(this.life)
    return {
      token,
      authorityId,
      profileId,
      validity: life.validity === '' ? null : validity(life),
      take: $state.snapshot(this.take),
      confirmed: this.confirmed,
      answersOcsp: this.answersOcsp,
    }
  }
}

const isSignable = ({ failure, errors }: CertifyPreview): boolean => failure === null && errors.length === 0
