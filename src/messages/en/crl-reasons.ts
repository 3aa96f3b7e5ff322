/** Reasons of RFC 5280 §5.3.1 whose words cannot be derived from their names. */
const WORDS: Readonly<Record<string, string>> = {
  cACompromise: 'CA compromise',
  aACompromise: 'attribute authority compromise',
  removeFromCRL: 'removed from the CRL',
}

/** Returns a reason in words: keyCompromise is “key compromise”. */
export const reasonInWords = (reason: string): string =>
  WORDS[reason] ?? reason.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
