/** JSON (RFC 8259), read strictly: no key twice, no half of a surrogate pair, with limits, and with the place of each value. */

type Value =
  | { readonly kind: 'record'; readonly of: ReadonlyMap<string, Json> }
  | { readonly kind: 'list'; readonly of: readonly Json[] }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'flag'; readonly value: boolean }
  | { readonly kind: 'nothing' }

interface Place {
  /** That it begins in. */
  readonly line: number
  /** What it is a part of, and its key or index there. */
  readonly within: Json | null
  readonly key: string | number
}

/** A value and its place. */
export type Json = Value & Place

export const JSON_LIMITS = { depth: 40, values: 20_000 } as const

/** Returns the keys and indices that lead to a value. */
export const pathOf = (at: Json): readonly (string | number)[] =>
  at.within === null ? [] : [...pathOf(at.within), at.key]

/** Why a text is not read, and where. */
export type JsonFault =
  | { readonly why: 'not-json'; readonly line: number; readonly found: string | null }
  | { readonly why: 'key-twice'; readonly line: number; readonly key: string }
  | { readonly why: 'too-deep' | 'too-many'; readonly line: number; readonly limit: number }

type WithoutLine<F> = F extends JsonFault ? Omit<F, 'line'> : never

class Refusal extends Error {
  readonly fault: JsonFault
  constructor(fault: JsonFault) {
    super(fault.why)
    this.fault = fault
  }
}

/** Reads one JSON value. */
export function parseJson(text: string): { readonly value: Json } | { readonly fault: JsonFault } {
  try {
    return { value: new JsonReader(text).whole() }
  } catch (error) {
    if (error instanceof Refusal) return { fault: error.fault }
    throw error
  }
}

const SPACE = /[ \t\n\r]*/y
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
/** All but quotes, backslashes and control characters. */
const PLAIN = /[ !#-[\]-\uffff]*/y
const ESCAPES: Readonly<Record<string, string>> = {
  ...{ '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' },
}
const LONE_SURROGATE = /\p{Surrogate}/u

class JsonReader {
  readonly #text: string
  #at = 0
  #line = 1
  #counted = 0
  #values = 0

  constructor(text: string) {
    this.#text = text
  }

  whole(): Json {
    this.#skipSpace()
    const value = this.#value(null, '', 1)
    if (this.#at < this.#text.length) throw this.#unexpected()
    return value
  }

  #value(within: Json | null, key: string | number, depth: number): Json {
    this.#values += 1
    if (this.#values > JSON_LIMITS.values) throw this.#refusal({ why: 'too-many', limit: JSON_LIMITS.values })
    if (depth > JSON_LIMITS.depth) throw this.#refusal({ why: 'too-deep', limit: JSON_LIMITS.depth })
    const place = { line: this.#lineHere(), within, key }
    const first = this.#text[this.#at]
    const value: Json =
      first === '{'
        ? this.#record(place, depth)
        : first === '['
          ? this.#list(place, depth)
          : { ...this.#plainValue(first), ...place }
    this.#skipSpace()
    return value
  }

  /** Its parts name it as what they are within, so it is there before them. */
  #record(place: Place, depth: number): Json {
    const of = new Map<string, Json>()
    const self: Json = { kind: 'record', of, ...place }
    this.#parts('}', () => this.#member(of, self, depth))
    return self
  }

  #list(place: Place, depth: number): Json {
    const of: Json[] = []
    const self: Json = { kind: 'list', of, ...place }
    this.#parts(']', () => of.push(this.#value(self, of.length, depth + 1)))
    return self
  }

  #parts(close: '}' | ']', read: () => unknown): void {
    this.#at += 1
    this.#skipSpace()
    if (this.#take(close)) return
    do read()
    while (this.#take(','))
    if (!this.#take(close)) throw this.#unexpected()
  }

  #member(of: Map<string, Json>, self: Json, depth: number): void {
    if (this.#text[this.#at] !== '"') throw this.#unexpected()
    const key = this.#string()
    this.#skipSpace()
    if (of.has(key)) throw this.#refusal({ why: 'key-twice', key })
    if (!this.#take(':')) throw this.#unexpected()
    of.set(key, this.#value(self, key, depth + 1))
  }

  #plainValue(first: string | undefined): Value {
    if (first === '"') return { kind: 'text', value: this.#string() }
    for (const [word, value] of WORDS)
      if (this.#text.startsWith(word, this.#at)) {
        this.#at += word.length
        return value
      }
    const digits = this.#match(NUMBER)
    if (digits === '') throw this.#unexpected()
    return { kind: 'number', value: Number(digits) }
  }

  #string(): string {
    this.#at += 1
    const parts: string[] = []
    for (;;) {
      parts.push(this.#match(PLAIN))
      const next = this.#text[this.#at]
      if (next === '"') break
      if (next !== '\\') throw this.#unexpected()
      parts.push(this.#escape())
    }
    const value = parts.join('')
    if (LONE_SURROGATE.test(value)) throw this.#unexpected()
    this.#at += 1
    return value
  }

  #escape(): string {
    const sign = this.#text[this.#at + 1]
    if (sign === 'u') {
      const digits = this.#text.slice(this.#at + 2, this.#at + 6)
      if (!/^[0-9a-fA-F]{4}$/.test(digits)) throw this.#unexpected()
      this.#at += 6
      return String.fromCharCode(parseInt(digits, 16))
    }
    const plain = sign !== undefined && Object.hasOwn(ESCAPES, sign) ? ESCAPES[sign] : undefined
    if (plain === undefined) throw this.#unexpected()
    this.#at += 2
    return plain
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at
    const [found = ''] = pattern.exec(this.#text) ?? []
    this.#at += found.length
    return found
  }

  #skipSpace(): void {
    this.#match(SPACE)
  }

  #take(sign: string): boolean {
    if (this.#text[this.#at] !== sign) return false
    this.#at += 1
    this.#skipSpace()
    return true
  }

  /** Counts on from where it was asked last: each character once. */
  #lineHere(): number {
    for (; this.#counted < this.#at; this.#counted += 1)
      if (this.#text[this.#counted] === '\n') this.#line += 1
    return this.#line
  }

  #refusal(fault: WithoutLine<JsonFault>): Refusal {
    return new Refusal({ ...fault, line: this.#lineHere() })
  }

  #unexpected(): Refusal {
    const point = this.#text.codePointAt(this.#at)
    return this.#refusal({ why: 'not-json', found: point === undefined ? null : String.fromCodePoint(point) })
  }
}

const WORDS: readonly (readonly [word: string, value: Value])[] = [
  ['true', { kind: 'flag', value: true }],
  ['false', { kind: 'flag', value: false }],
  ['null', { kind: 'nothing' }],
]
