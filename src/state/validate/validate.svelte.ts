import { DEFAULT_PROFILE } from '../../lint/profiles.ts'
import type { FindingCode } from '../../findings.ts'
import { messages } from '../../messages/messages.ts'
import type { ValidateOptions } from '../../validate/options.ts'
import type { Choice } from '../../validate/advice/choices.ts'
import type { Era } from '../../validate/advice/timeline.ts'
import type {
  ValidateAnswer,
  ValidateQuestion,
  FixView,
  PileView,
  ReportDocument,
  RuleExample,
} from '../../border/protocol/validate.ts'
import type { ExportFile } from '../../border/views.ts'
import type { Calls } from '../calls.ts'
import type { Clock } from '../clock.svelte.ts'
import { textFile } from '../../paper/file.ts'
import { reportJson } from '../../paper/report-json.ts'
import { buffersOf, download, readFiles } from '../files.ts'
import { including } from '../including.ts'
import { PileLook } from './pile-look.svelte.ts'
import { PileSearch } from './pile-search.svelte.ts'
import type { Task } from '../task.svelte.ts'
import { TrustStores } from './trust-stores.svelte.ts'
import { kindOfName, named } from './name-kind.ts'

export type AskedProfile = NonNullable<ValidateOptions['profile']>
export type AskedPurpose = NonNullable<ValidateOptions['purpose']>
export type AskedRevocation = NonNullable<ValidateOptions['revocation']>
export type AskedName = NonNullable<ValidateOptions['peerNames']>[number]

/** The options of a validation; every change validates again at once. */
export interface Asked {
  target: number
  purpose: AskedPurpose
  /** Null: as the name reads. */
  nameKind: AskedName['kind'] | null
  name: string
  /** Null: the current time of each validation. */
  at: Date | null
  profile: AskedProfile
  revocation: AskedRevocation
  nesting: boolean
  /** Null: as the selected rules define it. */
  anchorConstraints: boolean | null
  allowSha1: boolean
  allPaths: boolean
  /** The certificate was chosen, not guessed. */
  isChosen: boolean
  /** SHA-256 in hexadecimal of the certificate, '' for none. */
  pin: string
}

/** The certificates you added, the options, and the result. Nothing of it is stored. */
export class Validation {
  pile = $state.raw<PileView | null>(null)
  answer = $state.raw<ValidateAnswer | null>(null)
  eras = $state.raw<readonly Era[]>([])
  /** Choices that changed the answer about this certificate, now or before: one that is shown does not disappear again. */
  mattering = $state.raw<ReadonlySet<Choice>>(new Set())
  /** An earlier answer, kept to be compared with. */
  kept = $state.raw<ValidateAnswer | null>(null)
  /** What is typed and not read yet; the field for it is another one after each change of the page. */
  draft = $state('')
  /** Certificates of the pile that are trusted, by index. */
  trusted = $state.raw<readonly number[]>([])
  /** Certificates that were trusted once: they stay visible when no longer trusted. */
  offered = $state.raw<ReadonlySet<number>>(new Set())
  /** The last password opened nothing. */
  passwordRefused = $state(false)
  example = $state.raw<RuleExample | null>(null)
  asked: Asked
  readonly stores: TrustStores
  readonly search: PileSearch
  readonly look: PileLook
  readonly reading: Task
  readonly running: Task
  readonly #weighing: Task
  readonly #calls: Calls
  readonly #clock: Clock
  #pasted = 0
  #lastAsked: ValidateQuestion | null = null

  /** `publicRoots` opens the pack of them. */
  constructor(calls: Calls, clock: Clock, publicRoots: () => Promise<string>) {
    this.#calls = calls
    this.#clock = clock
    this.search = new PileSearch(calls)
    this.look = new PileLook(calls)
    this.reading = calls.task()
    this.running = calls.task()
    this.#weighing = calls.task()
    this.stores = new TrustStores(calls, { publicRoots, again: () => this.validate() })
    this.asked = $state(this.#fresh())
  }

  /** The instant of validation. */
  readonly at = $derived.by(() => this.asked.at ?? this.#clock.now)
  readonly isEmpty = $derived(this.pile === null || this.pile.total === 0)
  /** Whether all of it is to be trusted rather than validated; false once one of them was chosen. */
  readonly isBundle = $derived.by(() => this.pile?.guess.isBundle === true && !this.asked.isChosen)

  #fresh(): Asked {
    return {
      target: 0,
      purpose: 'any',
      nameKind: null,
      name: '',
      at: null,
      profile: DEFAULT_PROFILE,
      revocation: 'given',
      nesting: true,
      anchorConstraints: null,
      allowSha1: false,
      allPaths: false,
      isChosen: false,
      pin: '',
    }
  }

  /** Adds files to the pile; `then` is called if they contain something. */
  read(files: readonly File[], passwords: readonly string[] = [], then?: () => void): void {
    this.reading.queue(async (options) => {
      const read = await readFiles(files)
      const before = JSON.stringify(this.pile?.locked ?? [])
      const held = heldIn(this.pile)
      const input = { files: read, passwords, add: true }
      const pile = await this.#calls.ask('validate.read', input, { ...options, transfer: buffersOf(read) })
      this.passwordRefused = passwords.length > 0 && JSON.stringify(pile.locked) === before
      this.#take(pile)
      if (heldIn(pile) > held) then?.()
    })
  }

  /** Reads what was typed; it stays in its field until something is found in it. */
  paste(then: () => void): void {
    const text = this.draft
    if (text.trim() === '') return
    this.#pasted += 1
    this.read([new File([text], messages().ui.validate.pasted(this.#pasted))], [], () => {
      if (this.draft === text) this.draft = ''
      then()
    })
  }

  /** Adds a chain, the target first, and validates it as of a day, trusting its root if it has one. */
  tryChain(
    { file, size, hasAnchor, at }: { file: File; size: number; hasAnchor: boolean; at: Date },
    then: () => void,
  ): void {
    const first = this.pile?.total ?? 0
    this.read([file], [], () => {
      this.asked.at = at
      if (hasAnchor) {
        this.offered = new Set([first + size - 1])
        this.trusted = [first + size - 1]
      }
      this.aim(first)
      then()
    })
  }

  clear(): void {
    this.reading.queue(async () => {
      await this.#calls.ask('validate.clear', null)
      this.pile = null
      this.#pasted = 0
      this.answer = null
      this.eras = []
      this.mattering = new Set()
      this.trusted = []
      this.asked = this.#fresh()
    })
  }

  /** Keeps the answer, and makes room for what it is compared with. */
  compare(): void {
    this.kept = this.answer
    this.clear()
  }

  #take(pile: PileView): void {
    this.pile = pile
    this.search.begin(pile)
    this.mattering = new Set()
    const { target, purpose, peerName } = pile.guess
    this.trusted = []
    this.offered = new Set()
    Object.assign(this.asked, {
      target: Math.max(0, target),
      isChosen: false,
      purpose,
      ...named(peerName),
    })
    this.stores.read()
  }

  /** Selects another certificate, and the purpose that it states itself. */
  aim(target: number): void {
    this.asked.target = target
    this.asked.isChosen = true
    this.asked.name = ''
    this.asked.nameKind = null
    this.mattering = new Set()
    this.validate()
  }

  /** Validates as of another instant; null for the current time. */
  moveTo(at: Date | null): void {
    this.asked.at = at
    this.validate()
  }

  /** Validates with the current options, unless nothing is asked of a bundle; drops the result of an older run. */
  validate(): void {
    if (this.isEmpty || this.isBundle) return
    const question = this.#question()
    this.#lastAsked = question
    const pile = this.pile
    const read = (answer: ValidateAnswer): void => {
      this.answer = answer
      this.running.read(
        () => this.#calls.ask('validate.timeline', question),
        (eras) => (this.eras = eras),
      )
      this.#weighing.read(
        () => this.#calls.ask('validate.choices', question),
        (choices) => {
          // Another certificate may have been chosen meanwhile.
          if (this.asked.target === question.target && this.pile === pile)
            this.mattering = new Set([...this.mattering, ...choices])
        },
      )
    }
    this.running.read(() => this.#run(question), read)
  }

  async #run(question: ValidateQuestion): Promise<ValidateAnswer> {
    try {
      return await this.#calls.ask('validate.run', question)
    } catch (error) {
      // The answer to another question must not be shown beside this one.
      if (this.#lastAsked === question) this.answer = null
      throw error
    }
  }

  #question(): ValidateQuestion {
    const {
      target,
      purpose,
      name,
      nameKind,
      at,
      profile,
      revocation,
      nesting,
      anchorConstraints,
      allowSha1,
      allPaths,
      pin,
      isChosen,
    } = this.asked
    return {
      target,
      stores: this.stores.inUse(purpose),
      trusted: [...this.trusted],
      isChosen,
      options: {
        at: at === null || Number.isNaN(at.getTime()) ? this.#clock.read() : at,
        purpose,
        profile,
        revocation,
        ekuNesting: nesting,
        ...(anchorConstraints === null ? {} : { anchorConstraints }),
        allowSha1,
        explore: allPaths ? 'all' : 'first',
        peerNames: name.trim() === '' ? [] : [{ kind: nameKind ?? kindOfName(name), value: name.trim() }],
        pins:
          pin.trim() === '' ? [] : [{ of: 'certificate', sha256: pin.replace(/[\s:]/g, '').toLowerCase() }],
      },
    }
  }

  /** Returns what `compose` makes of the answer and of what was asked. */
  composed<T>(
    answer: ValidateAnswer,
    compose: (answer: ValidateAnswer, options: ValidateOptions, now: Date) => T,
  ): T {
    return compose(answer, this.#question().options, this.#clock.read())
  }

  /** Applies a suggested fix, if the page can. */
  apply(fix: FixView): void {
    switch (fix.kind) {
      case 'trust':
        this.trust(fix.index, true)
        return
      case 'validate-at':
        this.asked.at = fix.at
        break
      case 'ask-name':
        Object.assign(this.asked, named(fix.name))
        break
      case 'ask-purpose':
        this.asked.purpose = fix.purpose
        break
      case 'without-nesting':
        this.asked.nesting = false
        break
      case 'allow-sha1':
        this.asked.allowSha1 = true
        break
      case 'without-pin':
        this.asked.pin = ''
        break
      case 'revocation-as-given':
        this.asked.revocation = 'given'
        break
      default:
        return
    }
    this.validate()
  }

  /** Trusts this one alone. */
  trustOnly(index: number): void {
    this.trusted = [index]
    this.stores.useNone()
  }

  trust(index: number, counts: boolean): void {
    this.offered = new Set([...this.offered, index])
    this.trusted = including(this.trusted, index, counts)
    this.validate()
  }

  saveReport(): void {
    this.running.run(async () => {
      const { data } = await this.#calls.ask('validate.report', this.#question())
      download(reportJson(data))
    })
  }

  /** Saves the report for people; `compose` writes it in words. */
  saveReportAs(compose: (report: ReportDocument, madeAt: Date) => ExportFile): void {
    this.running.run(async () => {
      const report = await this.#calls.ask('validate.report', this.#question())
      download(compose(report, this.#clock.read()))
    })
  }

  saveFile(name: string, text: string): void {
    download(textFile(name, text, 'application/x-pem-file'))
  }

  /** Draws a chain that breaks this rule. */
  explain(code: string): void {
    this.example = null
    // Queued: a user who moves on to another rule at once sees that one.
    this.running.queue(async () => {
      this.example = await this.#calls.ask('validate.example', { code: code as FindingCode })
    })
  }
}

/** Returns the number of items in a pile. */
const heldIn = (pile: PileView | null): number =>
  pile === null
    ? 0
    : pile.total + pile.lists + pile.responses + pile.requests + pile.keys.length + pile.locked.length
