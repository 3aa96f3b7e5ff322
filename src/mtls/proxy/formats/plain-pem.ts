import type { HeaderFormat } from '../format.ts'
import { percentPem } from '../values.ts'

/** What `encodeURIComponent` and its like make of PEM; many libraries expect it under this name. */
export const plainPem: HeaderFormat = {
  id: 'plain-pem',
  program: 'X-Client-Cert (PEM)',
  versions: [],
  basis: 'documented',
  strips: 'never',
  names: 'chosen',
  rows: [{ name: 'X-Client-Cert', variable: '', ...percentPem({ kept: /[A-Za-z0-9\-_.!~*'()]/ }) }],
  setting: '',
  stripping: '',
}
