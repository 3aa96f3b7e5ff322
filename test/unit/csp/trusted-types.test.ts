import { afterEach, expect, test, vi } from 'vitest'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.resetModules()
})

interface Rules {
  createScriptURL(url: string): string
}

test('one policy is made, by its name, and lets through what the page marked and nothing else', async () => {
  const made: { name: string; rules: Rules }[] = []
  vi.stubGlobal('trustedTypes', {
    createPolicy(name: string, rules: Rules) {
      made.push({ name, rules })
      return rules
    },
  })
  const { trustScriptUrl } = await import('../../../src/csp/trusted-types.ts')
  expect(made).toEqual([])
  expect(trustScriptUrl('blob:null/1')).toBe('blob:null/1')
  expect(trustScriptUrl('https://localhost/sw.js')).toBe('https://localhost/sw.js')
  expect(made.map(({ name }) => name)).toEqual(['rootcellar-script'])
  const [policy] = made
  expect(() => policy!.rules.createScriptURL('https://localhost/other.js')).toThrow(TypeError)
  expect(() => policy!.rules.createScriptURL('blob:null/2')).toThrow(TypeError)
})

test('an engine without Trusted Types gets the address as it is', async () => {
  const { trustScriptUrl } = await import('../../../src/csp/trusted-types.ts')
  expect(trustScriptUrl('blob:null/1')).toBe('blob:null/1')
})
