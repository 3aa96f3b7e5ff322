import { lab as page } from './ui/lab.ts'
import { labErrors as errors } from './ui/lab-errors.ts'
import { labFill as fill } from './ui/lab-fill.ts'
import { labForwarding as forwarding } from './ui/lab-forwarding.ts'
import { labMatrix as matrix } from './ui/lab-matrix.ts'
import { labPrograms as programs } from './ui/lab-programs.ts'
import { labPrompt as prompt } from './ui/lab-prompt.ts'
import { labProxy as proxy } from './ui/lab-proxy.ts'
import { labRules as rules } from './ui/lab-rules.ts'
import { labScenario as scenario } from './ui/lab-scenario.ts'
import { labSettings as settings, refusalKitWords as refusalKit } from './ui/lab-settings.ts'
import { labWarnings as warnings } from './ui/lab-warnings.ts'

/** Every word of the mTLS lab. */
export const labWords = {
  page,
  errors,
  fill,
  forwarding,
  matrix,
  programs,
  prompt,
  proxy,
  refusalKit,
  rules,
  scenario,
  settings,
  warnings,
}
