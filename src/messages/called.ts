import type { Profile } from '../ca/profiles.ts'
import { messages } from './messages.ts'
import type { AlgorithmSupport } from '../border/views.ts'
import { namedIn } from './oid-names.ts'
import { safeLine } from './safe-text.ts'

/** Returns the page's name for a key or signature algorithm. */
export const algorithmName = (id: string): string =>
  messages().ui.parts.algorithms[id] ??
  namedIn(id.replace(/^rsa-(\d+)$/, 'RSA $1'), messages().ui.parts.unknownOid)

/** Returns where a rule is written, or that experience alone requires it. */
export const sectionName = (section: string): string =>
  section === 'judgement' ? messages().ui.parts.experience : section

/** Returns the operator's own name of a profile, or the page's. */
export const profileName = ({ id, name }: Pick<Profile, 'id' | 'name'>): string =>
  name === null ? (messages().ui.issue.profiles[id]?.label ?? id) : safeLine(name, 80)

/** Returns a profile as an option, with its use. */
export const profileOption = (
  profile: Pick<Profile, 'id' | 'name'>,
): { value: string; label: string; hint: string | undefined } => ({
  value: profile.id,
  label: profileName(profile),
  hint: profile.name === null ? messages().ui.issue.profiles[profile.id]?.hint : undefined,
})

/** Returns a key algorithm as an option; one the browser cannot make is shown as unavailable. */
export const algorithmOption = ({
  id,
  supported,
}: AlgorithmSupport): { value: string; label: string; disabled: boolean } => ({
  value: id,
  label: supported ? algorithmName(id) : `${algorithmName(id)} (${messages().ui.issue.notSupported})`,
  disabled: !supported,
})
