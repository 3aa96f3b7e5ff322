import { createPool } from '../../../src/validate/pool.ts'
import { validate } from '../../../src/validate/validate.ts'
import type { ValidateOptions } from '../../../src/validate/options.ts'
import { othersOf } from '../../../src/validate/survey/others.ts'
import type { Report } from '../../../src/validate/report.ts'
import type { Chain } from '../../../src/services/validate/examples/draw.ts'
import { PEERS } from '../../support/peers/peers.ts'
import { writeQuestion, type Answer, type Question } from '../../support/peers/question.ts'

/** The five programs that can be run, by the name that our table of opinions has for them. */
export const PEER_OF = { openssl: 'openssl', go: 'go', java: 'java', gnutls: 'certtool', nss: 'nss' } as const
export type Held = keyof typeof PEER_OF
export const HELD = Object.keys(PEER_OF) as Held[]

/** A question for the five, and our own answer to it. */
export interface Asked {
  readonly id: string
  readonly question: Question
  readonly report: Report
}

/** Validates the chain now, and writes it down for the others; null where they cannot be asked the same. */
export async function askOf(folder: string, id: string, chain: Chain): Promise<Asked | null> {
  const { target, anchors, intermediates, asked, ...sources } = chain
  const options: ValidateOptions = { at: new Date(), purpose: 'serverAuth', ...asked }
  const [name, ...more] = options.peerNames ?? []
  if (anchors.length === 0 || more.length > 0 || (name && name.kind !== 'DNS')) return null
  const report = await validate(target, createPool({ anchors, intermediates, ...sources }), options)
  const der = (each: { readonly der: Uint8Array }) => each.der
  const question = writeQuestion(
    folder,
    id,
    { target: der(target), intermediates: intermediates.map(der), anchors: anchors.map(der) },
    {
      purpose: options.purpose ?? 'any',
      strict: options.profile === 'rfc5280' || options.profile === 'webpki',
      ...(name && { host: name.value }),
    },
    listsThatDecide(report) ? (sources.crls ?? []).map(der) : [],
  )
  return { id, question, report }
}

/** A list is given to the others where it is what decided here; each has its own say of a list that is only there. */
const listsThatDecide = ({ paths, best }: Report): boolean =>
  paths[best]?.certificates.some(({ findings }) =>
    findings.some(
      ({ code, detail }) => (code === 'revoked' || code === 'on-hold') && detail.source === 'crl',
    ),
  ) === true

/** What a program says to each, in their order. */
export const answersOf = (program: Held, asked: readonly Asked[]): Promise<Answer[]> =>
  PEERS[PEER_OF[program]](asked.map(({ question }) => question))

/** Where a program said otherwise than the panel says it would; what is called unknown contradicts nothing. */
export async function contradictionsOf(
  program: Held,
  all: readonly Asked[],
): Promise<Record<string, string>> {
  // Our question to Java has no place for lists.
  const asked = program === 'java' ? all.filter(({ question }) => !question.lists) : all
  const answers = await answersOf(program, asked)
  const found: Record<string, string> = {}
  let unknown = 0
  asked.forEach(({ id, report }, i) => {
    const { verdict, reasons } = othersOf(report).find((each) => each.program === program)!
    const { accepted, reason } = answers[i]!
    if (verdict === 'unknown') unknown++
    else if (verdict !== (accepted ? 'accepts' : 'refuses'))
      found[id] =
        `we ${report.verdict}; panel ${verdict} ${reasons.map(({ code }) => code).join(' ')}; it ${accepted ? 'accepts' : `refuses: ${reason}`}`
    const said = reasons.flatMap(({ words }) => words ?? [])
    if (
      verdict === 'refuses' &&
      !accepted &&
      said.length > 0 &&
      !said.some((words) => reason.includes(words))
    )
      found[id] = `panel has it say ${said.join(' ')}; it says: ${reason}`
  })
  console.info(`${program}: ${String(asked.length)} asked, ${String(unknown)} unknown`)
  return found
}
