import { FINDINGS } from '../../findings.ts'
import { messages } from '../../messages/messages.ts'
import { address } from '../../state/router.svelte.ts'
import { goTo } from './go-to.ts'
import type { Entry } from './ranked.ts'

/** Every rule, by its title and its code; each leads to its page. */
export const rulesIn = (): Entry[] =>
  Object.keys(FINDINGS).map((code) => ({
    id: code,
    label: messages().ui.validate.rule.title(code),
    also: code,
    do: goTo(address('rule', code)),
  }))
