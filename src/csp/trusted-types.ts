import { SCRIPT_POLICY } from './policy.ts'

/**
 * The page's policy requires Trusted Types, so that no string becomes a script by accident. Two policies may exist:
 * Svelte's own `svelte-trusted-html` for its compiled templates, and this one, which allows the two addresses that the
 * page itself makes, the packs inside the page, and nothing else.
 */
interface ScriptPolicy {
  createScriptURL(url: string): string
  createScript(text: string): string
}
interface TrustedTypes {
  createPolicy(name: string, rules: ScriptPolicy): ScriptPolicy
}

const allowed = new Set<string>()
let policy: ScriptPolicy | null = null

/** Marks an address that the page made itself as one a worker may start from. */
export function trustScriptUrl(url: string): string {
  allowed.add(url)
  policy ??= createPolicy()
  return policy.createScriptURL(url)
}

/**
 * Marks the text of a pack, whose hash has been checked, as allowed to run; the policy's list of hashes decides in the
 * end.
 */
export function trustScript(text: string): string {
  allowed.add(text)
  policy ??= createPolicy()
  const trusted = policy.createScript(text)
  allowed.delete(text)
  return trusted
}

function createPolicy(): ScriptPolicy {
  const rules: ScriptPolicy = {
    createScriptURL(url) {
      if (!allowed.has(url)) throw new TypeError('this address may not start a worker')
      return url
    },
    createScript(text) {
      if (!allowed.has(text)) throw new TypeError('this text may not run')
      return text
    },
  }
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes }
  return trustedTypes?.createPolicy(SCRIPT_POLICY, rules) ?? rules
}
