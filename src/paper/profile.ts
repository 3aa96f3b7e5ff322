import type { ExportFile } from '../border/views.ts'
import type { Profile } from '../ca/profiles.ts'
import { textFile } from './file.ts'

/** Returns a profile as a file that can be brought in elsewhere. */
export const profileFile = (profile: Profile): ExportFile =>
  textFile(`${profile.id}.profile.json`, `${JSON.stringify(profile, null, 2)}\n`, 'application/json')
