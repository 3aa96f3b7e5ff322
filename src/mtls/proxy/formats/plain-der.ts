import type { HeaderFormat } from '../format.ts'
import { base64Der } from '../values.ts'

/** The body of PEM on one line; many libraries expect it under this name. */
export const plainDer: HeaderFormat = {
  id: 'plain-der',
  program: 'X-Client-Cert (DER)',
  versions: [],
  basis: 'documented',
  strips: 'never',
  names: 'chosen',
  rows: [{ name: 'X-Client-Cert', variable: '', ...base64Der }],
  setting: '',
  stripping: '',
}
