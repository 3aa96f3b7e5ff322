/**
 * The page's policy requires Trusted Types, so that no string becomes a script by accident. Two policies may
 * exist: Svelte's own `svelte-trusted-html` for its compiled templates, and this one, which lets through the
 * two addresses the page itself makes and nothing else.
 */
const POLICY = 'rootcellar-script-url'

interface ScriptUrlPolicy {
  createScriptURL(url: string): string
}
interface TrustedTypes {
  createPolicy(name: string, rules: ScriptUrlPolicy): ScriptUrlPolicy
}

const allowed = new Set<string>()
let policy: ScriptUrlPolicy | null = null

/** Marks an address the page has made itself as one that a worker may start from. */
export function trustScriptUrl(url: string): string {
  allowed.add(url)
  policy ??= createPolicy()
  return policy.createScriptURL(url)
}

function createPolicy(): ScriptUrlPolicy {
  const rules: ScriptUrlPolicy = {
    createScriptURL(url) {
      if (!allowed.has(url)) throw new TypeError('this address may not start a worker')
      return url
    },
  }
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes }
  return trustedTypes?.createPolicy(POLICY, rules) ?? rules
}
