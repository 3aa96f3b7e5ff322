import type { DetailsOf } from '../findings/row.ts'

/** A sentence for each code of a book, told what its findings hold and what to call the certificate. */
export type SentencesOf<Rows> = {
  readonly [C in keyof Rows]: (detail: DetailsOf<Rows>[C], certificate: string) => string
}
