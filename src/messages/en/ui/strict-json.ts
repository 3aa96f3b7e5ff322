import type { CommonFaults, FaultTable, ValueKind } from '../../../strict-json/fault.ts'
import { list, number } from '../format.ts'

// Why a file that is read strictly is not read: the same sentences for each kind of file.

export const quoted = (text: string): string => `“${text}”`
const size = (octets: number): string => `${number(Math.ceil(octets / 1_000_000))} MB`

const KINDS: Readonly<Record<ValueKind, string>> = {
  record: 'an object, in braces',
  list: 'a list, in square brackets',
  text: 'text, in quotation marks',
  number: 'a number',
  flag: 'true or false',
}

const UNREADABLE = {
  certificate: 'This is not a certificate that can be read',
  list: 'This is not a revocation list that can be read',
  key: 'This is not a PKCS#8 key that can be used here',
} as const

const COPY = 'Copy it again from its file.'

/** How the sentences speak of one kind of file. */
export interface FileWords<What extends string> {
  /** What the file is, as in “save the scenario again”. */
  readonly noun: string
  /** What can be left out of one that is too large. */
  readonly leaveOut: string
  /** What is said of a file of another kind. */
  readonly foreign: string
  /** What is counted: of many, and of one. */
  readonly counted: Readonly<Record<What, string>>
  readonly one: Readonly<Record<What, string>>
  /** Whether a list that may not be empty can be left out. */
  readonly optional: boolean
}

type Sentences<Table> = { readonly [C in keyof Table]: (detail: Table[C]) => string }

const whole = ({ noun, leaveOut, foreign }: FileWords<never>) => ({
  'too-large': ({ size: octets, limit }: CommonFaults['too-large']) =>
    `The file has ${size(octets)}; at most ${size(limit)} are read. ${leaveOut}`,
  'not-utf8': () => 'The file is not UTF-8 text. Save it again as UTF-8.',
  'not-json': ({ found }: CommonFaults['not-json']) =>
    found === null
      ? 'The file ends too early to be JSON. Copy it again, as a whole.'
      : `The file is not JSON: ${quoted(found)} cannot be here. Correct it, or save the ${noun} again.`,
  'too-deep': ({ limit }: CommonFaults['too-deep']) =>
    `Values are nested more than ${number(limit)} deep. No ${noun} needs that: correct the file.`,
  'too-many-values': ({ limit }: CommonFaults['too-many-values']) =>
    `The file has more than ${number(limit)} values; no more are read. Leave out what the ${noun} does not need.`,
  'key-twice': ({ key }: CommonFaults['key-twice']) =>
    `The key ${quoted(key)} is here twice, and it is not clear which one counts. Remove one of them.`,
  foreign: () => foreign,
  newer: ({ found, known }: CommonFaults['newer']) =>
    `This ${noun} has version ${number(found)} of the format, and only version ${number(known)} is known here. Open it with a newer Rootcellar; nothing was changed.`,
})

const values = {
  'key-unknown': ({ key, keys }: CommonFaults['key-unknown']) =>
    `The key ${quoted(key)} is not known here. Correct its spelling, or remove it; the keys are ${list(keys.map(quoted))}.`,
  'key-missing': ({ key }: CommonFaults['key-missing']) => `The key ${quoted(key)} is missing. Add it.`,
  type: ({ expected }: CommonFaults['type']) => `This should be ${KINDS[expected]}. Correct it.`,
  choice: ({ text, choices }: CommonFaults['choice']) =>
    choices.length > 1
      ? `${quoted(text)} is none of the choices. Write one of ${list(choices.map(quoted))}.`
      : `${quoted(text)} cannot be here: it has to be ${list(choices.map(quoted))}.`,
  number: ({ least, most }: CommonFaults['number']) =>
    least === most
      ? `This should be ${number(least)}. Correct it.`
      : `This should be a whole number from ${number(least)} to ${number(most)}. Correct it.`,
  'too-long': ({ length, limit }: CommonFaults['too-long']) =>
    `This text has ${number(length)} characters; at most ${number(limit)} are read. Shorten it.`,
  text: ({ character }: CommonFaults['text']) =>
    `This text has the control character ${character}. Remove it.`,
  time: ({ text }: CommonFaults['time']) =>
    `${quoted(text)} is not a time in UTC. Write it as in 2026-11-30T12:00:00Z.`,
}

const counts = <What extends string>({ counted, one, optional }: FileWords<What>) => ({
  'too-many': ({ what, count, limit }: CommonFaults<What>['too-many']) =>
    `There are ${number(count)} ${counted[what]} here; at most ${number(limit)} are read. Remove some.`,
  empty: ({ what }: CommonFaults<What>['empty']) =>
    `There must be at least one ${one[what]} here. ${optional ? 'Add one, or remove the key.' : 'Add one.'}`,
})

const pem = {
  'pem-none': ({ label }: CommonFaults['pem-none']) =>
    `There is no PEM block here. Paste one that begins with -----BEGIN ${label}-----.`,
  'pem-text': ({ line }: CommonFaults['pem-text']) =>
    `Line ${number(line)} of this text is outside a PEM block. Remove what is before, between and after the blocks.`,
  'pem-cut': ({ label }: CommonFaults['pem-cut']) =>
    `The PEM block has no line -----END ${label}-----. ${COPY}`,
  'pem-base64': ({ line }: CommonFaults['pem-base64']) =>
    `The PEM block that begins after line ${number(line)} of this text is not Base64. ${COPY}`,
  'pem-label': ({ found, label }: CommonFaults['pem-label']) =>
    `The PEM block is labelled ${quoted(found)}; here it has to be ${quoted(label)}. Paste the right one.`,
  unreadable: ({ what, offset }: CommonFaults['unreadable']) =>
    offset === null
      ? `${UNREADABLE[what]}. ${COPY}`
      : `${UNREADABLE[what]}: it goes wrong at octet ${number(offset)}. ${COPY}`,
}

/** The sentence of each common fault of one kind of file, by its code there. */
export function commonFaults<Family extends string, What extends string>(
  family: Family,
  words: FileWords<What>,
): Sentences<FaultTable<Family, What>> {
  const sentences: Sentences<CommonFaults<What>> = { ...whole(words), ...values, ...counts(words), ...pem }
  const named = Object.entries(sentences).map(([code, sentence]) => [`${family}-${code}`, sentence])
  return Object.fromEntries(named) as Sentences<FaultTable<Family, What>>
}

/** Where a fault is, and what is wrong there. */
export function placed({ path, line }: { path: string; line: number | null }, sentence: string): string {
  if (line === null) return sentence
  const where = `line ${number(line)}`
  return `${path === '' ? `In ${where}` : `${path} (${where})`}: ${sentence}`
}
