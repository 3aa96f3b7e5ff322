import { messages } from '../messages/messages.ts'
import { utf8Text } from '../octets.ts'

/** Returns a journal as text with instructions to verify it; `last` is the SHA-256 of the last line, hex. */
export function journalText({
  name,
  last,
  bytes,
}: {
  name: string
  last: string
  bytes: Uint8Array
}): string {
  const { instructions } = messages().ui.records.journal
  const head = instructions(name, last).map((line) => `# ${line}`.trimEnd() + '\n')
  return head.join('') + utf8Text(bytes)
}
