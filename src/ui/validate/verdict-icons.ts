/** The icon and tone of each verdict. */
export const VERDICT_ICONS = {
  valid: 'good',
  'valid-with-faults': 'warn',
  invalid: 'bad',
  unchecked: 'unknown',
  exhausted: 'unknown',
} as const
