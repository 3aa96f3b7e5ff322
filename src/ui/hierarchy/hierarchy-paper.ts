import type { AuthorityNode, AuthorityView } from '../../border/views.ts'
import { messages } from '../../messages/messages.ts'
import { hexGroups, hexOf } from '../../octets.ts'
import type { PaperDocument } from '../../paper/blocks.ts'
import { sealWords } from '../certificate/key-seal.ts'
import { standing } from '../certificate/standing.ts'

/** All CAs, each under its own: names, dates and the hash and words of each key. */
export function hierarchyPaper(
  tree: readonly AuthorityNode[],
  now: Date,
  revokedFrom: (authorityId: string | null) => 'revoked' | 'held' | null,
): PaperDocument {
  const words = messages().ui.paper.hierarchy
  const table = { columns: Object.values(words.columns), widths: [9, 5, 4, 10] }
  return {
    title: messages().ui.records.hierarchy.title,
    authority: '',
    blocks: [
      { kind: 'text', text: words.lead },
      ...flat(tree, 0).map(({ authority, depth }) => ({
        kind: 'row' as const,
        table,
        cells: [
          `${'    '.repeat(depth)}${authority.commonName ?? authority.subject ?? ''}`,
          messages().ui.report.validity(authority.notBefore, authority.notAfter),
          messages().ui.parts.states[standing(authority, now, revokedFrom(authority.parentId))],
          `${sealWords(authority.spkiHash)}\n${hexGroups(hexOf(authority.spkiHash)).join(' ')}`,
        ],
      })),
      { kind: 'signatures' },
    ],
  }
}

const flat = (
  nodes: readonly AuthorityNode[],
  depth: number,
): { readonly authority: AuthorityView; readonly depth: number }[] =>
  nodes.flatMap(({ authority, children }) => [{ authority, depth }, ...flat(children, depth + 1)])
