/** What the lab offers to mend a refusal is what mends it. */
import { expect, test } from 'vitest'
import type { Call } from '../../../src/border/dispatch.ts'
import type { LabFix, LabView } from '../../../src/border/protocol/lab.ts'
import { READY_IDS } from '../../../src/mtls/ready-ids.ts'
import { labMethods } from '../../../src/services/lab/methods/lab.ts'
import { LAB_DAY } from '../../support/lab/scenarios.ts'

const call: Call = { signal: new AbortController().signal, progress: () => undefined }
const SIDES = ['client', 'server'] as const

/** As the page does it. */
function mended({ ends }: LabView, { act, side, certificate }: LabFix): LabView['ends'] {
  const { sends, trusts } = ends[side]
  const change = act === 'send' ? { sends: [...sends, certificate] } : { trusts: [...trusts, certificate] }
  return { ...ends, [side]: { ...ends[side], ...change } }
}

test.each(READY_IDS)('%s: each that is offered makes the side that refuses accept', async (id) => {
  const lab = labMethods()
  const view = await lab['lab.ready']({ id, at: LAB_DAY }, call)
  for (const by of SIDES)
    for (const fix of view.answer[by]?.fixes ?? []) {
      const after = await lab['lab.play'](mended(view, fix), call)
      expect([id, fix, after.answer[by]?.refusals]).toEqual([id, fix, []])
    }
})

test('a kind of key that the request does not take is mended by no certificate that is sent along', async () => {
  const view = await labMethods()['lab.ready']({ id: 'certificate-type-not-taken', at: LAB_DAY }, call)
  expect(view.answer.server).toMatchObject({ presented: 'type', fixes: [] })
})
