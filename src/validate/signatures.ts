import type { Signed } from '../x509/certificate.ts'
import { KeyCache, verifySigned } from '../x509/signed.ts'
import type { SignatureVerdict } from '../x509/signed.ts'
import type { Spki } from '../x509/spki.ts'
import type { Budget } from './budget.ts'

export type { SignatureVerdict } from '../x509/signed.ts'

interface Known {
  readonly spki: Spki
  readonly verdict: SignatureVerdict | Promise<SignatureVerdict>
}

/** The signature cache of a pool: imported keys, and which member's signature was valid under which key. */
export interface SignatureMemory {
  readonly keys: KeyCache
  readonly members: ReadonlySet<object>
  readonly known: Map<Signed, Known[]>
}

export const createSignatureMemory = (members: ReadonlySet<object>): SignatureMemory => ({
  keys: new KeyCache(),
  members,
  known: new Map(),
})

/** Signatures verified in one validation: each once, and not at all if the pool has the result. */
export class Signatures {
  readonly #memory: SignatureMemory
  readonly #budget: Budget
  /** Results for certificates outside the pool, such as the target: dropped after this validation. */
  readonly #passing = new Map<Signed, Known[]>()

  constructor(memory: SignatureMemory, budget: Budget) {
    this.#memory = memory
    this.#budget = budget
  }

  /** Spends a signature unless the result is cached; returns null if the budget is spent. */
  verify(signed: Signed, spki: Spki): SignatureVerdict | Promise<SignatureVerdict> | null {
    const { members, known, keys } = this.#memory
    const map = members.has(signed) ? known : this.#passing
    let entries = map.get(signed)
    const found = entries?.find((entry) => entry.spki === spki)
    if (found !== undefined) return found.verdict
    if (!this.#budget.spend('signatures')) return null
    if (entries === undefined) map.set(signed, (entries = []))
    const all = entries
    const running = verifySigned(signed, spki, keys).then((verdict) => {
      all[all.findIndex((entry) => entry.spki === spki)] = { spki, verdict }
      return verdict
    })
    all.push({ spki, verdict: running })
    return running
  }
}
