import { expect, test } from 'vitest'
import { DOCUMENT_POLICY_META } from '../../../src/csp/policy.ts'
import { documentPage, html } from '../../../src/paper/html.ts'

test('every document begins with its policy, says its language, and has one style and nothing that runs', () => {
  const title = `</title><script>x</script>`
  const page = documentPage({ language: 'de"x', title, body: html`<h1>${title}</h1>` })
  expect(page.startsWith('<!doctype html>')).toBe(true)
  expect(page).toContain('<html lang="de&quot;x">')
  expect(page.indexOf(DOCUMENT_POLICY_META)).toBeGreaterThan(0)
  expect(page.indexOf(DOCUMENT_POLICY_META)).toBeLessThan(page.indexOf('<title>'))
  expect(page.match(/<style>/g)).toHaveLength(1)
  expect(page).not.toContain('<script')
  expect(page).toContain('<h1>&lt;/title&gt;&lt;script&gt;x&lt;/script&gt;</h1>')
})
