import { FINDINGS } from '../../../src/findings.ts'
import type { FindingCode } from '../../../src/findings.ts'
import type { Place } from '../../../src/findings/row.ts'
import type { PathReport } from '../../../src/validate/report.ts'
import { chainOf, three } from '../../../src/services/validate/examples/draw.ts'
import type { Chain, Drawing, Parts } from '../../../src/services/validate/examples/draw.ts'
import { PATH_PARTS } from '../../../src/services/validate/examples/path.ts'
import { RFC5280_PARTS } from '../../../src/services/validate/examples/rfc5280.ts'
import { MORE_FORMS } from './more-forms.ts'

/** A chain in which one demand is broken at one place. */
export interface Specimen {
  readonly code: FindingCode
  readonly place: Place
  readonly chain: Chain
}

/** What each kind of certificate needs of its own: a drawing that sets it stays where it was drawn. */
const OWN_TO_PLACE = ['keyUsage', 'basicConstraints', 'extKeyUsage'] as const
const FIELDS_OF_PLACE = [
  'key',
  'inner',
  'outer',
  'scheme',
  'keyOf',
  'emptyExtensions',
  'spki',
  'aki',
] as const

const isMovable = (drawing: Drawing): boolean =>
  !OWN_TO_PLACE.some((name) => drawing.extensions !== undefined && name in drawing.extensions) &&
  !FIELDS_OF_PLACE.some((field) => field in drawing) &&
  !(drawing.more ?? []).some(({ oid }) => oid === '2.5.29.15' || oid === '2.5.29.19' || oid === '2.5.29.37')

/** The same fault at the other places, where it can stand there. */
function moved(parts: Parts): Parts[] {
  const { root, ca, target, asked } = parts
  const drawn = [root, ca, target].filter((each) => each !== undefined)
  const [drawing] = drawn
  if (drawn.length !== 1 || !drawing || !isMovable(drawing)) return [parts]
  const rest = asked ? { asked } : {}
  return [
    { target: drawing, ...rest },
    { ca: drawing, ...rest },
    { root: drawing, ...rest },
  ]
}

/** The demands on certificates themselves; what the steps of a path find has rules of its own. */
export const SPECIMEN_CODES: readonly FindingCode[] = [
  ...(Object.keys(RFC5280_PARTS) as FindingCode[]).filter(
    // There is no end to the ways of being unreadable, and a cut key differs from one key to the next.
    (code) =>
      FINDINGS[code].severity === 'error' &&
      code !== 'extension-unreadable' &&
      code !== 'bit-string-not-octets',
  ),
  ...(['tls-feature-not-inherited', 'rsa-below-1024', 'policy-qualifier-unknown'] as const),
]

/** Errors of one certificate of the path, whether they refuse or not. */
const errorsAt = (path: PathReport, place: Place): FindingCode[] =>
  path.certificates
    .filter((each) => each.place === place)
    .flatMap(({ findings }) => findings.map(({ code }) => code))
    .filter((code) => FINDINGS[code].severity === 'error')

/** Chains that break one demand, each form of it at each place where it can be broken. */
export async function specimensOf(
  code: FindingCode,
  examine: (chain: Chain) => Promise<PathReport | undefined>,
): Promise<Specimen[]> {
  const forms = [RFC5280_PARTS[code] ?? PATH_PARTS[code], ...(MORE_FORMS[code] ?? [])]
  const found: Specimen[] = []
  for (const parts of forms.flatMap((form) => (form ? moved(form) : []))) {
    const chain = chainOf(await three(parts), parts.asked)
    const path = await examine(chain)
    if (!path) continue
    for (const place of ['anchor', 'ca', 'target'] as const)
      if (errorsAt(path, place).includes(code)) found.push({ code, place, chain })
  }
  return found
}

/** Every error in a path. */
export const errorsIn = (path: PathReport): FindingCode[] =>
  (['anchor', 'ca', 'target'] as const).flatMap((place) => errorsAt(path, place))
