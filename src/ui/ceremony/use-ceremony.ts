import { Ceremony } from '../../state/ceremony/ceremony.svelte.ts'
import { useApp } from '../../state/context.ts'

/** The state of a ceremony, which is in its pack too. */
export const useCeremony = (): Ceremony => useApp().late(Ceremony)
