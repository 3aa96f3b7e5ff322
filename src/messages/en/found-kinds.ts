import type { FoundKinds } from '../../containers/pile/found-kinds.ts'
import { count, list } from './format.ts'

const NAMES: Readonly<Record<keyof FoundKinds, readonly [one: string, many?: string]>> = {
  certificate: ['certificate'],
  request: ['request (CSR)', 'requests (CSR)'],
  crl: ['revocation list'],
  ocspResponse: ['OCSP response'],
  privateKey: ['private key'],
  locked: ['part protected with a password', 'parts protected with a password'],
}

/** What was found, as in "2 certificates and 1 private key"; empty if nothing was. */
export function foundList(found: FoundKinds): string {
  const kinds = (Object.keys(NAMES) as (keyof FoundKinds)[]).filter((kind) => (found[kind] ?? 0) > 0)
  return list(kinds.map((kind) => count(found[kind] ?? 0, ...NAMES[kind])))
}

/** What was read instead of what was looked for; empty if nothing was. */
export function foundInstead(found: FoundKinds): string {
  const said = foundList(found)
  return said === '' ? '' : ` It holds ${said} instead.`
}
