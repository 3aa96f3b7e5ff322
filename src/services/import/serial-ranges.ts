import { hexOfNumber } from '../../octets.ts'

/** Returns serial numbers for the journal, with consecutive ones as a range: "1000–10f9, 3fa2". */
export function serialRanges(serials: readonly string[]): string {
  const numbers = serials.map((serial) => BigInt(`0x${serial}`)).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  const parts: string[] = []
  let from = 0
  numbers.forEach((number, index) => {
    const next = numbers[index + 1]
    if (next !== undefined && next - number <= 1n) return
    parts.push(index === from ? hexOfNumber(number) : `${hexOfNumber(numbers[from]!)}–${hexOfNumber(number)}`)
    from = index + 1
  })
  return parts.join(', ')
}
