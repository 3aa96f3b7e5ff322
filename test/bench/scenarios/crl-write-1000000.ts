import { crlWrite } from '../crl-write.ts'

export default () => crlWrite('crl-write-1000000', 1_000_000)
