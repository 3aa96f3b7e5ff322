import type { HeaderFormat } from '../format.ts'
import { base64Der, hashHex } from '../values.ts'

/** What Access forwards; fields for RFC 9440 exist in its rules, and are read as those. */
export const cloudflare: HeaderFormat = {
  id: 'cloudflare',
  program: 'Cloudflare',
  versions: [],
  basis: 'documented',
  strips: 'setting',
  names: 'fixed',
  rows: [
    { name: 'Cf-Client-Cert-Der-Base64', variable: '', cautions: ['unverified'], ...base64Der },
    { name: 'Cf-Client-Cert-Sha256', variable: '', cautions: ['unverified'], ...hashHex('sha256', 'lower') },
  ],
  setting: '',
  stripping: '',
}
