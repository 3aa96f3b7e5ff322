import type { Rule } from '../rule.ts'

/** §4.2.1.3: encipherOnly and decipherOnly have no meaning without keyAgreement. */
export const encipherOnlyWithoutKeyAgreement: Rule<'encipher-only-without-key-agreement'> = {
  code: 'encipher-only-without-key-agreement',
  extensions: ['keyUsage'],
  applies: ({ keyUsage }) => keyUsage !== null && !keyUsage.has('keyAgreement'),
  check: ({ keyUsage }) =>
    (['encipherOnly', 'decipherOnly'] as const).filter((bit) => keyUsage?.has(bit)).map((bit) => ({ bit })),
}
