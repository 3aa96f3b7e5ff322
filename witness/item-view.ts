/** One item as the page shows it: name, facts, extensions, hashes in hex and words. */
import { element } from './element.ts'
import { signatureAnswer, type GivenFile, type Item } from './items.ts'
import { partLine, type NamePart } from './name.ts'
import { EXTENSIONS } from './names.ts'
import type { ExtensionFacts, Facts } from './read.ts'
import { count, hex, instant, pairs, plain, wordsOf } from './text.ts'
import { signatureName } from './verify.ts'
import { wordLines } from './words.ts'

const TITLES = {
  certificate: 'Certificate',
  request: 'Certificate request',
  list: 'Certificate revocation list (CRL)',
}
const MOST_SERIALS = 100

type Row = readonly [term: string, ...lines: string[]]

/** SHA-256 of the file as it was given. */
export const fileHashes = ({ sha256, octets }: GivenFile): HTMLElement =>
  rows([
    ['Size', count(octets.length, 'octet')],
    ['SHA-256 of the file', spaced(sha256), ...wordLines(sha256, 8)],
  ])

export async function itemView(
  { facts, sha256, keySha256, sentence }: Item,
  certificates: readonly Facts[],
): Promise<HTMLElement> {
  const view = element('article')
  if (!facts) {
    view.append(
      element('h3', {}, 'Not read'),
      element('p', { class: 'answer', 'data-tone': 'grey' }, plain(sentence ?? '')),
    )
    if (sha256) view.append(rows([hashRow('SHA-256 of its octets', sha256)]))
    return view
  }
  const { tone, sentence: said } = await signatureAnswer(facts, certificates)
  view.append(
    element('h3', {}, TITLES[facts.kind]),
    element('p', { class: 'answer', 'data-tone': tone }, said),
    rows([...factRows(facts), ...hashRows(sha256, keySha256)]),
  )
  if (facts.extensions.length > 0)
    view.append(element('h4', {}, 'Extensions'), rows(facts.extensions.map(extensionRow)))
  return view
}

function factRows(facts: Facts): Row[] {
  const { subject, issuer, serial, from, until, key, kind, entries, signed } = facts
  const list = kind === 'list'
  return [
    ...(subject ? [nameRow('Subject', subject)] : []),
    ...(issuer ? [nameRow('Issuer', issuer)] : []),
    ...(serial !== null ? [['Serial number', serial.replace(/..(?=.)/g, '$&:')] as const] : []),
    ...(from ? [[list ? 'Issued (thisUpdate)' : 'Valid from', instant(from)] as const] : []),
    ...(until ? [[list ? 'Next list by (nextUpdate)' : 'Valid until', instant(until)] as const] : []),
    ...(key ? [['Key', key.text] as const] : []),
    ['Signature', signatureName(signed)],
    ...(list ? [entriesRow(entries)] : []),
  ]
}

const nameRow = (term: string, parts: readonly NamePart[]): Row =>
  parts.length > 0 ? [term, ...parts.map(partLine)] : [term, 'empty']

const entriesRow = (entries: Facts['entries']): Row => [
  'Revoked serial numbers',
  entries.length > MOST_SERIALS
    ? `${count(entries.length, 'entry')}, the first ${MOST_SERIALS}:`
    : count(entries.length, 'entry'),
  ...entries.slice(0, MOST_SERIALS).map(({ serial }) => serial),
]

function extensionRow({ oid, critical, value, text }: ExtensionFacts): Row {
  const name = `${EXTENSIONS[oid] ?? oid}${critical ? ' (critical)' : ''}`
  return [name, ...(text === null ? [pairs(value)] : text.split('\n').map(plain))]
}

function hashRows(sha256: Uint8Array | null, keySha256: Uint8Array | null): Row[] {
  return [
    ...(sha256 ? [hashRow('SHA-256 of its octets', sha256)] : []),
    ...(keySha256 ? [hashRow('SHA-256 of the key', keySha256)] : []),
  ]
}

const spaced = (sha256: Uint8Array): string => hex(sha256).replace(/.{8}(?=.)/g, '$& ')

const hashRow = (term: string, sha256: Uint8Array): Row => [
  term,
  spaced(sha256),
  `in words: ${wordsOf(sha256)}`,
]

const rows = (given: readonly Row[]): HTMLElement =>
  element(
    'dl',
    {},
    ...given.flatMap(([term, ...lines]) => [
      element('dt', {}, term),
      ...lines.map((line) => element('dd', {}, line)),
    ]),
  )
