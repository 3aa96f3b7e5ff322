/** Alternative names as a person types them: 'host.example.com', '10.0.0.1', 'URI:urn:x', 'dn:O=Example,C=DE'. */

/**
 * Kinds of subject alternative name that can be typed, by their names in RFC 5280 §4.2.1.6; the first prefix is the one
 * written.
 */
const PREFIXES = {
  dNSName: ['dns'],
  iPAddress: ['ip'],
  rfc822Name: ['email'],
  uniformResourceIdentifier: ['uri'],
  directoryName: ['dirname', 'dn'],
  registeredID: ['rid'],
  userPrincipalName: ['upn'],
  otherName: ['othername'],
} as const satisfies Readonly<Record<string, readonly [string, ...string[]]>>

export type NameKind = keyof typeof PREFIXES

export interface TypedName {
  readonly kind: NameKind
  readonly value: string
}

const KIND_OF = new Map<string, NameKind>(
  Object.entries(PREFIXES).flatMap(([kind, prefixes]) =>
    prefixes.map((prefix) => [prefix, kind as NameKind] as const),
  ),
)

/** Returns the name as it would be typed, with its kind as a prefix. */
export const typedText = ({ kind, value }: { kind: string; value: string }): string =>
  `${kind in PREFIXES ? PREFIXES[kind as NameKind][0] : PREFIXES.dNSName[0]}:${value}`

/**
 * Returns the kind and value of one name as typed. The prefix gives the kind; without one it is inferred from the text.
 */
export function readTypedName(text: string): TypedName {
  const [, prefix, rest] = /^([A-Za-z]+)\s*:\s*(.*)$/s.exec(text) ?? []
  const kind = prefix === undefined ? undefined : KIND_OF.get(prefix.toLowerCase())
  if (kind !== undefined && rest !== undefined) return { kind, value: rest }
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(text) || /^[0-9a-f]*:[0-9a-f:.]*$/i.test(text))
    return { kind: 'iPAddress', value: text }
  if (/^[a-z][a-z0-9+.-]*:\S/i.test(text)) return { kind: 'uniformResourceIdentifier', value: text }
  return { kind: text.includes('@') ? 'rfc822Name' : 'dNSName', value: text }
}

/** Values of these kinds contain spaces, commas and semicolons themselves. */
const WHOLE = /(?:^|[\s,;])(?:dirname|dn|othername)\s*:/i

/**
 * Splits several names in one cell at spaces, commas or semicolons; a name that contains those ends at a bar or a
 * line's end.
 */
export function splitTypedNames(cell: string): string[] {
  return cell.split(/[|\r\n]+/).flatMap((part) => {
    const at = WHOLE.exec(part)?.index ?? part.length
    const rest = part
      .slice(at)
      .replace(/^[\s,;]+/, '')
      .trimEnd()
    return [...part.slice(0, at).split(/[\s,;]+/), rest].filter((name) => name !== '')
  })
}
