/** How far a ceremony has come, from its lines alone. */
import type { CeremonyKind } from './events.ts'
import type { Plan, Step } from './plan.ts'
import type { TranscriptLine } from './transcript.ts'

export type Phase =
  /** The next step may begin. */
  | 'ready'
  /** A step is being done. */
  | 'doing'
  /** The same, but not by this page: what it did is not known until the room has decided. */
  | 'interrupted'
  | 'break'
  /** Nothing but to abort is left. */
  | 'stopped'
  /** Every step is done; the manifest is not made yet. */
  | 'done'
  | 'completed'
  | 'aborted'

export interface Standing {
  readonly kind: CeremonyKind
  readonly phase: Phase
  /** The step that is next or being done; null if none is left. */
  readonly step: Step | null
  /** The lines that ended steps, by step. */
  readonly ended: ReadonlyMap<string, TranscriptLine>
  /** What was about to be signed in the step that is being done. */
  readonly signing: readonly TranscriptLine[]
  readonly exceptions: number
  /** There is a live key; there is a live signature. */
  readonly passed: ReadonlySet<unknown>
}

interface State {
  phase: Phase
  /** What a break interrupts. */
  before: Phase
  signing: TranscriptLine[]
  exceptions: number
  readonly ended: Map<string, TranscriptLine>
  readonly passed: Set<unknown>
}

/** `isHere`: this page has begun the step that is being done. `lines` begin with `open`. */
export function standingOf(plan: Plan, lines: readonly TranscriptLine[], isHere: boolean): Standing {
  const state: State = {
    ...{ phase: 'ready', before: 'ready', signing: [], exceptions: 0 },
    ...{ ended: new Map(), passed: new Set() },
  }
  for (const line of lines) take(state, line)
  const { ended, signing, exceptions, passed } = state
  const step = plan.steps.find(({ id }) => !ended.has(id)) ?? null
  return {
    kind: lines[0]!.kind,
    phase: phaseNow(state.phase, step, isHere),
    step,
    ended,
    signing,
    exceptions,
    passed,
  }
}

function phaseNow(phase: Phase, step: Step | null, isHere: boolean): Phase {
  if (phase === 'ready' && step === null) return 'done'
  return phase === 'doing' && !isHere ? 'interrupted' : phase
}

/** After these nothing goes on, whatever a line says. */
const LAST: readonly Phase[] = ['stopped', 'completed', 'aborted']

function take(state: State, line: TranscriptLine): void {
  if (LAST.includes(state.phase) && line.event !== 'aborted') {
    if (line.event === 'exception') state.exceptions += 1
    return
  }
  switch (line.event) {
    case 'began':
      state.phase = 'doing'
      state.signing = []
      break
    case 'signing':
      state.signing.push(line)
      break
    case 'ended':
      state.ended.set(line.step, line)
      state.phase = 'ready'
      break
    case 'exception':
      state.exceptions += 1
      state.phase = afterException(state.phase, line)
      break
    case 'break':
      if (state.phase !== 'break') state.before = state.phase
      state.phase = 'break'
      break
    case 'resumed':
      if (state.phase === 'break') state.phase = state.before
      break
    case 'no-return':
      state.passed.add(line.more['of'])
      break
    case 'aborted':
    case 'completed':
      state.phase = line.event
  }
}

/** What was decided: a step that is done again begins again, and what differs ends all. */
function afterException(phase: Phase, { more }: TranscriptLine): Phase {
  if (more['why'] === 'differs' || more['decision'] === 'abort') return 'stopped'
  return more['decision'] === 'again' ? 'ready' : phase
}
