import { CodedError } from '../../errors.ts'
import { utf8Text } from '../../octets.ts'

/**
 * Measures one object written by Java's ObjectOutputStream (Java Object Serialization Specification §6.4) without
 * constructing it: a JCEKS holds secret keys in this form, and does not state their length.
 */
export function skipJavaObject(bytes: Uint8Array): number {
  return new Stream(bytes).measure()
}

const TC = {
  NULL: 0x70,
  REFERENCE: 0x71,
  CLASS_DESCRIPTION: 0x72,
  OBJECT: 0x73,
  STRING: 0x74,
  ARRAY: 0x75,
  END: 0x78,
} as const
const MAGIC = 0xaced0005
const FIRST_HANDLE = 0x7e0000
/** Class flags: it writes data beyond its fields; or it writes everything itself. */
const WRITES_MORE = 0x01
const EXTERNALIZABLE = 0x04
const SIZES: Readonly<Record<string, number>> = { B: 1, C: 2, D: 8, F: 4, I: 4, J: 8, S: 2, Z: 1 }
const DEEPEST = 32
const MOST_VALUES = 10_000

interface ClassDescription {
  readonly fields: readonly string[]
  readonly parent: ClassDescription | null
  /** The type of an array's elements, from the class name. */
  readonly name: string
}

class Stream {
  readonly #view: DataView
  readonly #handles: (ClassDescription | null)[] = []
  #at = 0
  #values = 0

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  measure(): number {
    if (this.#unsigned(4) !== MAGIC) throw broken()
    this.#value(0)
    return this.#at
  }

  #unsigned(octets: 1 | 2 | 4): number {
    const at = this.#skip(octets)
    if (octets === 4) return this.#view.getUint32(at)
    return octets === 2 ? this.#view.getUint16(at) : this.#view.getUint8(at)
  }

  #skip(octets: number): number {
    if (octets > this.#view.byteLength - this.#at) throw broken()
    this.#at += octets
    return this.#at - octets
  }

  #text(): string {
    const length = this.#unsigned(2)
    const at = this.#skip(length)
    return utf8Text(new Uint8Array(this.#view.buffer, this.#view.byteOffset + at, length))
  }

  #value(depth: number): void {
    if (depth > DEEPEST || ++this.#values > MOST_VALUES) throw broken()
    const kind = this.#unsigned(1)
    if (kind === TC.NULL) return
    if (kind === TC.REFERENCE) this.#skip(4)
    else if (kind === TC.STRING) {
      this.#handles.push(null)
      this.#text()
    } else if (kind === TC.OBJECT) this.#object(depth)
    else if (kind === TC.ARRAY) this.#array(depth)
    else throw broken()
  }

  #object(depth: number): void {
    const lineage: ClassDescription[] = []
    for (let each = this.#description(depth); each; each = each.parent) lineage.unshift(each)
    this.#handles.push(null)
    for (const { fields } of lineage) for (const type of fields) this.#field(type, depth)
  }

  #array(depth: number): void {
    const description = this.#description(depth)
    this.#handles.push(null)
    const count = this.#unsigned(4)
    const type = description?.name[1] ?? ''
    const size = SIZES[type]
    if (size !== undefined) this.#skip(count * size)
    else for (let i = 0; i < count; i++) this.#value(depth + 1)
  }

  #field(type: string, depth: number): void {
    const size = SIZES[type]
    if (size === undefined) this.#value(depth + 1)
    else this.#skip(size)
  }

  #description(depth: number): ClassDescription | null {
    if (depth > DEEPEST || ++this.#values > MOST_VALUES) throw broken()
    const kind = this.#unsigned(1)
    if (kind === TC.NULL) return null
    if (kind === TC.REFERENCE) return this.#handles[this.#unsigned(4) - FIRST_HANDLE] ?? refuse()
    if (kind !== TC.CLASS_DESCRIPTION) throw broken()
    const name = this.#text()
    this.#skip(8)
    const handle = this.#handles.push(null) - 1
    const flags = this.#unsigned(1)
    if (flags & (WRITES_MORE | EXTERNALIZABLE)) throw broken()
    const fields = this.#fields(depth)
    if (this.#unsigned(1) !== TC.END) throw broken()
    const description = { name, fields, parent: this.#description(depth + 1) }
    this.#handles[handle] = description
    return description
  }

  /** Types in the order of their values: primitive ones are written first. */
  #fields(depth: number): string[] {
    return Array.from({ length: this.#unsigned(2) }, () => {
      const type = String.fromCharCode(this.#unsigned(1))
      this.#text()
      if (type === 'L' || type === '[') this.#value(depth + 1)
      else if (SIZES[type] === undefined) throw broken()
      return type
    })
  }
}

const broken = (): CodedError => new CodedError('container-structure', { format: 'JKS', part: 'secret key' })
function refuse(): never {
  throw broken()
}
