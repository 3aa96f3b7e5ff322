import { expect, test } from 'vitest'
import { drawKey, endEntity, intermediate, root } from '../../support/chain.ts'
import { examine, refusals } from './examine.ts'

test('root → CA → target stands (§6.1)', async () => {
  const top = await root()
  const ca = await intermediate(top)
  const report = await examine(
    await endEntity(ca),
    { anchors: [top], intermediates: [ca] },
    { purpose: 'serverAuth', peerNames: [{ kind: 'DNS', value: 'example.com' }] },
  )
  expect(refusals(report)).toEqual([[], [], []])
  expect(report.verdict).toBe('valid')
  expect(report.spent.signatures).toBe(2)
})

test.each(['p384', 'p521', 'ed25519', 'rsa-2048'] as const)(
  'a chain of %s keys stands',
  async (algorithm) => {
    const top = await root({ key: await drawKey(algorithm) })
    const report = await examine(await endEntity(top, { key: await drawKey(algorithm) }), { anchors: [top] })
    expect(refusals(report)).toEqual([[], []])
  },
)

test('a certificate with one bit changed is refused (§6.1.3(a)(1))', async () => {
  const top = await root()
  const target = await endEntity(top, {
    tamper: (signature) => {
      const changed = Uint8Array.from(signature)
      changed[changed.length - 1]! ^= 1
      return changed
    },
  })
  const report = await examine(target, { anchors: [top] })
  expect(refusals(report)).toEqual([[], ['signature-invalid']])
  expect(report.verdict).toBe('invalid')
})
