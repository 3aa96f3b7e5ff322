import { messages } from '../../messages/messages.ts'
import { nameOf } from '../../messages/verdict-text.ts'
import type { ValidatedCertificate } from '../../border/protocol/validate.ts'
import type { Difference } from '../../state/validate/difference.ts'

/** Returns the sentence of a difference; null says that there is none. */
export function differenceText(difference: Difference | null): string {
  const { compare, validate } = messages().ui
  const words = compare.difference
  if (difference === null) return compare.same
  switch (difference.kind) {
    case 'unread':
      return words.unread(difference.of)
    case 'target':
    case 'issuer': {
      const { sameName, sameKey, kind } = difference
      const say = words[kind][sameName ? (sameKey ? 'renewed' : 'rekeyed') : 'others']
      return say(named(difference.first), named(difference.second))
    }
    case 'left-out':
    case 'ends-earlier': {
      const { of, missing, below } = difference
      const say = difference.kind === 'left-out' ? words.leftOut : words.endsEarlier
      return say(of, nameOf(missing), below && nameOf(below))
    }
    case 'trust':
      return words.trust(difference.of, nameOf(difference.top))
    case 'asked':
      return words.asked[difference.what]
    case 'finding':
      return words.finding(difference.of, nameOf(difference.about), validate.rule.title(difference.code))
    case 'order':
      return words.order(difference.of)
  }
}

const named = (of: ValidatedCertificate) => ({
  name: nameOf(of),
  notBefore: of.card.notBefore,
  notAfter: of.card.notAfter,
})
