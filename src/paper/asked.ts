import { DEFAULT_PROFILE } from '../lint/profiles.ts'
import { messages } from '../messages/messages.ts'
import { safeLine } from '../messages/safe-text.ts'
import type { ValidateOptions } from '../validate/options.ts'

/** What was asked of a chain, in words; no names asked for is ''. */
export function askedTexts({
  purpose = 'any',
  profile = DEFAULT_PROFILE,
  revocation = 'given',
  peerNames = [],
}: ValidateOptions): Record<'purpose' | 'names' | 'profile' | 'revocation', string> {
  const words = messages().ui.validate
  const names = peerNames.map(({ kind, value }) => `${words.nameKinds[kind]} ${safeLine(value, 4000)}`)
  return {
    purpose: words.purposes[purpose],
    names: messages().format.series(names),
    profile: words.profiles[profile],
    revocation: words.revocations[revocation],
  }
}
