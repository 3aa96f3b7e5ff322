import { expect, test } from 'vitest'
import { exampleCodes, ruleExample } from '../../../src/worker/rule-examples.ts'

test.each(exampleCodes())('the example of %s breaks that rule, and no other refuses it', async (code) => {
  const { report } = await ruleExample(code)
  const refusals = report!.paths[report!.best]!.certificates.flatMap((each) =>
    each.refusals.map((finding) => finding.code),
  )
  expect(report!.verdict).not.toBe('valid')
  expect([...new Set(refusals)]).toEqual([code])
})

test('a code without an example is answered so', async () => {
  expect(await ruleExample('der-set-order')).toEqual({ code: 'der-set-order', report: null })
})
