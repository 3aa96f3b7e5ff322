import { expect, test } from 'vitest'
import { sourceFacts } from '../support/source-facts.ts'

/** Files that contain only data, and may be as long as their table. */
const DATA_ONLY = ['src/errors.ts', 'src/x509/oids.ts', 'src/ca/profiles.ts']
const isData = (path: string) => DATA_ONLY.includes(path) || path.startsWith('src/messages/')

test.each([
  ['.ts', 400],
  ['.svelte', 150],
])('a %s file has at most %i lines', (extension, limit) => {
  const long = sourceFacts('src')
    .filter(({ path, lines }) => path.endsWith(extension) && !isData(path) && lines > limit)
    .map(({ path, lines }) => `${path}: ${lines}`)
  expect(long).toEqual([])
})
