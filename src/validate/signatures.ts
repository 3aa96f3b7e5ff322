import type { Signed } from '../x509/certificate.ts'
import { KeyCache, verifySigned } from '../x509/signed.ts'
import type { SignatureVerdict } from '../x509/signed.ts'
import type { Spki } from '../x509/spki.ts'
import type { Budget } from './budget.ts'

/** Remembers imported keys, and which signature held under which key. */
export interface SignatureCache {
  /** Spends a signature unless its verdict is remembered; null where the budget does not suffice. */
  verify(signed: Signed, spki: Spki, budget: Budget): SignatureVerdict | Promise<SignatureVerdict> | null
}

export function createSignatureCache(): SignatureCache {
  const keys = new KeyCache()
  const verdicts = new WeakMap<Signed, WeakMap<Spki, SignatureVerdict | Promise<SignatureVerdict>>>()
  return {
    verify(signed, spki, budget) {
      let bySpki = verdicts.get(signed)
      const known = bySpki?.get(spki)
      if (known !== undefined) return known
      if (!budget.spend('signatures')) return null
      if (bySpki === undefined) verdicts.set(signed, (bySpki = new WeakMap()))
      const remembered = bySpki
      const running = verifySigned(signed, spki, keys).then((verdict) => {
        remembered.set(spki, verdict)
        return verdict
      })
      remembered.set(spki, running)
      return running
    },
  }
}

export type { SignatureVerdict } from '../x509/signed.ts'
