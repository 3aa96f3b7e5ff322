/** A ceremony that is going on: its plan, its lines, and what may come next. */
import type { CeremonyEvent, CeremonyEvents, CeremonyKind } from '../../ceremony/events.ts'
import type { Plan, Step, StepAct } from '../../ceremony/plan.ts'
import { readPlan } from '../../ceremony/plan-file.ts'
import type { ObjectKind } from '../../ceremony/tbs-fields.ts'
import { standingOf, type Phase, type Standing } from '../../ceremony/standing.ts'
import {
  appendLine,
  NO_LINES,
  readTranscript,
  type LineDraft,
  type TranscriptHead,
  type TranscriptLine,
} from '../../ceremony/transcript.ts'
import { CodedError } from '../../errors.ts'
import { concat, utf8 } from '../../octets.ts'
import type { CeremonyFile, CeremonyStore } from '../../vault/ceremony-store.ts'
import { sha256Hex } from '../../webcrypto/signature.ts'

/** Files of the record, beside the objects. */
export const PLAN_FILE = 'plan.json'
export const SEALED_FILE = 'sealed.json'
export const TRANSCRIPT_FILE = 'transcript.jsonl'
/** What a rehearsal made, and its transcript, as a live ceremony keeps them. */
export const REHEARSAL = 'rehearsal/'

export const ENDING = { certificate: 'der', list: 'crl', response: 'ors' } as const

/** The file of a request that was brought. */
export const objectFileOfRequest = (request: string): string => `objects/${request}.csr`
/** The file of a signed object. */
export const objectFile = (object: string, kind: ObjectKind): string => `objects/${object}.${ENDING[kind]}`
/** The same as it was rehearsed. */
export const rehearsalFile = (object: string, kind: ObjectKind): string =>
  `${REHEARSAL}${object}.${ENDING[kind]}`

export class CeremonyRun {
  readonly plan: Plan
  readonly store: CeremonyStore
  readonly #now: () => number
  #lines: readonly TranscriptLine[]
  #texts: readonly string[]
  #head: TranscriptHead
  /** The step that this page has begun. */
  #here: string | null = null

  private constructor(
    store: CeremonyStore,
    now: () => number,
    plan: Plan,
    texts: readonly string[],
    read: { readonly lines: readonly TranscriptLine[]; readonly head: TranscriptHead },
  ) {
    this.store = store
    this.#now = now
    this.plan = plan
    this.#texts = texts
    this.#lines = read.lines
    this.#head = read.head
  }

  /** Returns the ceremony that is kept here; null if none is. Rejects with 'transcript-invalid', 'ceremony-plan'. */
  static async kept(store: CeremonyStore, now: () => number): Promise<CeremonyRun | null> {
    const texts = await store.lines()
    if (texts.length === 0) return null
    const read = await readTranscript(linesOf(texts))
    const file = (await store.file(PLAN_FILE)) ?? new Uint8Array(0)
    const { event, more } = read.lines[0]!
    // The lines of another ceremony, or the plan of one.
    if (event !== 'open' || more['plan'] !== (await sha256Hex(file)))
      throw new CodedError('transcript-invalid', { line: 1, reason: 'plan' })
    return new CeremonyRun(store, now, planIn(file), texts, read)
  }

  /** Begins one with its first line, in the place of what was kept here. */
  static async begin(
    store: CeremonyStore,
    now: () => number,
    files: readonly [plan: CeremonyFile, ...more: CeremonyFile[]],
    opened: CeremonyEvents['open'] & { readonly kind: CeremonyKind },
  ): Promise<CeremonyRun> {
    const { kind, ...more } = opened
    const draft: LineDraft = { at: new Date(now()), kind, step: '', event: 'open', more }
    const { text, line, head } = await appendLine(NO_LINES, draft)
    await store.begin(text, files)
    return new CeremonyRun(store, now, planIn(files[0].bytes), [text], { lines: [line], head })
  }

  get lines(): readonly TranscriptLine[] {
    return this.#lines
  }

  get head(): string {
    return this.#head.hash
  }

  get kind(): CeremonyKind {
    return this.#lines[0]!.kind
  }

  /** The transcript as a file. */
  get transcript(): Uint8Array {
    return linesOf(this.#texts)
  }

  get standing(): Standing {
    const last = this.#lines.findLast(({ event }) => event === 'began')
    return standingOf(this.plan, this.#lines, last !== undefined && last.step === this.#here)
  }

  /** Adds a line, with files that belong to it; both are stored, or neither. Rejects with 'ceremony-elsewhere'. */
  async add<E extends CeremonyEvent>(
    event: E,
    more: CeremonyEvents[E],
    { step = '', files = [] }: { readonly step?: string; readonly files?: readonly CeremonyFile[] } = {},
  ): Promise<void> {
    const draft: LineDraft = { at: new Date(this.#now()), kind: this.kind, step, event, more }
    const { text, line, head } = await appendLine(this.#head, draft)
    try {
      await this.store.append(head.sequence, text, files)
    } catch (error) {
      // Another tab has written that line.
      if (error instanceof DOMException && error.name === 'ConstraintError')
        throw new CodedError('ceremony-elsewhere', null, { cause: error })
      throw error
    }
    this.#texts = [...this.#texts, text]
    this.#lines = [...this.#lines, line]
    this.#head = head
  }

  /** Throws 'ceremony-step' unless it is in one of these phases. */
  requirePhase(...phases: readonly Phase[]): void {
    if (!phases.includes(this.standing.phase)) throw this.#unexpected('')
  }

  /** Begins the step that is next. Rejects with 'ceremony-step'. */
  async beginStep(id: string): Promise<void> {
    const { phase, step } = this.standing
    if (phase !== 'ready' || step?.id !== id) throw this.#unexpected(id)
    await this.add('began', {}, { step: id })
    this.#here = id
  }

  /** Returns the step that is being done here, if it does this. Rejects with 'ceremony-step'. */
  doing(id: string, ...acts: readonly StepAct[]): Step {
    const { phase, step } = this.standing
    if (phase !== 'doing' || step?.id !== id || !acts.some((act) => act === step.act))
      throw this.#unexpected(id)
    return step
  }

  /** How many times the step has begun. */
  tries(id: string): number {
    return this.#lines.filter(({ event, step }) => event === 'began' && step === id).length
  }

  /** What the step has done is not known any more: the room decides. */
  leaveStep(): void {
    this.#here = null
  }

  /** Ends the step that is being done. */
  async endStep(
    id: string,
    said: CeremonyEvents['ended'],
    files: readonly CeremonyFile[] = [],
  ): Promise<void> {
    await this.add('ended', said, { step: id, files })
    this.#here = null
  }

  /** Notes what the plan does not say, and what was decided. */
  async except(exception: Omit<CeremonyEvents['exception'], 'number'>): Promise<void> {
    const { exceptions, step } = this.standing
    await this.add('exception', { number: exceptions + 1, ...exception }, { step: step?.id ?? '' })
    if (exception.decision === 'found') this.#here = step?.id ?? null
  }

  /** What the line that ended a step says of this; undefined if it has not ended or does not say. */
  said(stepId: string, name: string): TranscriptLine['more'][string] | undefined {
    return this.standing.ended.get(stepId)?.more[name]
  }

  #unexpected(asked: string): CodedError {
    const { phase, step } = this.standing
    return new CodedError('ceremony-step', { asked, phase, next: step?.id ?? null })
  }
}

const linesOf = (texts: readonly string[]): Uint8Array => concat(texts.map((text) => utf8(`${text}\n`)))

/** Throws 'ceremony-plan'. */
function planIn(octets: Uint8Array): Plan {
  const read = readPlan(octets)
  if ('faults' in read) throw new CodedError('ceremony-plan', { faults: read.faults.length })
  return read.plan
}
