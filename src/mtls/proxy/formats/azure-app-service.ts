import type { HeaderFormat } from '../format.ts'
import { base64Der } from '../values.ts'

/** The front end asks for a certificate and does not verify it. */
export const azureAppService: HeaderFormat = {
  id: 'azure-app-service',
  program: 'Azure App Service',
  versions: [],
  basis: 'documented',
  strips: 'default',
  names: 'fixed',
  rows: [{ name: 'X-ARR-ClientCert', variable: '', cautions: ['unverified'], ...base64Der }],
  setting: '',
  stripping: '',
}
