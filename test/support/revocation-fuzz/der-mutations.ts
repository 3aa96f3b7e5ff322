import { tlv } from '../../../src/der/writer.ts'
import { concat } from '../../../src/octets.ts'
import type { Dice } from './dice.ts'

/** A DER value as a tree; the content of an OCTET STRING is part of it. */
interface Node {
  tag: number
  content: Uint8Array
  children: Node[] | null
}

const OCTET_STRING = 0x04

/** Returns DER with one to three values removed, duplicated, swapped or altered; the enclosing lengths are adjusted. */
export function mutated(der: Uint8Array, dice: Dice): Uint8Array {
  const top = parseAll(der)
  if (!top) throw new Error('no DER to mutate')
  const times = dice.pick(1, 1, 1, 2, 3)
  for (let i = 0; i < times; i++) mutate(top[0]!, dice)
  return write(top[0]!)
}

function mutate(top: Node, dice: Dice): void {
  const parents = parentsIn(top).filter(({ children }) => children!.length > 0)
  const siblings = parents[dice.below(parents.length)]!.children!
  const at = dice.below(siblings.length)
  const chosen = siblings[at]!
  switch (dice.below(7)) {
    case 0:
      siblings.splice(at, 1)
      break
    case 1:
      siblings.splice(at, 0, structuredClone(chosen))
      break
    case 2: {
      const other = dice.below(siblings.length)
      siblings[at] = siblings[other]!
      siblings[other] = chosen
      break
    }
    case 3:
      chosen.tag = dice.pick(chosen.tag ^ 0x20, 0x30, 0x04, 0x02, 0x0a, 0x17, 0x18, 0x05, 0x80, 0xa0, 0xa1)
      break
    case 4:
      alter(chosen, dice)
      break
    case 5: {
      const from = parents[dice.below(parents.length)]!.children!
      siblings.splice(at, 0, structuredClone(from[dice.below(from.length)]!))
      break
    }
    default:
      chosen.content = concat([contentOf(chosen), dice.pick(Uint8Array.of(0), Uint8Array.of(5, 0))])
      chosen.children = null
  }
}

/** Different octets, fewer or none. */
function alter(node: Node, dice: Dice): void {
  const content = Uint8Array.from(contentOf(node))
  node.children = null
  if (content.length === 0 || dice.percent(15)) node.content = Uint8Array.of(dice.below(256))
  else if (dice.percent(20)) node.content = content.subarray(0, dice.below(content.length))
  else {
    content[dice.below(content.length)] = dice.pick(0, 1, 0x7f, 0x80, 0xff, dice.below(256))
    node.content = content
  }
}

const parentsIn = (node: Node): Node[] => (node.children ? [node, ...node.children.flatMap(parentsIn)] : [])

const contentOf = ({ content, children }: Node): Uint8Array =>
  children ? concat(children.map(write)) : content

const write = (node: Node): Uint8Array => tlv(node.tag, contentOf(node))

/** Parses the values in these octets; null if they are not DER. */
function parseAll(octets: Uint8Array): Node[] | null {
  const nodes: Node[] = []
  for (let at = 0; at < octets.length;) {
    const head = headAt(octets, at)
    if (!head || head.end > octets.length) return null
    const tag = octets[at]!
    const content = octets.subarray(head.start, head.end)
    const children = tag & 0x20 || (tag === OCTET_STRING && content.length > 1) ? parseAll(content) : null
    nodes.push({ tag, content, children })
    at = head.end
  }
  return nodes
}

function headAt(octets: Uint8Array, at: number): { start: number; end: number } | null {
  const first = octets[at + 1]
  if (first === undefined) return null
  if (first < 0x80) return { start: at + 2, end: at + 2 + first }
  const count = first & 0x7f
  if (count === 0 || count > 3) return null
  let length = 0
  for (let i = 0; i < count; i++) length = length * 256 + (octets[at + 2 + i] ?? 0)
  return { start: at + 2 + count, end: at + 2 + count + length }
}
