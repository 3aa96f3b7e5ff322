import { CERTIFICATE_TYPE } from './wire/code-points.ts'

/** What an end takes if nothing else is said: every signature that can be checked here, today's suites. */
export const USUAL_SCHEMES: readonly number[] = [
  ...[0x0403, 0x0503, 0x0603, 0x0807, 0x0804, 0x0805, 0x0806, 0x0809, 0x080a, 0x080b],
  ...[0x0401, 0x0501, 0x0601, 0x0904, 0x0905, 0x0906],
]
export const USUAL_SUITES: readonly number[] = [
  0x1301, 0x1302, 0x1303, 0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8,
]
export const ALL_CERTIFICATE_TYPES: readonly number[] = [CERTIFICATE_TYPE.rsaSign, CERTIFICATE_TYPE.ecdsaSign]
