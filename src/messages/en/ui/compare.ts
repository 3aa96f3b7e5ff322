import { days } from '../format.ts'

type Side = 'first' | 'second'
const sides: Readonly<Record<Side, string>> = { first: 'The first', second: 'The second' }
const other = (of: Side): string => (of === 'first' ? 'The second' : 'The first')
const low = (of: Side): string => sides[of].toLowerCase()

/** A certificate in a sentence of a difference. */
interface Named {
  readonly name: string
  readonly notBefore: Date
  readonly notAfter: Date
}
const dated = ({ notBefore, notAfter }: Named): string => `valid ${days(notBefore, notAfter)}`

/** Two chains side by side. */
export const compare = {
  open: 'Compare with another…',
  title: 'Two answers compared',
  waiting: 'Now add the second chain. This answer stays beside it.',
  stop: 'Stop comparing',
  sides,
  chain: (side: Side): string => `The chain of ${low(side)}, target first`,
  only: 'only here',
  same: 'No difference was found: the chain, what was asked and the answer are the same.',
  difference: {
    unread: (of: Side): string =>
      `A certificate in ${low(of)} cannot be read; that of ${other(of).toLowerCase()} can.`,
    target: {
      renewed: (first: Named, second: Named): string =>
        `They are about two certificates of ${first.name} with the same key: the first is ${dated(first)}, the second ${dated(second)}.`,
      rekeyed: (first: Named, second: Named): string =>
        `They are about two certificates of ${first.name} with different keys: the first is ${dated(first)}, the second ${dated(second)}.`,
      others: (first: Named, second: Named): string =>
        `They are about different certificates: ${first.name} and ${second.name}.`,
    },
    issuer: {
      renewed: (first: Named, second: Named): string =>
        `They have two certificates of ${first.name} with the same key: the first is ${dated(first)}, the second ${dated(second)}.`,
      rekeyed: (first: Named, second: Named): string =>
        `They have two certificates of ${first.name} with different keys: the first is ${dated(first)}, the second ${dated(second)}.`,
      others: (first: Named, second: Named): string =>
        `The first goes on to ${first.name}, the second to ${second.name}.`,
    },
    leftOut: (of: Side, missing: string, below: string | null): string =>
      below === null
        ? `${sides[of]} has no chain.`
        : `${sides[of]} leaves out ${missing}, which is above ${below}.`,
    endsEarlier: (of: Side, missing: string, below: string | null): string =>
      `${sides[of]} ends at ${below ?? 'its target'}, which is trusted there; ${other(of).toLowerCase()} goes on to ${missing}.`,
    trust: (of: Side, top: string): string => `The chain is the same; ${top} is trusted only in ${low(of)}.`,
    asked: {
      at: 'The chain is the same; they were asked for different dates.',
      purpose: 'The chain is the same; they were asked for different purposes.',
      names: 'The chain is the same; they were asked for different names.',
      profile: 'The chain is the same; they were asked by different rules.',
      revocation: 'The chain is the same; revocation was asked for differently.',
      others: 'The chain is the same; something under “Choices” was asked differently.',
    },
    finding: (of: Side, about: string, title: string): string =>
      `The chain is the same; only ${low(of)} has this at ${about}: ${title}.`,
    order: (of: Side): string => `The chain is the same; ${low(of)} was sent in the wrong order.`,
  },
}
