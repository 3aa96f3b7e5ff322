import type { ListWish } from '../../state/lists/lists.svelte.ts'
import type { In } from '../../border/protocol.ts'

type Parts = In<'list.sign'>['parts']
type Reason = Extract<Parts, { kind: 'reasons' }>['reasons'][number]

/** The form as typed. */
export interface Choices {
  kind: 'complete' | 'delta'
  parts: Parts['kind']
  /** One per line. */
  addresses: string
  reasons: Reason[]
  /** Null: as the plan has it. */
  indirectFor: string[] | null
  freshest: string
  above: string
  days: string
  overlap: string
  periods: string
}

export const emptyChoices = (): Choices => ({
  kind: 'complete',
  parts: 'all',
  addresses: '',
  reasons: [],
  indirectFor: null,
  freshest: '',
  above: '',
  days: '',
  overlap: '2',
  periods: '1',
})

/** Nothing under "More" is chosen. */
export const isWhole = ({ kind, parts, indirectFor, freshest, above }: Choices): boolean =>
  kind === 'complete' && parts === 'all' && indirectFor === null && freshest === '' && above === ''

const atLeast = (least: number, text: string, otherwise: number): number =>
  Math.max(least, Number(text) || otherwise)

/** Returns the form as worker input; empty fields default to the plan and the certificates. */
export function wishOf(
  choices: Choices,
  {
    suggestedDays,
    found,
    speaksFor,
  }: { suggestedDays: number; found: readonly string[]; speaksFor: readonly string[] },
): ListWish {
  const { kind, indirectFor, freshest, above, days, overlap, periods } = choices
  return {
    kind,
    parts: partsOf(choices, found),
    indirectFor: [...(indirectFor ?? speaksFor)],
    days: atLeast(1, days, suggestedDays),
    overlapDays: atLeast(0, overlap, 0),
    count: kind === 'delta' ? 1 : Math.min(120, Math.floor(atLeast(1, periods, 1))),
    freshestAddress: freshest.trim() || null,
    above: above.trim() || null,
  }
}

function partsOf({ parts, addresses, reasons }: Choices, found: readonly string[]): Parts {
  if (parts === 'points')
    return { kind: parts, addresses: addresses.trim() === '' ? found : addresses.trim().split(/\s+/) }
  return parts === 'reasons' ? { kind: parts, reasons: [...reasons] } : { kind: parts }
}
