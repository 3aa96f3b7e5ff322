import { readFileSync } from 'node:fs'
import { hexOctets } from '../../src/octets.ts'

export interface RecordedMessage {
  readonly from: 'client' | 'server'
  readonly name: string
  /** With its header. */
  readonly bytes: Uint8Array
}

const HEAD = /^(>>>|<<<) .+?, Handshake \[length ([0-9a-f]+)\], (.+)$/

/** The handshake messages in what `openssl s_client -msg` printed, in their order; the client is OpenSSL. */
export function recordedMessages(file: string): RecordedMessage[] {
  const text = readFileSync(new URL(`../fixtures/mtls/${file}`, import.meta.url), 'latin1')
  const found: { from: 'client' | 'server'; name: string; length: number; hex: string }[] = []
  let open = false
  for (const line of text.split('\n')) {
    const head = HEAD.exec(line)
    if (head) {
      const [, arrow, length, name] = head
      found.push({
        from: arrow === '>>>' ? 'client' : 'server',
        ...{ name: name!.trim(), length: parseInt(length!, 16), hex: '' },
      })
      open = true
    } else if (open && /^ {4}(?:[0-9a-f]{2}[ -]?)+\s*$/.test(line)) {
      found.at(-1)!.hex += line.replace(/[^0-9a-f]/g, '')
    } else open = false
  }
  return found.map(({ from, name, length, hex }) => {
    const bytes = hexOctets(hex)!
    if (bytes.length !== length)
      throw new Error(`${name}: ${String(bytes.length)} of ${String(length)} octets`)
    return { from, name, bytes }
  })
}
