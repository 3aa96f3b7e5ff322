/** What arrives from codes: files, each alone, whatever else comes into view between their frames. */
import { strictUtf8 } from '../octets.ts'
import { isFrame, partsOf, readFrame, type Frame, type FrameFault } from './frame.ts'
import { fileOf, sha256Of, type MessageFault, type NamedFile } from './message.ts'
import { rowOf } from './rows.ts'
import { Solver } from './solver.ts'

/** A transfer of which something arrived. */
export interface Transfer {
  /** Tells it from others, the same file in codes of another size among them. */
  readonly key: string
  readonly id: string
  readonly parts: number
  /** How many parts' worth of frames arrived; complete when it is `parts`. */
  readonly rank: number
  /** Octets of the message. */
  readonly length: number
  /** Frames of it that were read, repeated ones not counted. */
  readonly frames: number
}

/** A file that is complete. */
export interface Received extends NamedFile {
  /** Of the file, in hexadecimal. */
  readonly sha256: string
  /** It was one code with a text of its own, which has no name. */
  readonly isText: boolean
}

/**
 * What a code was: a file, a frame with something new or without, one of a transfer that is not the one collected, or none that
 * could be used. `clash`: its header contradicts the transfer's. The others: the whole of it is not what was sent.
 */
export type Outcome =
  | { readonly kind: 'file'; readonly file: Received }
  | { readonly kind: 'new' | 'known' | 'other'; readonly key: string }
  | { readonly kind: 'fault'; readonly fault: FrameFault | MessageFault | 'clash' }

interface Collected {
  readonly header: Pick<Frame, 'id' | 'length' | 'size'>
  readonly solver: Solver
  readonly numbers: Set<number>
}

/** Transfers kept at once: the chosen one, and the others that were seen last. */
const MOST_TRANSFERS = 4
/** Frames of which is remembered that they were seen; after so many it is only slower to see one again. */
const MOST_NUMBERS = 20_000

/** Collects frames into files. The first transfer is chosen, and stays so until it is complete or another is chosen. */
export class Collector {
  /** The transfer that is collected for; null before the first frame. */
  chosen: string | null = null
  /** In the order in which they were last seen. */
  readonly #all = new Map<string, Collected>()

  /** All of which something is kept, the chosen one first. */
  get transfers(): readonly Transfer[] {
    const all = [...this.#all].map(([key, { header, solver, numbers }]): Transfer => ({
      key,
      id: header.id,
      length: header.length,
      parts: solver.parts,
      rank: solver.rank,
      frames: numbers.size,
    }))
    return all.sort((a, b) => Number(b.key === this.chosen) - Number(a.key === this.chosen))
  }

  /** Of each part of the chosen transfer: whether an equation for it is there. */
  get arrived(): readonly boolean[] {
    const solver = this.chosen === null ? undefined : this.#all.get(this.chosen)?.solver
    return solver ? Array.from({ length: solver.parts }, (_, at) => solver.has(at)) : []
  }

  /** Collects for another transfer, and returns its file if it is complete; what was collected for the last one is kept while there is room. */
  async choose(key: string): Promise<Outcome | null> {
    const collected = this.#all.get(key)
    if (!collected) return null
    this.chosen = key
    return collected.solver.isDone ? this.#finish(collected) : null
  }

  /** Forgets everything. */
  clear(): void {
    this.#all.clear()
    this.chosen = null
  }

  /** Takes the octets of one code. Never throws. */
  async take(octets: Uint8Array<ArrayBuffer>): Promise<Outcome> {
    const text = strictUtf8(octets)
    if (text === null || !isFrame(text)) return { kind: 'file', file: await textFile(octets, text) }
    const frame = readFrame(text)
    if (typeof frame === 'string') return { kind: 'fault', fault: frame }
    const key = `${frame.id}/${frame.size}`
    const collected = this.#collectedFor(key, frame)
    if (collected.header.length !== frame.length) return { kind: 'fault', fault: 'clash' }
    const isNew = addFrame(collected, frame)
    if (key !== this.chosen) return { kind: 'other', key }
    if (!collected.solver.isDone) return { kind: isNew ? 'new' : 'known', key }
    return this.#finish(collected)
  }

  #collectedFor(key: string, frame: Frame): Collected {
    this.chosen ??= key
    const known = this.#all.get(key)
    const collected = known ?? {
      header: frame,
      solver: new Solver(partsOf(frame), frame.size),
      numbers: new Set<number>(),
    }
    this.#all.delete(key)
    this.#all.set(key, collected)
    for (const other of this.#all.keys())
      if (this.#all.size > MOST_TRANSFERS && other !== this.chosen) this.#all.delete(other)
    return collected
  }

  /** Gives the file, and is ready for the next; one that is not what was sent is forgotten, since no frame tells which was wrong. */
  async #finish({ header, solver }: Collected): Promise<Outcome> {
    for (const [other, of] of this.#all) if (of.header.id === header.id) this.#all.delete(other)
    this.chosen = null
    const file = await fileOf(header.id, solver.octets(header.length, header.size))
    if (typeof file === 'string') return { kind: 'fault', fault: file }
    return { kind: 'file', file: { ...file, sha256: await sha256Of(file.bytes), isText: false } }
  }
}

function addFrame({ header, solver, numbers }: Collected, { number, part }: Frame): boolean {
  if (solver.isDone || numbers.has(number)) return false
  if (numbers.size >= MOST_NUMBERS) numbers.clear()
  numbers.add(number)
  return solver.add(rowOf(header.id, solver.parts, number), part)
}

/** A code that is no frame: its octets are the file. */
async function textFile(octets: Uint8Array<ArrayBuffer>, text: string | null): Promise<Received> {
  const name = text === null ? 'code.bin' : text.startsWith('-----BEGIN ') ? 'code.pem' : 'code.txt'
  return { name, bytes: octets, sha256: await sha256Of(octets), isText: true }
}
