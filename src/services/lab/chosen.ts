import type { ChosenProgram, JudgementView } from '../../border/protocol/lab.ts'
import type { Answer } from '../../mtls/handshake.ts'
import { receivedAlert } from '../../mtls/programs/alerts.ts'
import { seenToSend } from '../../mtls/programs/choosing.ts'
import type { ProgramId } from '../../mtls/programs/program.ts'
import { PROGRAMS } from '../../mtls/programs/programs.ts'
import type { Side } from '../../mtls/wire/transcript.ts'
import type { LabSession } from './session.ts'

type Judgements = Readonly<Record<Side, JudgementView | null>>

/** Returns what the program that an end is was seen to do in its place; null if the end is none. */
export function chosenView(
  session: LabSession,
  side: Side,
  judgements: Judgements,
  answer: Answer,
): ChosenProgram | null {
  const id = session.programs[side]
  if (id === null) return null
  const { name } = PROGRAMS[id]
  const judgement = judgements[side]
  const asks = judgement !== null && judgement.presented !== 'not-asked'
  return {
    ...{ id, name },
    judges: asks
      ? (judgement.programs.find((each) => each.id === id) ?? { id, name, seen: null, said: null })
      : null,
    sends: sendsOf(session, side, id),
    prints: printsOf(session, side, id, judgements, answer),
  }
}

function sendsOf(session: LabSession, side: Side, id: ProgramId): ChosenProgram['sends'] {
  const scenario = session.staged()
  const { client, server } = scenario
  if (side === 'server' || server.asks === 'no' || client.chain.length === 0) return null
  return {
    has: client.chain.length,
    seen: seenToSend(
      id,
      scenario,
      session.members.map(({ certificate }) => certificate),
    ),
  }
}

/** What it prints of the alert by which the other end refuses it: that program’s own alert, if it was chosen. */
function printsOf(
  session: LabSession,
  side: Side,
  id: ProgramId,
  judgements: Judgements,
  { ending }: Answer,
): ChosenProgram['prints'] {
  const other = side === 'client' ? 'server' : 'client'
  if (!ending || ending.by !== other || ending.told !== 'alert') return null
  const judge = judgements[other]?.programs.find((each) => each.id === session.programs[other])?.seen
  const code = judge ? (judge.answer.kind === 'alert' ? judge.answer.code : null) : ending.alert
  return code === null ? null : receivedAlert(id, null, code)
}
