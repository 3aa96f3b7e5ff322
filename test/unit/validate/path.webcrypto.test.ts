import { expect, test } from 'vitest'
import { endEntity, intermediate, root } from '../../support/chain.ts'
import { judge, refusals } from './judge.ts'

test('root → CA → target stands', async () => {
  const top = await root()
  const ca = await intermediate(top)
  const report = await judge(
    await endEntity(ca),
    { anchors: [top], intermediates: [ca] },
    { purpose: 'serverAuth' },
  )
  expect(refusals(report)).toEqual([[], [], []])
  expect(report.verdict).toBe('valid')
})
