import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ceremonyReport } from '../../../src/messages/en/ui/ceremony-report.ts'
import { en } from '../../../src/messages/en.ts'
import { speak } from '../../../src/messages/messages.ts'
import { utf8Text } from '../../../src/octets.ts'
import { recordPaper } from '../../../src/paper/ceremony.ts'
import { withResponses } from '../../support/ceremony/answering.ts'
import { planAt } from '../../support/ceremony/plan.ts'
import { HEX, viewAfter } from '../../support/ceremony/view.ts'

// docs/ceremony-audit.md sends auditors to headings of the report.

const text = readFileSync('docs/ceremony-audit.md', 'utf8')
const rows = text.split('\n').filter((line) => line.startsWith('|') && !/^\| (-|section|what )/.test(line))
const sections = Object.values(ceremonyReport.sections)
/** A heading may be broken over two lines. */
const named = (part: string): string[] =>
  [...part.matchAll(/\*\*([^*.]+)\*\*/g)].map(([, name]) => name!.replace(/\s+/g, ' '))

test('every heading it names is one of the report, and every heading of the report is named', () => {
  expect([...new Set(named(text))].sort()).toEqual([...sections].sort())
})

test('every item says where it is, or that a page cannot know it', () => {
  expect(rows.length).toBeGreaterThan(30)
  const empty = rows.filter(
    (row) => named(row).length === 0 && !/`[\w./]+`|sheet “|these lines|not met/.test(row),
  )
  expect(empty).toEqual([])
})

test('a report has these headings, in their order', async () => {
  speak(en)
  const plan = withResponses(planAt(Date.parse('2026-11-30'), { sha256: HEX }))
  const files = await recordPaper(await viewAfter(plan, 'live', { abortIn: 'make-issuing' }))
  const report = utf8Text(files.at(-1)!.bytes)
  const headings = [...report.matchAll(/<h2><bdi>([^<]+)<\/bdi><\/h2>/g)].map(([, heading]) => heading!)
  expect(headings.filter((heading) => sections.includes(heading))).toEqual(sections)
})
