import type { JournalEntryView } from '../../border/views.ts'
import { messages } from '../../messages/messages.ts'
import type { PaperDocument } from '../../paper/blocks.ts'
import { journalAct, journalRemark, journalSubject } from './journal-remark.ts'

/** The journal's entries, oldest first, under the hash that the last of them has; `total`: how many there are. */
export function journalPaper(newestFirst: readonly JournalEntryView[], total: number): PaperDocument {
  const words = messages().ui.records.journal
  const paper = messages().ui.paper
  const entries = newestFirst.toReversed()
  const last = entries.at(-1)
  const table = { columns: Object.values(words.columns), widths: [2, 6, 4, 6, 9, 9] }
  return {
    title: words.title,
    authority: '',
    blocks: [
      ...(last
        ? [
            {
              kind: 'identity' as const,
              label: paper.lastEntry(last.sequence),
              sha256: last.hash,
              key: null,
            },
          ]
        : []),
      { kind: 'text', text: paper.ofJournal(entries.length, total) },
      ...entries.map((entry) => ({
        kind: 'row' as const,
        table,
        cells: [
          String(entry.sequence),
          messages().format.moment(entry.at),
          entry.who,
          journalAct(entry),
          journalSubject(entry),
          journalRemark(entry).join('\n'),
        ],
      })),
      { kind: 'signatures' },
    ],
  }
}
