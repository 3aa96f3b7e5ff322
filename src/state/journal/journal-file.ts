import { messages } from '../../messages/messages.ts'
import { utf8Text } from '../../octets.ts'

/** An exported journal as a text, before its lines how a stranger checks them; `last` is the SHA-256 of the last one, hex. */
export function journalText({
  name,
  last,
  bytes,
}: {
  name: string
  last: string
  bytes: Uint8Array
}): string {
  const { instructions } = messages.ui.records.journal
  const head = instructions(name, last).map((line) => `# ${line}`.trimEnd() + '\n')
  return head.join('') + utf8Text(bytes)
}
