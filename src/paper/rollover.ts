import { seen } from '../plain-text.ts'
import { messages, type Messages } from '../messages/messages.ts'
import { CLIENTS } from '../ca/rollover-plan.ts'
import type { RolloverCertificate, RolloverView } from '../border/protocol/rollover.ts'
import { encodePem } from '../x509/pem.ts'
import { colons } from '../octets.ts'
import { safeLine } from '../messages/safe-text.ts'
import { certificateIdentity, octetBlocks, type PaperDocument } from './blocks.ts'
import { documentPage, html } from './html.ts'

export interface Piece extends RolloverCertificate {
  readonly name: string
  readonly where: string
}

const words = (): Messages['ui']['life']['rollover'] => messages().ui.life.rollover

/** Returns the certificates of a plan, each with its name and where to install it. */
export function piecesOf({ kind, old, fresh, oldWithNew, newWithOld }: RolloverView): Piece[] {
  if (kind === 'intermediate')
    return [
      { ...old, ...words().caPiece.old },
      { ...fresh, ...words().caPiece.fresh },
    ]
  return [
    { ...old, ...words().piece.old },
    { ...fresh, ...words().piece.fresh },
    ...(oldWithNew ? [{ ...oldWithNew, ...words().piece.oldWithNew }] : []),
    ...(newWithOld ? [{ ...newWithOld, ...words().piece.newWithOld }] : []),
  ]
}

export const titleOf = ({ old }: RolloverView): string =>
  words().title(safeLine(old.row.commonName ?? old.row.subject, 120))

export const belowOf = ({ below, lastBelow }: RolloverView): string =>
  lastBelow ? words().below(below, lastBelow) : words().belowNone

/** One block: a heading and its lines; `pre` are preformatted lines. */
interface Block {
  readonly heading: string
  readonly lines: readonly string[]
  readonly pre?: string
  /** The certificate it is about. */
  readonly row?: RolloverCertificate['row']
}

function blocksOf(plan: RolloverView): Block[] {
  const steps = plan.steps.map(({ at, step }) => ({
    heading: `${messages().format.day(at)}  ${words().steps[step].title}`,
    lines: [words().steps[step].text],
  }))
  const eras = plan.eras.map(({ from, until, accepts }) => ({
    heading: `${messages().format.day(from)} – ${messages().format.day(until)}`,
    lines: CLIENTS.map(
      (client) => `${words().clients[client]}: ${words().believes(accepts[client].old, accepts[client].new)}`,
    ),
  }))
  const pieces = piecesOf(plan).map(({ name, where, row, der }) => ({
    heading: name,
    lines: [where, words().span(row.notBefore, row.notAfter)],
    row,
    pre: encodePem('CERTIFICATE', der).trimEnd(),
  }))
  return [
    { heading: words().days, lines: [belowOf(plan)] },
    ...steps,
    ...(eras.length > 0 ? [{ heading: words().who, lines: [words().whoLead] }, ...eras] : []),
    { heading: words().pieces, lines: [] },
    ...pieces,
  ]
}

const hashOf = (row: RolloverCertificate['row'] | undefined): string[] =>
  row ? [words().fingerprint(colons(row.fingerprint))] : []

/** Returns the whole plan as plain text, certificates included. */
export function rolloverText(plan: RolloverView, now: Date): string {
  const blocks = blocksOf(plan).map(({ heading, lines, pre, row }) =>
    [
      heading,
      ...[...lines, ...hashOf(row)].map((line) => `  ${seen(line)}`),
      ...(pre === undefined ? [] : [pre]),
    ].join('\n'),
  )
  return [seen(titleOf(plan)), words().leads[plan.kind], ...blocks, words().made(now)].join('\n\n') + '\n'
}

/** Returns the same as a page. */
export function rolloverHtml(plan: RolloverView, now: Date): string {
  const title = seen(titleOf(plan))
  const blocks = blocksOf(plan).map(
    ({ heading, lines, pre, row }) =>
      html`<h2>${heading}</h2>
        ${[...lines, ...hashOf(row)].map((line) => html`<p>${seen(line)}</p>`)}
        ${pre === undefined ? null : html`<pre>${pre}</pre>`}`,
  )
  const body = html`<h1>${title}</h1>
    <p>${words().leads[plan.kind]}</p>
    ${blocks}
    <p class="quiet">${words().made(now)}</p>`
  return documentPage({ language: messages().tag, title, body })
}

/** Returns the same for paper. */
export const rolloverPaper = (plan: RolloverView): PaperDocument => ({
  title: titleOf(plan),
  authority: plan.old.row.commonName ?? plan.old.row.subject,
  blocks: [
    { kind: 'text', text: words().leads[plan.kind] },
    ...blocksOf(plan).flatMap(({ heading, lines, pre, row }) => [
      { kind: 'heading' as const, text: heading },
      ...(row ? [certificateIdentity(row)] : []),
      ...lines.map((text) => ({ kind: 'text' as const, text })),
      ...(pre === undefined ? [] : octetBlocks(pre)),
    ]),
    { kind: 'signatures' },
  ],
})
