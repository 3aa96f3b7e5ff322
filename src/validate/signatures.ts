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

/** What a pool remembers of signatures: keys imported, and which signature of its own members held under which key. */
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

/** Signatures checked in one validation: each once, and not at all where the pool remembers it. */
export class Signatures {
  readonly #memory: SignatureMemory
  readonly #budget: Budget
  /** Of what is not in the pool, the target first of all: forgotten with this validation. */
  readonly #passing = new Map<Signed, Known[]>()

  constructor(memory: SignatureMemory, budget: Budget) {
    this.#memory = memory
    this.#budget = budget
  }

  /** Spends a signature unless its verdict is remembered; null where the budget does not suffice. */
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
