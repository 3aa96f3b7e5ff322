import type { Finding } from '../../findings.ts'
import type { Certificate } from '../../x509/certificate.ts'
import type { NameConstraints } from '../../x509/extensions/name-constraints.ts'
import type { Budget } from '../budget.ts'
import type { Outcome } from '../outcome.ts'
import { held, decided, notApplicable, unchecked } from '../outcome.ts'
import type { SubtreeLayer } from '../path/state.ts'
import type { SubjectName } from './subject-names.ts'
import { subjectNames, withinOf } from './subject-names.ts'
import type { SubtreesByForm } from './subtrees.ts'
import { readSubtrees } from './subtrees.ts'
import { generalNameText } from '../../x509/general-name-text.ts'

type Side = 'permitted' | 'excluded'

/** Stop after this many findings per check. */
const ENOUGH = 20

const read = new WeakMap<NameConstraints, Record<Side, SubtreesByForm | null>>()

/** The parsed subtrees of an extension, shared by all paths that contain it. */
export function subtreesOf(constraints: NameConstraints): Record<Side, SubtreesByForm | null> {
  let subtrees = read.get(constraints)
  if (subtrees === undefined) {
    const { permitted, excluded } = constraints
    subtrees = {
      permitted: permitted && readSubtrees(permitted),
      excluded: excluded && readSubtrees(excluded),
    }
    read.set(constraints, subtrees)
  }
  return subtrees
}

/** §6.1.3 (b), (c): checks every name of the certificate against every layer of subtrees. */
export function checkNames(
  certificate: Certificate,
  side: Side,
  layers: readonly SubtreeLayer[],
  budget: Budget,
): Outcome {
  if (layers.length === 0) return notApplicable()
  const names = subjectNames(certificate)
  const comparisons = costOf(names, layers)
  if (comparisons === 0) return held({ comparisons })
  // Spend the budget up front, so that 20,000 × 20,000 comparisons are refused before the first.
  if (!budget.spend('comparisons', comparisons))
    return unchecked(
      { comparisons },
      { code: 'budget-exhausted', detail: { cost: 'comparisons', limit: budget.limits.comparisons } },
    )
  const findings: Finding[] = []
  for (const layer of layers)
    for (const name of names) {
      checkName(name, side, layer, findings)
      if (findings.length >= ENOUGH) return decided({ comparisons }, findings)
    }
  return decided({ comparisons }, findings)
}

function costOf(names: readonly SubjectName[], layers: readonly SubtreeLayer[]): number {
  let comparisons = 0
  for (const { subtrees } of layers)
    for (const { form } of names) comparisons += subtrees.forms.get(form)?.length ?? 0
  return comparisons
}

function checkName(
  name: SubjectName,
  side: Side,
  { subtrees, setBy }: SubtreeLayer,
  findings: Finding[],
): void {
  const sameForm = subtrees.forms.get(name.form)
  if (sameForm === undefined) return
  const { form } = name
  const within = withinOf(name)
  const text = (): string => generalNameText(name.name)
  if (sameForm.some(({ constraint }) => constraint.kind === 'unsupported')) {
    findings.push({ code: 'name-constraint-unsupported', detail: { form, name: text(), setBy } })
  } else if (within === null) {
    findings.push({ code: 'constrained-name-malformed', detail: { form, name: text(), setBy } })
  } else {
    const match = sameForm.find(({ constraint }) => within(constraint, side))
    if (side === 'permitted' && match === undefined)
      findings.push({ code: 'name-not-permitted', detail: { form, name: text(), setBy } })
    if (side === 'excluded' && match !== undefined)
      findings.push({
        code: 'name-excluded',
        detail: { form, name: text(), constraint: generalNameText(match.base), setBy },
      })
  }
}
