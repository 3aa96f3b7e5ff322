/**
 * DER-level mutations: one element of a certificate is written otherwise, and every length above it is put right, so that
 * nothing else is wrong. Each has a name, by which disagreements are explained.
 */
import type { Random } from '../chains/random.ts'

/** An element with its place: where it stands, as a person would say it. */
export interface Element {
  readonly tag: number
  readonly content: Uint8Array
  readonly children: readonly Element[] | null
}

/** Reads an element and all below it; an OCTET STRING or BIT STRING that holds DER is opened too where `opens` says so. */
export function readElement(der: Uint8Array, opens = true): Element {
  const { element, end } = read(der, 0, opens)
  if (end !== der.length) throw new Error('octets are left')
  return element
}

function read(der: Uint8Array, at: number, opens: boolean): { element: Element; end: number } {
  const tag = der[at]!
  let length = der[at + 1]!
  let start = at + 2
  if (length >= 0x80) {
    const octets = length & 0x7f
    length = 0
    for (let i = 0; i < octets; i++) length = length * 256 + der[start + i]!
    start += octets
  }
  const end = start + length
  if (end > der.length) throw new Error('too long')
  const content = der.subarray(start, end)
  return { element: { tag, content, children: childrenOf(tag, content, opens) }, end }
}

function childrenOf(tag: number, content: Uint8Array, opens: boolean): Element[] | null {
  if ((tag & 0x20) !== 0) return elements(content, opens)
  if (tag !== 0x04 || !opens || content.length < 2) return null
  try {
    // What an extension holds.
    return [0x30, 0x03, 0x04].includes(content[0]!) ? elements(content, opens) : null
  } catch {
    return null
  }
}

function elements(content: Uint8Array, opens: boolean): Element[] {
  const found: Element[] = []
  for (let at = 0; at < content.length;) {
    const { element, end } = read(content, at, opens)
    found.push(element)
    at = end
  }
  return found
}

export const write = ({ tag, content, children }: Element): Uint8Array =>
  written(tag, children ? joined(children.map(write)) : content)

export function written(tag: number, content: Uint8Array): Uint8Array {
  const { length } = content
  const head =
    length < 0x80
      ? [tag, length]
      : length < 0x100
        ? [tag, 0x81, length]
        : length < 0x10000
          ? [tag, 0x82, length >> 8, length & 0xff]
          : [tag, 0x83, length >> 16, (length >> 8) & 0xff, length & 0xff]
  return joined([Uint8Array.from(head), content])
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

/** What is done to one element: the octets written in its place, or null where it cannot be done to this one. */
type Change = (element: Element, random: Random) => Uint8Array | null

const only =
  (tag: number, change: (content: Uint8Array, random: Random) => Uint8Array | null): Change =>
  (element, random) => {
    if (element.tag !== tag || element.children) return null
    const content = change(element.content, random)
    return content && written(tag, content)
  }
const constructed =
  (change: (children: readonly Element[], random: Random) => readonly Uint8Array[] | null): Change =>
  ({ tag, children }, random) => {
    if (!children || (tag & 0x20) === 0 || children.length === 0) return null
    const parts = change(children, random)
    return parts && written(tag, joined(parts))
  }
const octets = (...all: number[]): Uint8Array => Uint8Array.from(all)
const body = ({ content, children }: Element): Uint8Array =>
  children ? joined(children.map(write)) : content
const isText = (tag: number): boolean => [0x0c, 0x13, 0x16].includes(tag)

export const CHANGES: Readonly<Record<string, Change>> = {
  'length not minimal': (element) => {
    const content = body(element)
    if (content.length >= 0x80) return null
    return joined([octets(element.tag, 0x81, content.length), content])
  },
  'length indefinite': (element) =>
    element.children && (element.tag & 0x20) !== 0
      ? joined([octets(element.tag, 0x80), body(element), octets(0, 0)])
      : null,
  'boolean TRUE as 01': only(0x01, (content) => (content[0] === 0xff ? octets(1) : null)),
  'boolean FALSE written': only(0x01, (content) => (content[0] === 0xff ? octets(0) : null)),
  'boolean of two octets': only(0x01, () => octets(0xff, 0xff)),
  'integer not minimal': only(0x02, (content) =>
    content[0]! < 0x80 ? joined([octets(0), content]) : joined([octets(0xff), content]),
  ),
  'integer empty': only(0x02, () => octets()),
  'object identifier not minimal': only(0x06, (content) =>
    joined([content.subarray(0, 1), octets(0x80), content.subarray(1)]),
  ),
  'object identifier unfinished': only(0x06, (content) =>
    joined([content.subarray(0, -1), octets(content.at(-1)! | 0x80)]),
  ),
  'object identifier empty': only(0x06, () => octets()),
  'null with content': only(0x05, () => octets(0)),
  'bit string empty': only(0x03, () => octets()),
  'bit string with 8 unused bits': only(0x03, (content) => joined([octets(8), content.subarray(1)])),
  'bit string with unused bits set': only(0x03, (content) =>
    content.length > 1 && content[0] === 0
      ? joined([octets(3), content.subarray(1, -1), octets(content.at(-1)! | 1)])
      : null,
  ),
  'time without seconds': only(0x17, (content) => joined([content.subarray(0, 10), octets(0x5a)])),
  'time with an offset': only(0x17, (content) =>
    joined([content.subarray(0, 12), new TextEncoder().encode('+0000')]),
  ),
  'time of month 13': only(0x17, (content) =>
    joined([content.subarray(0, 2), octets(0x31, 0x33), content.subarray(4)]),
  ),
  'time on 30 February': only(0x17, (content) =>
    joined([content.subarray(0, 2), new TextEncoder().encode('0230'), content.subarray(6)]),
  ),
  'time at second 60': only(0x17, (content) => joined([content.subarray(0, 10), octets(0x36, 0x30, 0x5a)])),
  'time as GeneralizedTime with a fraction': (element) =>
    element.tag === 0x17
      ? written(
          0x18,
          joined([
            new TextEncoder().encode('20'),
            element.content.subarray(0, 12),
            new TextEncoder().encode('.5Z'),
          ]),
        )
      : null,
  'text with octet FF': (element) =>
    isText(element.tag) && element.content.length > 0
      ? written(element.tag, joined([octets(0xff), element.content.subarray(1)]))
      : null,
  'text with octet 00': (element) =>
    isText(element.tag) && element.content.length > 0
      ? written(element.tag, joined([octets(0), element.content.subarray(1)]))
      : null,
  'text in pieces': (element) =>
    isText(element.tag) ? written(element.tag | 0x20, written(element.tag, element.content)) : null,
  'universal tag of another type': (element) =>
    element.tag < 0x20 && element.tag !== 0x0a ? written(0x0a, body(element)) : null,
  'tag in the high form': (element) =>
    element.tag < 0x1f || (element.tag >= 0x20 && element.tag < 0x3f)
      ? joined([
          octets((element.tag & 0xe0) | 0x1f, element.tag & 0x1f),
          written(0, body(element)).subarray(1),
        ])
      : null,
  'constructed bit flipped': (element) => written(element.tag ^ 0x20, body(element)),
  'an element more at the end': constructed((children) => [...children.map(write), octets(5, 0)]),
  'the last element left out': constructed((children) => children.slice(0, -1).map(write)),
  'the first element left out': constructed((children) => children.slice(1).map(write)),
  'the first element twice': constructed((children) => [write(children[0]!), ...children.map(write)]),
  'the first two elements exchanged': constructed((children) =>
    children.length > 1 ? [children[1]!, children[0]!, ...children.slice(2)].map(write) : null,
  ),
  'no elements': constructed(() => []),
}

/** Every element below, with the way to it. */
export function places(element: Element, way: readonly number[] = []): (readonly number[])[] {
  return [way, ...(element.children ?? []).flatMap((child, i) => places(child, [...way, i]))]
}

/** The certificate with one element changed; null where that change cannot be made there. */
export function mutate(
  root: Element,
  way: readonly number[],
  change: Change,
  random: Random,
): Uint8Array | null {
  const [next, ...rest] = way
  if (next === undefined || !root.children) return change(root, random)
  const inner = mutate(root.children[next]!, rest, change, random)
  if (!inner) return null
  return written(root.tag, joined(root.children.map((child, i) => (i === next ? inner : write(child)))))
}
