import { FINDINGS } from '../../findings.ts'
import type { CertifyItem } from '../../border/protocol/request.ts'

/** Returns whether such a request can be certified here at all: possession is not disproved, the key is usable. */
export const isPossible = ({ possession, notices }: Pick<CertifyItem, 'possession' | 'notices'>): boolean =>
  possession !== 'invalid' &&
  !notices.some((each) => each.kind === 'key' && FINDINGS[each.finding.code].severity === 'error')

/** Returns whether its key needs no decision by the operator. */
export const isSound = ({ possession, notices }: Pick<CertifyItem, 'possession' | 'notices'>): boolean =>
  possession === 'valid' &&
  !notices.some((each) => each.kind === 'key' && FINDINGS[each.finding.code].severity !== 'notice')
