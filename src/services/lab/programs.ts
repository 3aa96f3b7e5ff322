import type { JudgementView, ProgramSeen } from '../../border/protocol/lab.ts'
import { circumstanceOf } from '../../mtls/circumstance.ts'
import type { Judgement } from '../../mtls/judge/judgement.ts'
import { PROGRAMS, seenAnswer } from '../../mtls/programs/programs.ts'
import type { Program } from '../../mtls/programs/program.ts'
import { saidBy } from '../../mtls/programs/refusals.ts'
import type { TlsVersion } from '../../mtls/wire/code-points.ts'
import type { Side } from '../../mtls/wire/transcript.ts'
import type { LabSession } from './session.ts'

type OfPrograms = Pick<JudgementView, 'circumstance' | 'programs'>

/** Returns the programs that were measured as this end. */
export const programsFor = (side: Side): readonly Program[] =>
  Object.values(PROGRAMS).filter(({ runs }) => runs.some((run) => run[side] !== undefined))

/** Returns what the measured programs did in the place of the one who judges. */
export function programsSeen(
  session: LabSession,
  judgement: Judgement,
  version: TlsVersion | null,
): OfPrograms {
  const { by, presented, report, possession } = judgement
  const presenter = by === 'client' ? 'server' : 'client'
  const scenario = session.staged()
  // They were measured as they verify what they require, in the handshake.
  const isOptional = by === 'server' && presented !== 'chain' && scenario.server.asks === 'optional'
  const circumstance =
    isOptional || scenario[by].verifies !== 'handshake'
      ? 'unmeasured'
      : circumstanceOf({
          presenter,
          sent: presented === 'chain' ? scenario[presenter].chain : [],
          anchors: scenario[by].anchors,
          ...{ report, possession: possession ?? 'not-proved' },
          known: session.members.map(({ certificate }) => certificate),
        })
  const seen = ({ id, name }: Program): ProgramSeen => {
    if (circumstance === 'several' || circumstance === 'unmeasured' || version === null)
      return { id, name, seen: null, said: null }
    const answer = seenAnswer(id, null, by, version, circumstance, scenario[by].maxDepth)
    return {
      ...{ id, name },
      seen: answer,
      said: answer && answer.answer.kind !== 'accepts' ? saidBy(id, by, circumstance) : null,
    }
  }
  return {
    circumstance,
    programs: presented === 'not-asked' ? [] : programsFor(by).map(seen),
  }
}
