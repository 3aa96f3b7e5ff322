import type { ErrorDetails } from '../../errors.ts'
import { number } from './format.ts'

type Codes = 'manifest-invalid' | 'transcript-invalid' | 'witness-file-invalid' | 'witness-refused'

/** What is wrong with a file of a ceremony's record, and what to do about it. */
export const recordErrors: { readonly [C in Codes]: (detail: ErrorDetails[C]) => string } = {
  'manifest-invalid': ({ line, reason }) =>
    `Line ${number(line)} of manifest.sha256 is not as the record writes it: ${MANIFEST_FAULTS[reason]}. Take the file from the record again, unchanged.`,
  'transcript-invalid': ({ line, reason }) =>
    `Line ${number(line)} of the transcript is not as it was written: ${TRANSCRIPT_FAULTS[reason]}. Take the file from the record again, unchanged.`,
  'witness-file-invalid': ({ reason }) =>
    `This is not the file that witness.html makes: ${WITNESS_FILE_FAULTS[reason]}. Ask the witness to save it again.`,
  'witness-refused': ({ reason, name }) => WITNESS_REFUSALS[reason](name),
}

const MANIFEST_FAULTS: Readonly<Record<ErrorDetails['manifest-invalid']['reason'], string>> = {
  'too-large': 'the file is larger than 1 MiB',
  'too-many': 'there are more lines than 5,000',
  empty: 'the file is empty',
  end: 'the last line has no end',
  form: 'a line is 64 digits (0-9, a-f), two spaces and a file name',
  name: 'file names have letters without accents, digits, dots, hyphens and underscores, and no folder begins with a dot',
  order: 'lines are sorted by file name',
  twice: 'the file was listed before',
}

const TRANSCRIPT_FAULTS: Readonly<Record<ErrorDetails['transcript-invalid']['reason'], string>> = {
  'too-large': 'it is too long',
  'too-many': 'there are more lines than 20,000',
  encoding: 'the file is not UTF-8',
  end: 'the last line has no end',
  form: 'a line is one JSON text with the members of a transcript, in their order and without spaces',
  sequence: 'its number does not follow that of the line before',
  chain: 'it does not name the SHA-256 of the line before',
  plan: 'it does not open a ceremony of the plan that is kept beside it',
}

const WITNESS_FILE_FAULTS: Readonly<Record<ErrorDetails['witness-file-invalid']['reason'], string>> = {
  'too-large': 'it is larger than 16 KiB',
  form: 'it is a certificate, and then a manifest signature where one is asked for, in PEM and with nothing around them',
  base64: 'what is between its lines is not Base64, 64 characters a line',
  certificate: 'the first block is not a certificate',
}

const WITNESS_REFUSALS: Readonly<
  Record<ErrorDetails['witness-refused']['reason'], (name: string) => string>
> = {
  'key-type': (name) =>
    `The key of "${name}" is not on P-256, which openssl dgst verifies everywhere. Make a key in witness.html.`,
  signature: (name) =>
    `The signature of "${name}" is not over this manifest. Compare its words with what the witness saw, and ask for it again.`,
  'not-on-roll': (name) =>
    `"${name}" is no witness on the roll. Add the person to the roll, as an exception, or leave the signature out.`,
  'other-key': (name) =>
    `"${name}" is on the roll with another key. If the key was lost, write the new one on the roll, as an exception.`,
  twice: (name) => `"${name}" has signed this manifest already. Nothing was changed.`,
}
