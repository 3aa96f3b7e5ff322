import type { ValidateAnswer } from '../border/protocol/validate.ts'
import { answered } from '../messages/verdict-text.ts'
import type { ValidateOptions } from '../validate/options.ts'
import { certificateIdentity, type Block, type PaperDocument } from './blocks.ts'
import { ticketParts } from './ticket.ts'

/** An answer for paper: what a ticket says, and the target as people compare it. */
export function answerPaper(answer: ValidateAnswer, options: ValidateOptions, now: Date): PaperDocument {
  const target = answer.report.paths[answer.report.best]?.certificates.at(-1)?.card
  const [said = [], ...parts] = ticketParts(answer, options, now)
  const text = (line: string): Block => ({ kind: 'text', text: line })
  return {
    title: answered(answer, now).title,
    authority: '',
    blocks: [
      ...said.map(text),
      ...(target ? [certificateIdentity(target)] : []),
      ...parts.flatMap(([first = '', ...lines]): Block[] =>
        lines.length === 0 ? [text(first)] : [{ kind: 'heading', text: first }, ...lines.map(text)],
      ),
      { kind: 'signatures' },
    ],
  }
}
