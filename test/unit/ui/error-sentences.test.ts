import { expect, test } from 'vitest'
import { CodedError } from '../../../src/errors.ts'
import { en } from '../../../src/messages/en.ts'
import { errorSentence, speak } from '../../../src/messages/messages.ts'
import { learn } from '../../../src/messages/pack-words.ts'

speak(en)

test('an error that names something shows what cannot be seen, on one line, and not for ever', () => {
  const name = 'Example\u202e\u200b\nCA'
  const sentence = errorSentence(new CodedError('authority-retired', { name, certificateId: '' } as never))
  expect(sentence).not.toMatch(/[\u202e\u200b\n]/)
  expect(sentence).toContain('‹U+202E›')
  const long = new CodedError('authority-retired', { name: 'x'.repeat(100_000) })
  expect(errorSentence(long).length).toBeLessThanOrEqual(2001)
  expect(errorSentence(new Error('a\u202eb'))).not.toContain('\u202e')
})

test('sentences that come with a pack are said once it is there', async () => {
  const error = new CodedError('manifest-invalid', { line: 7, reason: 'order' })
  await learn('ceremony')
  expect(errorSentence(error)).toMatch(/^Line 7 of manifest\.sha256 .* sorted by file name\./)
})
