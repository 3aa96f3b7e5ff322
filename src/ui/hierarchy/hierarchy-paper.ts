import type { AuthorityNode, AuthorityView } from '../../border/views.ts'
import { messages } from '../../messages/messages.ts'
import { hexOf } from '../../octets.ts'
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
          `${sealWords(authority.spkiHash)}\n${groupsOf(hexOf(authority.spkiHash))}`,
        ],
      })),
      { kind: 'signatures' },
    ],
  }
}

const groupsOf = (hex: string): string => (hex.match(/.{4}/g) ?? []).join(' ')

const flat = (
  nodes: readonly AuthorityNode[],
  depth: number,
): { readonly authority: AuthorityView; readonly depth: number }[] =>
  nodes.flatMap(({ authority, children }) => [{ authority, depth }, ...flat(children, depth + 1)])
