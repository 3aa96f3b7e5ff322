import { DEFAULT_PROFILE } from '../../lint/profiles.ts'
import type { Asked } from '../../state/validate/validate.svelte.ts'
import type { Choice } from '../../validate/advice/choices.ts'

/** What is asked at the side, in its order. */
export const CHOICES = [
  'purpose',
  'nameKind',
  'profile',
  'revocation',
  'ekuNesting',
  'anchorConstraints',
  'allowSha1',
  'explore',
  'pin',
] as const
export type Asking = (typeof CHOICES)[number]

/** Whether a choice is as it was before anybody made it; a purpose is guessed. */
const UNTOUCHED: Readonly<Record<Asking, (asked: Asked) => boolean>> = {
  purpose: () => true,
  nameKind: ({ nameKind }) => nameKind === null,
  profile: ({ profile }) => profile === DEFAULT_PROFILE,
  revocation: ({ revocation }) => revocation === 'given',
  ekuNesting: ({ nesting }) => nesting,
  anchorConstraints: ({ anchorConstraints }) => anchorConstraints === null,
  allowSha1: ({ allowSha1 }) => !allowSha1,
  explore: ({ allPaths }) => !allPaths,
  pin: ({ pin }) => pin === '',
}

/** A choice is shown if it can change the answer, or was made. */
export const isShown = (choice: Asking, asked: Asked, mattering: ReadonlySet<Choice>): boolean =>
  !UNTOUCHED[choice](asked) || (choice !== 'nameKind' && choice !== 'pin' && mattering.has(choice))
