/** A set of shares while it is handed out: each is shown to its holder, who types it back. */
import type { NewSetView } from '../../border/protocol/quorum.ts'
import { CodedError } from '../../errors.ts'
import { hexOf, utf8 } from '../../octets.ts'
import { newShareSet, type ShareSet } from '../../vault/quorum/quorum.ts'
import { readShare, setWordOf, shareText, type Share } from '../../vault/quorum/share-words.ts'
import { sha256 } from '../../webcrypto/seal.ts'

export class NewSet {
  #set: ShareSet | null = null
  #proved = new Set<number>()

  async begin(names: readonly string[], threshold: number): Promise<NewSetView> {
    this.drop()
    this.#set = await newShareSet(
      names.map((name) => name.trim()),
      threshold,
    )
    return this.view
  }

  /** Throws 'shares-missing', also for a share that was proved: nobody needs to see it again. */
  async share(holder: number): Promise<{ words: string; text: string; sha256: string }> {
    const { threshold, names } = this.#here
    const share = this.#shareOf(holder)
    const text = shareText(share, names.length, threshold)
    return { words: share.words, text, sha256: hexOf(await sha256(utf8(share.words))) }
  }

  /** Rejects with the errors of `readShare`, 'share-other-set', 'share-other-holder' and 'share-refused'. */
  async prove(holder: number, typed: string): Promise<NewSetView> {
    const set = this.#here
    const share = this.#shareOf(holder)
    const read = await readShare(typed)
    const { setId, names } = set
    const isOther = read.setId === null ? read.setWord !== setWordOf(setId) : read.setId !== setId
    if (isOther) throw new CodedError('share-other-set', { setId })
    if (read.holder !== holder) {
      const detail = { asked: names[holder - 1]!, found: names[read.holder - 1] ?? '' }
      throw new CodedError('share-other-holder', detail)
    }
    if (read.words !== share.words) throw new CodedError('share-refused', { name: names[holder - 1]!, setId })
    if (this.#set !== set) throw new CodedError('shares-missing', null)
    this.#proved.add(holder)
    return this.view
  }

  /** The whole set. Throws 'shares-missing', and 'shares-too-few' before all shares were proved. */
  get whole(): ShareSet {
    const set = this.#here
    const needed = set.names.length
    if (this.#proved.size < needed)
      throw new CodedError('shares-too-few', { given: this.#proved.size, needed })
    return set
  }

  get view(): NewSetView {
    const { setId, threshold, names } = this.#here
    return { setId, threshold, names, proved: [...this.#proved].sort((a, b) => a - b) }
  }

  drop(): void {
    this.#set = null
    this.#proved = new Set()
  }

  get #here(): ShareSet {
    if (!this.#set) throw new CodedError('shares-missing', null)
    return this.#set
  }

  #shareOf(holder: number): Share {
    const share = this.#here.shares[holder - 1]
    if (!share || this.#proved.has(holder)) throw new CodedError('shares-missing', null)
    return share
  }
}
