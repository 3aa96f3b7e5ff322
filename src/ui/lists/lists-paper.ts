import type { AuthorityLists } from '../../border/protocol/list.ts'
import type { AuthorityView } from '../../border/views.ts'
import { messages } from '../../messages/messages.ts'
import { hexOf } from '../../octets.ts'
import type { PaperDocument } from '../../paper/blocks.ts'
import type { ListStanding } from '../../state/lists/lists.svelte.ts'

type Standing = (list: AuthorityLists['lists'][number]) => ListStanding

/** The lists of a CA, oldest first, under the hash of its key; the hash of each that is not replaced. */
export function listsPaper(
  authority: AuthorityView,
  { lists }: AuthorityLists,
  standing: Standing,
): PaperDocument {
  const words = messages().ui.lists
  const { moment } = messages().format
  const name = authority.commonName ?? authority.subject ?? ''
  const { file: _saved, ...columns } = words.columns
  const table = { columns: Object.values(columns), widths: [6, 9, 7, 7, 4, 5] }
  return {
    title: words.title(name),
    authority: name,
    blocks: [
      {
        kind: 'identity',
        label: messages().ui.paper.key,
        sha256: hexOf(authority.spkiHash),
        key: authority.spkiHash,
      },
      ...lists.toReversed().map((list) => ({
        kind: 'row' as const,
        table,
        cells: [
          list.number ?? '',
          words.scope(list.scope, list.base),
          moment(list.thisUpdate),
          list.nextUpdate ? moment(list.nextUpdate) : words.noEnd,
          words.entries(list.entries),
          words.standing[standing(list)],
        ],
      })),
      ...lists
        .toReversed()
        .filter((list) => standing(list) !== 'replaced')
        .map((list) => ({
          kind: 'identity' as const,
          label: messages().ui.paper.list(list.number),
          sha256: list.sha256,
          key: null,
        })),
      { kind: 'signatures' },
    ],
  }
}
