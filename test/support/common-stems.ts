import common from '@zxcvbn-ts/language-common'
import { isListable, stemOf } from '../../src/vault/common.ts'

/** The most common ones, this many, each once. */
export const HOW_MANY = 10_000

export function commonStems(): string[] {
  const stems = new Set<string>()
  for (const password of common.dictionary['passwords'] as readonly string[]) {
    if (stems.size === HOW_MANY) break
    const stem = stemOf(password)
    if (isListable(stem)) stems.add(stem)
  }
  return [...stems]
}
