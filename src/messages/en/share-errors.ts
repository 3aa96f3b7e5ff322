import type { ErrorDetails } from '../../errors.ts'
import { number } from './format.ts'

type ShareCode = Extract<keyof ErrorDetails, `share${string}` | 'quorum-invalid'>

/** What is wrong with a share of a quorum, without a word of it. */
export const shareErrors: { readonly [C in ShareCode]: (detail: ErrorDetails[C]) => string } = {
  'share-text-invalid': ({ line }) =>
    `Line ${number(line)} is not that of a share. Use the file or the code that was made for this holder, or type the words.`,
  'share-words-count': ({ found, expected }) =>
    `These are ${number(found)} words; a share has ${number(expected)}. Compare them with the sheet, one by one.`,
  'share-word-unknown': ({ place }) =>
    `Word ${number(place)} is not on the list of words. Compare it with the sheet, letter by letter.`,
  'share-mistyped': () =>
    'Each word is on the list, and together they are not a share: one was taken for another, or two changed places. Compare them with the sheet, one by one.',
  'share-other-set': ({ setId }) =>
    `This is a share of another set; ${setId} is wanted. Shares from before the holders were changed belong to another set too.`,
  'share-other-holder': ({ asked, found }) =>
    `This is the share of ${found}, and that of ${asked} is wanted. It was read by somebody else now: change the holders if that matters.`,
  'share-refused': ({ name, setId }) =>
    `This is not the share that ${name} was given: its SHA-256 is not the one on record for ${setId}. It is of another set with the same first word.`,
  'share-given-before': ({ name }) => `${name} has given this share already. Another holder is needed.`,
  'shares-too-few': ({ given, needed }) =>
    `${number(given)} of ${number(needed)} shares were given. Ask another holder.`,
  'shares-missing': () =>
    'The shares that were given are no longer held here. Ask the holders for them again.',
  'quorum-invalid': ({ reason }) =>
    ({
      holders: 'Two to nine people can hold a key together.',
      threshold: 'At least two holders have to be needed, and no more than there are.',
      names: 'Each holder needs a name of up to 100 characters that no other one has.',
    })[reason],
}
