import { CodedError } from '../../errors.ts'

/**
 * A named stretch of a message, called as in the RFC that defines it, from the message's first octet. `code` is set where
 * the number has a name of its own.
 */
export interface Field {
  readonly name: string
  readonly from: number
  readonly to: number
  readonly fields: readonly Field[]
  readonly code?: { readonly of: CodeTable; readonly value: number }
}

/** The registries whose numbers have names (`code-points.ts`). */
export type CodeTable =
  | 'handshake'
  | 'extension'
  | 'version'
  | 'cipherSuite'
  | 'signatureScheme'
  | 'group'
  | 'certificateType'
  | 'alert'

interface Growing extends Field {
  to: number
  readonly fields: Growing[]
  code?: { readonly of: CodeTable; readonly value: number }
}

interface Bounds {
  readonly least?: number
  /** Lengths are a multiple of it. */
  readonly unit?: number
}

/**
 * A cursor over the presentation language of TLS (RFC 8446 §3), which remembers the fields it reads. Copies nothing. Throws
 * tls-truncated, tls-trailing-data and tls-length with the offset in the message.
 */
export class WireReader {
  readonly bytes: Uint8Array
  readonly end: number
  /** The fields read so far, outermost first. */
  readonly fields: readonly Field[]
  offset: number
  /** Where the next field goes: shared by all cursors over one message. */
  readonly #open: Growing[][]

  constructor(bytes: Uint8Array, start = 0, end = bytes.length, open: Growing[][] = [[]]) {
    this.bytes = bytes
    this.offset = start
    this.end = end
    this.#open = open
    this.fields = open[0]!
  }

  get atEnd(): boolean {
    return this.offset === this.end
  }

  #take(length: number): number {
    const at = this.offset
    if (length > this.end - at)
      throw new CodedError('tls-truncated', { offset: at, need: length, have: this.end - at })
    this.offset = at + length
    return at
  }

  /** Returns what `read` returns, and remembers where it was read. */
  field<T>(name: string, read: () => T): T {
    const one: Growing = { name, from: this.offset, to: this.offset, fields: [] }
    this.#open.at(-1)!.push(one)
    this.#open.push(one.fields)
    const value = read()
    this.#open.pop()
    one.to = this.offset
    return value
  }

  /** Returns a number of so many octets, most significant first. */
  uint(name: string, width: 1 | 2 | 3, of?: CodeTable): number {
    const at = this.#take(width)
    let value = 0
    for (let i = 0; i < width; i++) value = value * 256 + this.bytes[at + i]!
    this.#open.at(-1)!.push({
      name,
      ...{ from: at, to: this.offset, fields: [] },
      ...(of && { code: { of, value } }),
    })
    return value
  }

  octets(name: string, length: number): Uint8Array {
    return this.field(name, () => this.bytes.subarray(this.#take(length), this.offset))
  }

  /** Returns the rest of what this cursor is over; nothing is no field. */
  rest(name: string): Uint8Array {
    return this.atEnd ? this.bytes.subarray(this.end, this.end) : this.octets(name, this.end - this.offset)
  }

  /** Reads a vector whose length takes so many octets; `read` gets a cursor over its content and has to use all of it. */
  vector<T>(name: string, width: 1 | 2 | 3, read: (content: WireReader) => T, bounds: Bounds = {}): T {
    const start = this.offset
    return this.field(name, () => {
      const length = this.uint('length', width)
      const { least = 0, unit = 1 } = bounds
      if (length < least || length % unit !== 0)
        throw new CodedError('tls-length', { offset: start, field: name, length })
      const from = this.#take(length)
      const content = new WireReader(this.bytes, from, this.offset, this.#open)
      const value = read(content)
      content.finish()
      return value
    })
  }

  opaque(name: string, width: 1 | 2 | 3, bounds?: Bounds): Uint8Array {
    return this.vector(name, width, (content) => content.rest('content'), bounds)
  }

  /** Returns all of a vector of numbers. */
  numbers(name: string, width: 1 | 2, item: string, each: 1 | 2, of: CodeTable): number[] {
    return this.list(name, width, (content) => content.uint(item, each, of), { least: each, unit: each })
  }

  /** Returns all elements of a vector. */
  list<T>(name: string, width: 1 | 2 | 3, one: (content: WireReader) => T, bounds?: Bounds): T[] {
    const read = (content: WireReader): T[] => {
      const all: T[] = []
      while (!content.atEnd) all.push(one(content))
      return all
    }
    return this.vector(name, width, read, bounds)
  }

  finish(): void {
    if (!this.atEnd)
      throw new CodedError('tls-trailing-data', { offset: this.offset, length: this.end - this.offset })
  }
}
