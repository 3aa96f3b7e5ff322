import { FINDINGS } from '../../findings.ts'
import type { CertifyItem } from '../../border/protocol/request.ts'

/** Whether such a request can ever be certified here: its key is shown to be somebody's, and is one. */
export const isPossible = ({ possession, notices }: Pick<CertifyItem, 'possession' | 'notices'>): boolean =>
  possession !== 'invalid' &&
  !notices.some((each) => each.kind === 'key' && FINDINGS[each.finding.code].severity === 'error')

/** Whether nothing about its key needs a person's decision first. */
export const isSound = ({ possession, notices }: Pick<CertifyItem, 'possession' | 'notices'>): boolean =>
  possession === 'valid' &&
  !notices.some((each) => each.kind === 'key' && FINDINGS[each.finding.code].severity !== 'notice')
