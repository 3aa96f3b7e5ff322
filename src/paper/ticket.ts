import type { ValidateAnswer, ValidatedCertificate } from '../border/protocol/validate.ts'
import type { ValidateOptions } from '../validate/options.ts'
import { messages } from '../messages/messages.ts'
import { safeLine } from '../messages/safe-text.ts'
import { answered, nameOf } from '../messages/verdict-text.ts'
import { askedTexts } from './asked.ts'

/** Returns the answer as plain text for a ticket. */
export const ticketText = (...asked: Parameters<typeof ticketParts>): string =>
  `${ticketParts(...asked)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`

/** Returns the parts of a ticket in lines: the fault and its fix, what was asked, the chain, others, who says so. */
export function ticketParts(answer: ValidateAnswer, options: ValidateOptions, now: Date): string[][] {
  const { validate, report: words } = messages().ui
  const { title, more, first, others } = answered(answer, now)
  const said = [
    `${validate.verdictHead[answer.verdict]}: ${title}`,
    ...more,
    ...others.map(({ sentence }) => sentence),
    ...(first?.fix ? [`${validate.fixes}: ${first.fix}`] : []),
  ]
  const asked = askedTexts(options)
  const question = [
    words.asked,
    ...rows([
      [words.fields.at, messages().format.moment(answer.report.at)],
      [words.fields.purpose, asked.purpose],
      [words.fields.names, asked.names],
      [words.fields.profile, asked.profile],
      [words.fields.revocation, asked.revocation],
    ]),
  ]
  const parts = answer.unread ? [said, question] : [said, question, chainOf(answer), programsOf(answer)]
  return [
    ...parts.map((lines) => lines.map((line) => safeLine(line, 2000))),
    [words.made(now, answer.report.engine)],
  ]
}

/** An empty value has no line. */
const rows = (all: readonly (readonly [string, string])[]): string[] =>
  all.flatMap(([name, value]) => (value === '' ? [] : [`  ${name}: ${value}`]))

function chainOf({ report }: ValidateAnswer): string[] {
  const { report: words, validate } = messages().ui
  const path = report.paths[report.best]
  if (!path) return [words.noPath]
  const missing = path.missing ? [`  ${validate.missing.title}: ${path.missing.name}`] : []
  return [words.path, ...path.certificates.toReversed().flatMap(certificateOf), ...missing]
}

function certificateOf(certificate: ValidatedCertificate, depth: number): string[] {
  const { card } = messages().ui.report
  const { serialNumber, notBefore, notAfter, fingerprint } = certificate.card
  return [
    `  ${String(depth)} ${nameOf(certificate)}`,
    ...rows([
      [card.serialNumber, serialNumber],
      [card.validity, messages().ui.report.validity(notBefore, notAfter)],
      [card.fingerprint, fingerprint],
    ]).map((line) => `  ${line}`),
  ]
}

const programsOf = ({ others }: ValidateAnswer): string[] => {
  const words = messages().ui.validate.others
  return [
    words.title,
    ...others.map(({ program, verdict }) => `  ${words.programs[program]}: ${words.verdicts[verdict]}`),
  ]
}
