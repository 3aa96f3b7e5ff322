/** Pasted error texts: what they mean, which side printed them, and what they fit. */
import type { Case } from './programs/cases.ts'
import { CASES } from './programs/cases.ts'
import type { ProgramId } from './programs/program.ts'
import { PROGRAMS } from './programs/programs.ts'
import { casesAnswered, casesOfReason, isClosing, isRefusal } from './programs/refusals.ts'
import { numbersIn } from './explain/alerts.ts'
import { MEANINGS, meaningOf, OF_SERVERS, type TextCode } from './explain/codes.ts'
import type { Printer } from './explain/known-text.ts'
import { phrases, type Entry } from './explain/phrases.ts'
import { flattened, needle, outermost, places, type Flattened, type Span } from './explain/scan.ts'
import { SIGNS } from './explain/signs.ts'
import { ALERT } from './wire/code-points.ts'
import type { Side } from './wire/transcript.ts'

export type { TextCode, Printer }

/** One telling part of a pasted text. */
export interface Telling {
  readonly code: TextCode
  /** As it was pasted, on one line. */
  readonly quote: string
  readonly alert: number | null
  readonly printer: Printer | null
  /** The side that printed it, if the text tells. */
  readonly by: Side | null
  /** Whether that side refused the other, was refused, or could not begin. */
  readonly said: 'judge' | 'refused' | 'either' | 'own'
  /** Where to look, seen from the side that printed it. */
  readonly look: 'own' | 'other' | 'both'
  /** What it fits, the most usual first; empty if it does not tell. */
  readonly cases: readonly Case[]
  /** Whether the text was read in a test; otherwise it is known from documents and reports. */
  readonly isMeasured: boolean
}

export interface Explanation {
  /** The most telling first; empty if nothing was recognized. */
  readonly found: readonly Telling[]
  /** Whether the text was longer than what is read. */
  readonly isCut: boolean
}

/** In characters. */
export const LONGEST_TEXT = 1_000_000
/** How far from a phrase its program may be named. */
const NEAR = 600

interface Hit extends Span {
  /** Found by an error's number: words that mean the same are quoted instead. */
  readonly isNumber: boolean
  readonly alert: number | null
  readonly entries: readonly Entry[]
}

/** Finds the telling parts of a text that a program printed. */
export function explain(text: string): Explanation {
  const read = flattened(text.slice(0, LONGEST_TEXT))
  const { flat } = read
  const hits = outermost(hitsIn(read))
  const signs = hits.length === 0 ? [] : signsIn(read)
  const all = hits.map((hit) => ({ hit, telling: tellingOf(flat, hit, signs) }))
  const sorted = all.sort(
    (a, b) =>
      weightOf(b.telling) - weightOf(a.telling) ||
      Number(a.hit.isNumber) - Number(b.hit.isNumber) ||
      a.hit.start - b.hit.start,
  )
  return {
    found: distinct(withoutEmpty(sorted.map(({ telling }) => telling))),
    isCut: text.length > LONGEST_TEXT,
  }
}

const weightOf = ({ code }: Telling): number => MEANINGS[code].weight

function hitsIn(read: Flattened): Hit[] {
  const phrased = phrases().flatMap(({ parts, entries }) =>
    places(read, parts).map((span): Hit => ({ ...span, isNumber: false, alert: null, entries })),
  )
  const numbered = numbersIn(read).map(({ start, end, code, alert }): Hit => {
    const entry: Entry = { code, printer: null, by: null, cases: [], isMeasured: true }
    return { start, end, isNumber: alert === null, alert, entries: [entry] }
  })
  return [...phrased, ...numbered]
}

interface FoundSign extends Span {
  readonly printer: Printer | null
  readonly by: Side | null
}

const NEEDLES = SIGNS.map(({ phrase, printer = null, by = null }) => ({
  ...{ parts: needle(phrase), printer, by },
}))

const signsIn = (read: Flattened): FoundSign[] =>
  outermost(
    NEEDLES.flatMap(({ parts, printer, by }) =>
      places(read, parts).map((span) => ({ ...span, printer, by })),
    ),
  )

/** The nearest of some signs, those before it first. */
function nearest(signs: readonly FoundSign[], { start, end }: Span): FoundSign | null {
  const near = (sign: FoundSign): number =>
    sign.start <= start ? start - sign.start : sign.start < end ? 0 : NEAR + sign.start - end
  let best: FoundSign | null = null
  for (const sign of signs) if (near(sign) <= 2 * NEAR && (!best || near(sign) < near(best))) best = sign
  return best
}

function tellingOf(flat: string, hit: Hit, signs: readonly FoundSign[]): Telling {
  const printers = new Set(hit.entries.map(({ printer }) => printer))
  const [only = null] = printers.size === 1 ? printers : []
  const sign = nearest(
    signs.filter(({ printer }) => printer !== null),
    hit,
  )
  const printer = only ?? sign?.printer ?? null
  const own = hit.entries.filter((entry) => entry.printer === printer)
  const candidates = own.length > 0 ? own : hit.entries
  const by = sideOf(candidates, printer, sign, signs, hit) ?? ofAlert(candidates[0]!.code, hit.alert)
  const onSide = candidates.filter((entry) => (entry.by ?? by) === by)
  const entries = onSide.length > 0 ? onSide : candidates
  const { code } = entries[0]!
  const { said, look } = meaningOf(code, hit.alert)
  return {
    ...{ code, printer, by, alert: hit.alert, quote: flat.slice(hit.start, hit.end) },
    ...{ said, look },
    cases: casesOf(entries, hit.alert, by),
    isMeasured: entries.some(({ isMeasured }) => isMeasured),
  }
}

/** Of an alert that only servers send, a client tells that it came. */
const ofAlert = (code: TextCode, alert: number | null): Side | null =>
  alert === null || !OF_SERVERS.includes(alert) ? null : code === 'alert' ? 'client' : 'server'

/** The side that printed it: by the phrase, by what the program is, or by a sign near it. */
function sideOf(
  entries: readonly Entry[],
  printer: Printer | null,
  sign: FoundSign | null,
  signs: readonly FoundSign[],
  hit: Hit,
): Side | null {
  const sides = new Set(entries.map(({ by }) => by))
  const [only = null] = sides.size === 1 ? sides : []
  if (only !== null) return only
  const program = printer !== null && printer in PROGRAMS ? PROGRAMS[printer as ProgramId] : null
  const roles = (['client', 'server'] as const).filter((side) => program?.runs.some((run) => run[side]))
  const told = nearest(
    signs.filter(({ by, printer: of }) => by !== null && (of === null || of === printer)),
    hit,
  )
  return told?.by ?? sign?.by ?? (roles.length === 1 ? roles[0]! : null)
}

/** What people meet every day, the most usual first; the rest after that. */
const EVERYDAY: readonly Case[] = [
  ...(['none', 'missing-int', 'unknown-ca', 'self-signed', 'expired', 'wrong-eku', 'wrong-name'] as const),
  ...(['unknown-ca-root-sent', 'partial', 'int-eku', 'revoked', 'int-expired', 'notyet', 'cn-only'] as const),
]
const rankOf = (one: Case): number =>
  one === 'ok' ? Infinity : EVERYDAY.includes(one) ? EVERYDAY.indexOf(one) : EVERYDAY.length

const casesOf = (...of: Parameters<typeof casesFitting>): readonly Case[] =>
  [...casesFitting(...of)].sort((a, b) => rankOf(a) - rankOf(b))

function casesFitting(entries: readonly Entry[], alert: number | null, by: Side | null): readonly Case[] {
  const told = new Set(entries.flatMap(({ cases }) => cases))
  if (told.size > 0) return CASES.filter((one) => told.has(one))
  const { code } = entries[0]!
  // The reasons of other programs fit what the measured ones gave them for.
  const reasoned = casesOfReason(code)
  if (reasoned.length > 0) return reasoned
  const judge = by === null || MEANINGS[code].said !== 'refused' ? by : other(by)
  switch (code) {
    case 'alert':
    case 'alert-sent':
      return casesAnswered((answer) => answer === String(alert) || isUncommon(answer, alert), { side: judge })
    case 'bad-record-mac':
      return casesAnswered((answer) => /^\d/.test(answer), {
        side: 'client',
        programs: Object.values(PROGRAMS).filter(({ plainAlerts }) => plainAlerts),
      })
    case 'closed':
      return casesAnswered(isClosing, { side: judge })
    case 'reset':
      return casesAnswered(isRefusal, { side: judge })
    case 'http-certificate':
      return casesAnswered((answer) => answer.startsWith('h')).filter((one) => one !== 'none')
    case 'http-no-certificate':
    case 'certificate-wanted':
    case 'none-fits':
      return ['none']
    default:
      return []
  }
}

/** Without a common algorithm a side sends this alert (RFC 8446 §6.2). */
const isUncommon = (answer: string, alert: number | null): boolean =>
  alert === ALERT.handshakeFailure && answer === 'n/a'

const other = (side: Side): Side => (side === 'client' ? 'server' : 'client')

const GENERAL: readonly TextCode[] = ['certificate-refused', 'own-files']

/** That something failed is no news beside what tells more, nor that a certificate was refused beside why. */
function withoutEmpty(found: readonly Telling[]): readonly Telling[] {
  const most = Math.max(...found.map(weightOf))
  return found.filter((telling) => {
    if (GENERAL.includes(telling.code)) return most < 3
    return most < 2 || weightOf(telling) > 0
  })
}

/** A stack trace says the same again and again; what tells no program adds nothing to what does. */
function distinct(found: readonly Telling[]): Telling[] {
  const kept: Telling[] = []
  for (const telling of found) {
    const same = kept.filter(({ code, alert }) => code === telling.code && alert === telling.alert)
    const isKnown = (one: Telling): boolean =>
      (telling.printer === null || one.printer === telling.printer) &&
      (telling.by === null || one.by === telling.by)
    if (!same.some(isKnown)) kept.push(telling)
  }
  return kept
}
