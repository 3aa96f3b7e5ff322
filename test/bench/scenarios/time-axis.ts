import { catalogueIndex, indexSegment, type CatalogueIndex } from '../../../src/services/catalogue/index.ts'
import { endsIn } from '../../../src/services/inventory/ends.ts'
import { DAY, monthStart } from '../../../src/time.ts'
import { marksPath, monthsPath } from '../../../src/ui/shared/time-axis/aggregate.ts'
import { domainOf } from '../../../src/ui/shared/time-axis/scale.ts'
import { SEGMENT_ENTRIES } from '../../../src/vault/catalogue.ts'
import type { CatalogueEntry } from '../../../src/vault/shapes.ts'
import type { Batch, Scenario } from '../scenario.ts'

const AT = Date.UTC(2026, 10, 29)
const AUTHORITIES = 50
const SVG = 'http://www.w3.org/2000/svg'

/** Two in three hundred end within 30 days; the rest over six years. */
function indexOf(count: number): CatalogueIndex {
  const entries = Array.from({ length: count }, (_, number): CatalogueEntry => ({
    id: `certificate-${String(number)}`,
    text: `host-${String(number)}.example.com`,
    serialNumber: number.toString(16),
    createdAt: AT - DAY,
    notBefore: AT - DAY,
    notAfter: AT + (((number * 37) % 2190) + 1) * DAY,
    status: 'good',
    authorityId: `ca-${String(number % AUTHORITIES)}`,
    ownAuthorityId: null,
    profileId: 'tlsServer',
    tags: [],
  }))
  const segments = []
  for (let from = 0; from < count; from += SEGMENT_ENTRIES)
    segments.push(indexSegment(entries.slice(from, from + SEGMENT_ENTRIES), new Map()))
  return catalogueIndex(segments)
}

/** From the catalogue in memory to the first frame in which the axis of every CA is to be seen. */
function firstFrame(count: number): Batch {
  const index = indexOf(count)
  return async () => {
    const ends = endsIn(index, AT)
    const last = Math.max(...ends.map(({ months }) => months.at(-1)!.from.getTime()))
    const axis = domainOf([{ from: monthStart(24_000), to: last }], AT)
    const all = document.createElement('div')
    for (const { months, soon } of ends) {
      const svg = document.createElementNS(SVG, 'svg')
      const most = Math.max(...months.map(({ count }) => count))
      for (const d of [monthsPath(axis, months, most), marksPath(axis, soon)]) {
        const path = document.createElementNS(SVG, 'path')
        path.setAttribute('d', d)
        svg.append(path)
      }
      all.append(svg)
    }
    document.body.append(all)
    await new Promise(requestAnimationFrame)
    all.remove()
    return 1
  }
}

/** The floor is a thousand certificates: the axis draws a hundred thousand as counts, and is to be as soon. */
export default (): Scenario => ({
  name: 'time-axis',
  unit: 'first frames',
  ours: firstFrame(100_000),
  floor: firstFrame(1000),
  peers: { 'at 10,000': firstFrame(10_000) },
})
