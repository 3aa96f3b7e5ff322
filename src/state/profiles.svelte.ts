import { PROFILES, type Profile } from '../ca/profiles.ts'

/** The profiles to choose from: the built-in ones and the operator's own. */
export class Profiles {
  own = $state.raw<readonly Profile[]>([])

  readonly all = $derived([...PROFILES, ...this.own])

  byId(id: string): Profile | null {
    return this.all.find((profile) => profile.id === id) ?? null
  }
}
