/** Everything of a ceremony that is paper: sheets to fill in before it, and sheets and a report after it. */
import type { CeremonyView } from '../border/protocol/ceremony.ts'
import type { ExportFile } from '../border/views.ts'
import type { CeremonyKind } from '../ceremony/events.ts'
import type { Plan } from '../ceremony/plan.ts'
import { wordsText } from '../messages/hash-words.ts'
import { messages } from '../messages/messages.ts'
import { safeLine } from '../messages/safe-text.ts'
import { utf8 } from '../octets.ts'
import { sha256Hex } from '../webcrypto/signature.ts'
import { pageOfAll, pagesOf, type Part } from './ceremony/leaves.ts'
import { holderSheet, materialsSheet, rollSheet, signOffSheet } from './ceremony/people-sheets.ts'
import { planSheet } from './ceremony/plan-sheet.ts'
import { reportPieces } from './ceremony/report.ts'
import { destructionSheet, exceptionsSheet, keysSheet, wordsSheet } from './ceremony/thing-sheets.ts'
import type { Told } from './ceremony/told.ts'
import { verifyFiles } from './ceremony-verify.ts'
import { textFile } from './file.ts'

/** Of a person, where it is only to be recognized. */
const NAME = 70

/** A rehearsal's files say so, in every language by the same word. */
const REHEARSAL = 'REHEARSAL-'

/** A file of the record: a page for people, with a name that a manifest may have. */
export interface PaperFile {
  readonly name: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** Returns the sheets of a plan (its SHA-256 in hex) to print before the ceremony, numbered as one set. */
export async function planSheets(
  plan: Plan,
  planSha256: string,
  kind: CeremonyKind,
): Promise<readonly PaperFile[]> {
  const told = await toldBy(plan, planSha256, kind, null)
  return filesOf(told, sheetParts(told))
}

/** Returns the same sheets as one page, to be printed at once. */
export async function sheetsToPrint(plan: Plan, planSha256: string, kind: CeremonyKind): Promise<ExportFile> {
  const told = await toldBy(plan, planSha256, kind, null)
  const name = kind === 'rehearsal' ? `${REHEARSAL}sheets.html` : 'sheets.html'
  return textFile(name, pageOfAll(told, sheetParts(told)), 'text/html')
}

/** Returns the same sheets filled in from the transcript, and the report: what a record has on paper. */
export async function recordPaper(view: CeremonyView): Promise<readonly PaperFile[]> {
  const told = await toldBy(view.plan, view.planSha256, view.kind, view)
  const report: Part = { file: 'report', name: told.words.report.name, pieces: reportPieces(told) }
  return [...filesOf(told, sheetParts(told)), ...filesOf(told, [report])]
}

/** The same, with how a stranger verifies the record, and the words that its hashes are read aloud by. */
export const recordWithProof = async (view: CeremonyView): Promise<readonly PaperFile[]> => [
  ...(await recordPaper(view)),
  ...verifyFiles().map(({ name, bytes }) => ({ name, bytes: Uint8Array.from(bytes) })),
  { name: 'words.txt', bytes: utf8(wordsText()) },
]

async function toldBy(
  plan: Plan,
  planSha256: string,
  kind: CeremonyKind,
  view: CeremonyView | null,
): Promise<Told> {
  const { sheets: words } = await messages().packs.ceremony()
  const existing = await Promise.all(
    plan.existing.map(async ({ id, certificate }) => [id, await sha256Hex(certificate)] as const),
  )
  return { words, plan, planSha256, kind, view, existing: new Map(existing) }
}

/** Returns the report alone: of a ceremony that was aborted it is all there is. */
export async function reportToPrint(view: CeremonyView): Promise<ExportFile> {
  const report = (await recordPaper(view)).at(-1)!
  return { ...report, type: 'text/html' }
}

function sheetParts(told: Told): Part[] {
  const { names } = told.words
  const parts: [file: string, name: string, pieces: Part['pieces']][] = [
    ['plan', names.plan, planSheet(told)],
    ['roll-call', names.roll, rollSheet(told)],
    ['materials', names.materials, materialsSheet(told)],
    ['words', names.words, wordsSheet(told)],
    ['keys', names.keys, keysSheet(told)],
    ['exceptions', names.exceptions, exceptionsSheet(told)],
    ['destruction', names.destruction, destructionSheet(told)],
    ['sign-off', names.signOff, signOffSheet(told)],
  ]
  const holders = new Set(told.plan.keys.flatMap((key) => key.holders))
  for (const person of told.plan.people.filter(({ id }) => holders.has(id)))
    parts.push([
      `holder-${person.id}`,
      told.words.holder.title(safeLine(person.name, NAME)),
      holderSheet(told, person),
    ])
  return parts.map(([file, name, pieces], i) => ({
    ...{ name, pieces },
    file: `${String(i + 1).padStart(2, '0')}-${file}`,
  }))
}

function filesOf(told: Told, parts: readonly Part[]): PaperFile[] {
  const mark = told.kind === 'rehearsal' ? REHEARSAL : ''
  return pagesOf(told, parts).map(({ file, page }) => {
    const folder = file === 'report' ? '' : 'sheets/'
    return { name: `${folder}${mark}${file}.html`, bytes: utf8(page) }
  })
}
