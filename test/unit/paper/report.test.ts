import '../../support/english.ts'
import { expect, test } from 'vitest'
import { html } from '../../../src/paper/html.ts'
import { reportHtml } from '../../../src/paper/report.ts'
import { createPool, validate } from '../../../src/validate/validate.ts'
import { DOCUMENT_POLICY_META } from '../../../src/csp/policy.ts'
import type { ReportDocument } from '../../../src/border/protocol/validate.ts'
import { reportData } from '../../../src/services/validate/report.ts'
import { reportView } from '../../../src/services/validate/view.ts'
import { AT, endEntity, intermediate, root } from '../../support/chain.ts'
import { escaped } from '../../support/name-text.ts'

const HOSTILE = `</style></pre><script>alert(1)</script><img src=x onerror="alert('2')">\u202Egnp & Co`

/** A report in which every name is hostile, as far as possible. */
async function hostileReport(at = AT): Promise<ReportDocument> {
  const subject = `CN=${escaped(HOSTILE)}`
  const top = await root({ subject })
  const ca = await intermediate(top, { subject })
  const target = await endEntity(ca, { subject })
  const pool = createPool({ anchors: [top.certificate], intermediates: [ca.certificate] })
  const peerNames = [{ kind: 'DNS', value: 'example.com' }] as const
  const report = await validate(target.certificate, pool, { at, purpose: 'serverAuth', peerNames })
  const sha256 = 'ab'.repeat(32)
  const inputs = {
    files: [{ name: HOSTILE, size: 1, sha256 }],
    anchors: [{ subject: HOSTILE, sha256 }],
    certificateLists: [{ issuer: HOSTILE, thisUpdate: AT, nextUpdate: null, sha256 }],
    ocspResponses: [{ producedAt: AT, sha256 }],
  }
  const options = { ...report.options, pins: [{ of: 'spki', sha256: HOSTILE }] } as const
  const conclusion = {
    verdict: report.verdict,
    unread: null,
    unreadStatus: null,
    refusedBy: [],
    saidToRefuse: [],
  }
  const data = await reportData(report, inputs, conclusion)
  return { ...conclusion, data, report: await reportView(report), inputs, options }
}

const saved = (document: ReportDocument): string => new TextDecoder().decode(reportHtml(document, AT).bytes)

test('what is put into markup is text, unless it was made as markup', () => {
  expect(html`<p title="${`"'`}">${['<b>', html`<i>${'&'}</i>`, 1, null]}</p>`.markup).toBe(
    '<p title="&quot;&#39;">&lt;b&gt;<i>&amp;</i>1</p>',
  )
})

test('names in certificates, files and questions stay text in the saved report', async () => {
  const page = saved(await hostileReport())
  // Only the markup written here opens an element; hidden characters are named.
  const elements = [...page.matchAll(/<([a-z0-9!]+)/gi)].map(([, name]) => name)
  expect(elements).not.toContain('script')
  expect(elements).not.toContain('img')
  expect(page.match(/<\/style>/g)).toHaveLength(1)
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  expect(page).toContain('‹U+202E›')
  expect(page).not.toContain('\u202E')
})

test('the saved report says what the report says: verdict, every path and rule, fingerprints', async () => {
  const document = await hostileReport(new Date('2030-01-01T00:00:00Z'))
  const page = saved(document)
  expect(page).toContain('<h1 class="invalid">Not valid. ')
  const examined = document.report.paths.flatMap(({ certificates }) => certificates)
  // One row for the headers of each table; rules that did not apply are below it.
  const count = (applied: boolean): number =>
    examined.flatMap(({ rows }) => rows).filter(({ outcome }) => (outcome !== 'not-applicable') === applied)
      .length
  expect(page.match(/<tr>/g)).toHaveLength(examined.length + count(true))
  const idle = page.match(/<p class="idle">[^<]*/g)!.flatMap((line) => line.split(');'))
  expect(idle).toHaveLength(count(false))
  for (const { card } of examined) expect(page).toContain(card.fingerprint)
  expect(page.match(/-----BEGIN CERTIFICATE-----/g)).toHaveLength(3)
  expect(page).toMatch(/ expired on \d/)
  expect(page).not.toContain('expired: ')
  expect(page).toContain(document.report.engine)
})

test('it lets nothing be loaded or run', async () => {
  const page = saved(await hostileReport())
  expect(page.indexOf(DOCUMENT_POLICY_META)).toBeGreaterThan(0)
  expect(page.indexOf(DOCUMENT_POLICY_META)).toBeLessThan(page.indexOf('<title>'))
})
