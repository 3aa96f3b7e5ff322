/**
 * Octets fed at once: DEFLATE expands one octet to at most 1,032, and the output of one piece cannot be interrupted.
 */
const PIECE = 8 * 1024

export interface Inflated {
  /** The output: all of it, or everything before the end. */
  readonly octets: Uint8Array
  readonly ending: 'whole' | 'at-limit' | 'damaged'
}

export interface InflateOptions {
  readonly encoding: 'deflate-raw' | 'gzip'
  /** Initial capacity in octets. */
  readonly expected: number
  /** Maximum size of the output in octets. */
  readonly most: number
  /** Called between pieces; may throw to abort. */
  readonly breathe: () => Promise<void>
}

/**
 * Inflates with the platform's stream, piece by piece, up to the limit. Rejects with the error that the callback
 * throws.
 */
export async function inflate(
  packed: Uint8Array,
  { encoding, expected, most, breathe }: InflateOptions,
): Promise<Inflated> {
  const reader = piecesOf(packed).pipeThrough(new DecompressionStream(encoding)).getReader()
  let room = new Uint8Array(Math.min(expected, most))
  let length = 0
  const until = (ending: Inflated['ending']): Inflated => ({ octets: room.subarray(0, length), ending })
  try {
    for (;;) {
      const value = await nextOf(reader)
      if (value === 'end') return until('whole')
      if (value === 'damaged') return until('damaged')
      if (length + value.length > most) return until('at-limit')
      if (length + value.length > room.length) room = larger(room, length + value.length, most)
      room.set(value, length)
      length += value.length
      await breathe()
    }
  } finally {
    // If the stream failed by itself, this fails too.
    reader.cancel().catch(() => undefined)
  }
}

function larger(room: Uint8Array, needed: number, most: number): Uint8Array<ArrayBuffer> {
  const next = new Uint8Array(Math.min(most, Math.max(needed, room.length * 2)))
  next.set(room)
  return next
}

function piecesOf(packed: Uint8Array): ReadableStream<BufferSource> {
  let at = 0
  return new ReadableStream({
    pull(controller) {
      if (at >= packed.length) return controller.close()
      // A copy: streams may transfer the buffer they are given.
      controller.enqueue(packed.slice(at, at + PIECE))
      at += PIECE
    },
  })
}

async function nextOf(
  reader: ReadableStreamDefaultReader<Uint8Array>,
): Promise<Uint8Array | 'end' | 'damaged'> {
  try {
    const { done, value } = await reader.read()
    return done ? 'end' : value
  } catch {
    return 'damaged'
  }
}
