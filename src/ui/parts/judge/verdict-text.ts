import { findingSentence, messages } from '../../../messages/messages.ts'
import type { JudgedCertificate, ReportView } from '../../../worker/protocol/judge.ts'
import { safeLine } from '../safe-text.ts'

/** What to call a certificate of a path. */
export const nameOf = ({ card }: JudgedCertificate): string =>
  safeLine(card.commonName ?? (card.subject || card.serialNumber), 200)

/** The verdict in a sentence. */
export function verdictSentence({ verdict, at, paths, best }: ReportView): string {
  const words = messages.ui.judge.verdict
  const certificates = paths[best]?.certificates ?? []
  const [anchor] = certificates
  const target = certificates.at(-1)
  if (verdict !== 'valid' || !target || !anchor) return words[verdict === 'valid' ? 'invalid' : verdict]
  return target === anchor
    ? words.validAlone(nameOf(target), at)
    : words.valid(nameOf(target), nameOf(anchor), at)
}

/** What refuses the path to show, each sentence once. */
export function refusalSentences({ paths, best }: ReportView): string[] {
  const sentences = paths[best]?.certificates.flatMap((each) =>
    each.refusals.map((finding) => safeLine(findingSentence(finding, nameOf(each)), 2000)),
  )
  return [...new Set(sentences)]
}
