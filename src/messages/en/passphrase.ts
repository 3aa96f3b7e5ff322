/** Why a passphrase for a CA is refused. */
export const weakPassphrase = {
  repeated: 'This passphrase is a few characters repeated. Use words that do not belong together.',
  row: 'This passphrase is a row of the keyboard or of the alphabet. Use words that do not belong together.',
  number: 'This passphrase is a date or a number. Use words that do not belong together.',
  listed:
    'These words follow one another in the list that passphrases are suggested from. Use words that do not belong together.',
  common:
    'This passphrase is one of the 10,000 most common, or made of them with little added. Use four or more words that do not belong together.',
  guessable:
    'This passphrase is made of words, names, numbers or rows of keys that are tried first. Use four or more words that do not belong together.',
} as const
