import { crlWrite } from '../crl-write.ts'

export default () => crlWrite('crl-write-30000', 30_000)
