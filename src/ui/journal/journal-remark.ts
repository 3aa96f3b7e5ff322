import { messages } from '../../messages/messages.ts'
import type { JournalEntryView } from '../../border/views.ts'

const REFUSED: ReadonlySet<string> = new Set(['certificate-refused', 'authority-key-refused'])
const CODES = /^(\d+: )?[a-z0-9]+(-[a-z0-9]+)*( [a-z0-9]+(-[a-z0-9]+)*)*$/

/** Returns the journal's last column: why an operation was refused, in words, and the operator's remark. */
export function journalRemark({
  act,
  remark,
  reason = '',
  slot = '',
  place = '',
  reread = '',
}: Pick<JournalEntryView, 'act' | 'remark' | 'reason' | 'slot' | 'place' | 'reread'>): string {
  // Entries of earlier versions have the codes in the remark.
  const isOld = reason === '' && REFUSED.has(act) && CODES.test(remark)
  const [codes, typed] = isOld ? [remark, ''] : [reason, remark]
  const words = messages().ui.records.journal
  const by = slot === '' ? '' : words.bySlot(slot)
  // Last, because it may be long and must not cut off what was typed.
  const at = place === '' ? '' : words.withPage(place)
  const again = reread === '' ? '' : rereadText(reread)
  return [by, codes === '' ? '' : reasonText(codes), typed, again, at]
    .filter((text) => text !== '')
    .join('\n')
}

/** 'same long' → what the second reader said, a sentence for each. */
function rereadText(codes: string): string {
  const words = messages().ui.records.journal.reread
  return codes
    .split(' ')
    .map((code) => words[code] ?? code)
    .join(' ')
}

/** 'key-locked' → 'the key was closed'; preceded by a line number, if any. */
function reasonText(codes: string): string {
  const { reasons, line } = messages().ui.records.journal
  const numbered = /^(\d+): (.*)$/.exec(codes)
  const said = (numbered?.[2] ?? codes).split(' ').map((code) => reasons[code] ?? code.replaceAll('-', ' '))
  const text = said.join('; ')
  return numbered ? `${line(Number(numbered[1]))}: ${text}` : text
}
