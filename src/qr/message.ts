/** A file as the octets that are sent: its name and what shows that all of it arrived, in front of it. */
import { concat, hexOf, strictUtf8, utf8 } from '../octets.ts'
import { isPlain } from '../plain-text.ts'
import { sha256 } from '../webcrypto/sha-256.ts'
import { MOST_IN_NAME, MOST_OCTETS } from './limits.ts'

export interface NamedFile {
  readonly name: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

export interface Message {
  readonly id: string
  readonly octets: Uint8Array<ArrayBuffer>
}

const HASH = 32

/** The octets of a file that fits into a message under any name. */
export const MOST_IN_FILE = MOST_OCTETS - HASH - 1 - MOST_IN_NAME

/** Returns the message for a file of at most `MOST_IN_FILE` octets; a name that could not be read is shortened or replaced. */
export async function messageOf({ name, bytes }: NamedFile): Promise<Message> {
  const named = utf8(sendable(name))
  const rest = concat([Uint8Array.of(named.length), named, bytes])
  const hash = await sha256(rest)
  return { id: idOf(hash), octets: concat([hash, rest]) }
}

/** `hash`: not what was sent, or put together from frames of two senders. `name`: not a name for a file. */
export type MessageFault = 'hash' | 'name'

/** Returns the file of a message that is complete. */
export async function fileOf(id: string, octets: Uint8Array<ArrayBuffer>): Promise<NamedFile | MessageFault> {
  const rest = octets.slice(HASH)
  const hash = hexOf(await sha256(rest))
  if (octets.length <= HASH || hash !== hexOf(octets.subarray(0, HASH)) || !hash.startsWith(id)) return 'hash'
  const [length] = rest
  const name = length! < rest.length ? strictUtf8(rest.subarray(1, 1 + length!)) : null
  return name !== null && isName(name) ? { name, bytes: rest.slice(1 + length!) } : 'name'
}

const idOf = (hash: Uint8Array): string => hexOf(hash.subarray(0, 8))

/** A name without a folder, all of it visible. */
const isName = (name: string): boolean =>
  isPlain(name) && utf8(name).length <= MOST_IN_NAME && !/[/\\]|^\.*$/.test(name)

function sendable(name: string): string {
  const last = name.split(/[/\\]/).at(-1)!
  if (isName(last)) return last
  // The end of a name says what kind of file it is.
  const short = [...last].slice(-40).join('')
  return isName(short) ? short : 'file'
}

/** The SHA-256 of a file in hexadecimal, as both sides show it. */
export const sha256Of = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> => hexOf(await sha256(bytes))
