import type { ValidateAnswer } from '../border/protocol/validate.ts'
import { messages } from '../messages/messages.ts'
import { answered } from '../messages/verdict-text.ts'
import type { ValidateOptions } from '../validate/options.ts'
import type { Block, PaperDocument } from './blocks.ts'
import { ticketText } from './ticket.ts'

/** An answer for paper: the target as people compare it, and the lines of a ticket; a part begins after an empty line. */
export function answerPaper(answer: ValidateAnswer, options: ValidateOptions, now: Date): PaperDocument {
  const target = answer.report.paths[answer.report.best]?.certificates.at(-1)?.card
  const [said = '', ...parts] = ticketText(answer, options, now).trimEnd().split('\n\n')
  const text = (line: string): Block => ({ kind: 'text', text: line })
  return {
    title: answered(answer, now).title,
    authority: '',
    blocks: [
      ...said.split('\n').map(text),
      ...(target
        ? [
            {
              kind: 'identity' as const,
              label: messages().ui.parts.sha256,
              sha256: target.fingerprint,
              key: target.spkiHash,
            },
          ]
        : []),
      ...parts.flatMap((part): Block[] => {
        const [first = '', ...lines] = part.split('\n')
        return lines.length === 0 ? [text(first)] : [{ kind: 'heading', text: first }, ...lines.map(text)]
      }),
      { kind: 'signatures' },
    ],
  }
}
