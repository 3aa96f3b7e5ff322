import type { Case } from '../programs/cases.ts'

/** `several`: more than one thing is unusual, which was not measured; `unmeasured`: something else is. */
export type Circumstance = Case | 'several' | 'unmeasured'

/** What is unusual: cases, and things that were not measured. */
export type Unusual = Case | 'unmeasured'
