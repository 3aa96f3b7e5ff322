import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { answerSuite } from './answer.ts'
import exceptions from './exceptions.json' with { type: 'json' }
import { readSuites } from './suite.ts'
import type { Exception, Tally } from './tally.ts'
import { lines, surprises, tally } from './tally.ts'
import zlintExceptions from './zlint-exceptions.json' with { type: 'json' }
import zlintMap from './zlint-map.json' with { type: 'json' }
import { compareZlint, readZlint, zlintLine } from './zlint.ts'

/** npm run test:conformance -- [--vectors DIR] [--json FILE]: the outside suites, counted; 1 where one surprises. */
const { values } = parseArgs({ options: { vectors: { type: 'string' }, json: { type: 'string' } } })
const folder = values.vectors ?? process.env['VECTORS_DIR'] ?? '../shared/vectors'

const tallies: Record<string, Tally> = {}
const unexpected: string[] = []
for (const suite of readSuites(folder)) {
  const answered = await answerSuite(suite)
  tallies[suite.name] = tally(answered)
  unexpected.push(
    ...surprises(answered, exceptions as Record<string, Exception>).map((text) => `${suite.name} ${text}`),
  )
  console.log(lines(suite.name, answered).join('\n'))
}
const zlint = readZlint(folder)
if (zlint) {
  const answer = compareZlint(zlint, zlintMap, zlintExceptions)
  unexpected.push(...answer.surprises.map((text) => `zlint ${text}`))
  console.log(zlintLine(answer))
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(tallies, null, 2)}\n`)
if (Object.keys(tallies).length === 0) unexpected.push(`no suites in ${folder}`)
for (const text of unexpected) console.error(`surprise: ${text}`)
process.exitCode = unexpected.length === 0 ? 0 : 1
