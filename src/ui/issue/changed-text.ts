import { messages } from '../../messages/messages.ts'
import { changedParts, type ChangedPart } from '../../state/issue/changed.ts'
import type { Draft } from '../../state/issue/draft.ts'

/** Returns what was changed in these parts of a draft, as a fold tells it; undefined for nothing. */
export function changedText(draft: Draft, isCa: boolean, parts?: readonly ChangedPart[]): string | undefined {
  const { changed } = messages().ui.issue
  const all = changedParts(draft, isCa)
  const said = (Object.keys(all) as ChangedPart[])
    .filter((part) => all[part] > 0 && (parts?.includes(part) ?? true))
    .map((part) => changed[part](all[part]))
  return said.length === 0 ? undefined : messages().format.list(said)
}
