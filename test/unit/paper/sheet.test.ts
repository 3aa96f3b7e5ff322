import { expect, test } from 'vitest'
import { DOCUMENT_POLICY_META } from '../../../src/csp/policy.ts'
import { sheetHtml } from '../../../src/paper/sheet.ts'
import { seen } from '../../../src/plain-text.ts'

const NAME = 'Root\u202e</h1><script>x</script>\x1b[2J\n'

test('a page that says what to publish carries a policy before all else, and names what is not seen', () => {
  const page = sheetHtml({
    language: 'en',
    title: `Lists of ${seen(NAME)}`,
    lead: [],
    warnings: [],
    columns: [],
    rows: [],
    verbatim: [],
  })
  expect(page.indexOf(DOCUMENT_POLICY_META)).toBeGreaterThan(0)
  expect(page.indexOf(DOCUMENT_POLICY_META)).toBeLessThan(page.indexOf('<title>'))
  expect(page).not.toContain('<script')
  expect(page).toContain('Root‹U+202E›&lt;/h1&gt;')
  // eslint-disable-next-line no-control-regex
  expect(page).not.toMatch(/[\x00-\x09\x0b-\x1f\u202e]/)
})

test('each cell has its column’s name, which is shown beside it where the table is too wide', () => {
  const rest = { language: 'en', title: 'Lists', lead: [], warnings: [], verbatim: [] }
  const page = sheetHtml({ ...rest, columns: ['Publish "from"', 'File'], rows: [['2026-11-29', 'a.crl']] })
  expect(page).toContain('<td data-label="Publish &quot;from&quot;">2026-11-29</td>')
  expect(page).toContain('<td data-label="File">a.crl</td>')
})
