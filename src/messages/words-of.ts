import type { DetailsOf } from '../findings/row.ts'

/** A sentence for each code of a book, given the detail of its findings and the name of the certificate. */
export type SentencesOf<Rows> = {
  readonly [C in keyof Rows]: (detail: DetailsOf<Rows>[C], certificate: string) => string
}
