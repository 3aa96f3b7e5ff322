/**
 * What keeps a certificate from being read here and nowhere else, and the rule behind it. What is found in one that is read
 * needs no entry: each finding names its section itself.
 */
export const OURS_ALONE: Readonly<Record<string, string>> = {
  'der-time-invalid': 'RFC 5280 §4.1.2.5.1: UTCTime has seconds, and ends in Z',
}
