import { messages } from '../../messages/messages.ts'
import type { JournalEntryView } from '../../border/views.ts'

const REFUSED: ReadonlySet<string> = new Set(['certificate-refused', 'authority-key-refused'])
const CODES = /^(\d+: )?[a-z0-9]+(-[a-z0-9]+)*( [a-z0-9]+(-[a-z0-9]+)*)*$/

/** While it is locked anyone may have written a row: `constructor` is no word of ours. */
const wordFor = <T>(words: Readonly<Record<string, T>>, code: string): T | undefined =>
  Object.hasOwn(words, code) ? words[code] : undefined

/** Returns the column of what was done. */
export const journalAct = ({ act }: Pick<JournalEntryView, 'act'>): string =>
  wordFor<string>(messages().ui.records.journal.acts, act) ?? act

/** Returns the column of what an entry is about; values that the program wrote are put into words. */
export function journalSubject({ act, subject }: Pick<JournalEntryView, 'act' | 'subject'>): string {
  const { subjects } = messages().ui.records.journal
  return wordFor(subjects, act)?.(subject) ?? subject
}

/** Returns the journal's last column by lines: why an operation was refused, in words, and the operator's remark. */
export function journalRemark({
  act,
  remark,
  reason = '',
  slot = '',
  place = '',
  reread = '',
}: Pick<JournalEntryView, 'act' | 'remark' | 'reason' | 'slot' | 'place' | 'reread'>): string[] {
  // Entries of earlier versions have the codes in the remark.
  const isOld = reason === '' && REFUSED.has(act) && CODES.test(remark)
  const [codes, typed] = isOld ? [remark, ''] : [reason, remark]
  const words = messages().ui.records.journal
  const by = slot === '' ? '' : words.bySlot(slotText(slot))
  // Last, because it may be long and must not cut off what was typed.
  const at = place === '' ? '' : words.withPage(place)
  const again = reread === '' ? '' : rereadText(reread)
  return [by, codes === '' ? '' : reasonText(codes), typed, again, at].filter((text) => text !== '')
}

/** 'main (702e91d3)' → 'Passphrase (702e91d3)', as the vault's page calls it. */
function slotText(slot: string): string {
  const { slotLabels } = messages().ui.vault.settings
  return slot.replace(/^[a-z]+(?= \([0-9a-f]{8}\)$)/, (label) => wordFor(slotLabels, label) ?? label)
}

/** 'same long' → what the second reader said, a sentence for each. */
function rereadText(codes: string): string {
  const words = messages().ui.records.journal.reread
  return codes
    .split(' ')
    .map((code) => wordFor(words, code) ?? code)
    .join(' ')
}

/** 'key-locked' → 'the key was closed'; preceded by a line number, if any. */
function reasonText(codes: string): string {
  const { reasons, line } = messages().ui.records.journal
  const numbered = /^(\d+): (.*)$/.exec(codes)
  const said = (numbered?.[2] ?? codes)
    .split(' ')
    .map((code) => wordFor(reasons, code) ?? code.replaceAll('-', ' '))
  const text = said.join('; ')
  return numbered ? `${line(Number(numbered[1]))}: ${text}` : text
}
