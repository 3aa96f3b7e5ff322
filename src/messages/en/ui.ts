import { compare } from './ui/compare.ts'
import { arrivals } from './ui/arrivals.ts'
import { certificate } from './ui/certificate.ts'
import { controls, frame, parts } from './ui/frame.ts'
import { inventory } from './ui/inventory.ts'
import { imports } from './ui/import.ts'
import { issue } from './ui/issue.ts'
import { validate } from './ui/validate.ts'
import { lists } from './ui/lists.ts'
import { lookInto } from './ui/look-into.ts'
import { life } from './ui/renewal.ts'
import { palette } from './ui/palette.ts'
import { paper } from './ui/paper.ts'
import { qr } from './ui/qr.ts'
import { records } from './ui/records.ts'
import { report } from './ui/report.ts'
import { responses } from './ui/responses.ts'
import { shares } from './ui/shares.ts'
import { time } from './ui/time.ts'
import { trust } from './ui/trust.ts'
import { requests } from './ui/requests.ts'
import { vault } from './ui/vault.ts'

/** The words of the page other than errors and findings, by page or part. */
export const ui = {
  arrivals,
  controls,
  frame,
  parts,
  vault,
  issue,
  certificate,
  records,
  inventory,
  validate,
  lookInto,
  compare,
  palette,
  paper,
  qr,
  trust,
  report,
  lists,
  life,
  requests,
  responses,
  shares,
  imports,
  time,
}
