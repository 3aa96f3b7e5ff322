import { isGeneralName, readGeneralName } from '../../ca/names.ts'
import { readTypedName, type TypedName } from '../../x509/typed-names.ts'
import { lines } from './draft.ts'

/** Why a text is not a name of its kind, where that is known. */
export type WhyNot = 'spaces' | 'star' | 'dots' | 'long' | 'hyphen' | 'over-255'

/** One line of the names, as the parser that issues reads it. */
export interface ReadName extends TypedName {
  readonly isName: boolean
  /** What the certificate has in its place, if that is written otherwise: the A-labels of an international name. */
  readonly aLabel: string | null
  readonly whyNot: WhyNot | null
}

/** Reads names as typed, one per line. */
export const readNames = (text: string): ReadName[] => lines(text).map(readName)

function readName(line: string): ReadName {
  const typed = readTypedName(line)
  const isName = isGeneralName(typed)
  return {
    ...typed,
    isName,
    aLabel: isName ? aLabelOf(typed) : null,
    whyNot: isName ? null : whyNot(typed),
  }
}

function aLabelOf(typed: TypedName): string | null {
  const name = readGeneralName(typed, '')
  if (!('value' in name) || typeof name.value !== 'string') return null
  return name.value.includes('xn--') && name.value !== typed.value ? name.value : null
}

/** Asked only of what the parser has refused. */
function whyNot({ kind, value }: TypedName): WhyNot | null {
  if (kind === 'iPAddress') return /^\d+(\.\d+){3}$/.test(value) ? 'over-255' : null
  if (kind !== 'dNSName') return null
  const found = DNS_SLIPS.find(([, slip]) => slip.test(value))
  return found?.[0] ?? (value.length > 253 ? 'long' : null)
}

const DNS_SLIPS: readonly (readonly [WhyNot, RegExp])[] = [
  ['spaces', /\s/],
  ['star', /\*/],
  ['dots', /^\.|\.\.|\.$/],
  ['hyphen', /(^|\.)-|-(\.|$)/],
  ['long', /[^.]{64}/],
]
