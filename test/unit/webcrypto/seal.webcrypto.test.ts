import { expect, test, vi } from 'vitest'
import { measurePbkdf2 } from '../../../src/webcrypto/seal.ts'

test('each round of the measurement has a salt of its own', async () => {
  const derive = vi.spyOn(crypto.subtle, 'deriveBits')
  try {
    await measurePbkdf2(700, 10)
    const salts = derive.mock.calls.map(([parameters]) =>
      String((parameters as Pbkdf2Params).salt as Uint8Array),
    )
    expect(salts.length).toBeGreaterThan(1)
    expect(new Set(salts).size).toBe(salts.length)
  } finally {
    derive.mockRestore()
  }
})
