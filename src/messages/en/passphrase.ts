/** Why a passphrase is refused that is to guard a CA. */
export const weakPassphrase = {
  repeated: 'This passphrase is a few characters over and over. Take words that do not belong together.',
  row: 'This passphrase is a row of the keyboard or the alphabet. Take words that do not belong together.',
  number: 'This passphrase is a date or a number. Take words that do not belong together.',
  common:
    'This passphrase is one of the 10,000 most common, or looks like one with something around it. Take words that do not belong together.',
} as const
