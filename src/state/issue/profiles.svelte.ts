import { PROFILES, type Profile } from '../../ca/profiles.ts'
import { profileFile } from '../../paper/profile.ts'
import type { Calls } from '../calls.ts'
import { extensions, validity, type Draft } from './draft.ts'
import { bytesOf, download, eachFile, type FileProblem } from '../files.ts'
import type { Task } from '../task.svelte.ts'

/** The profiles to choose from: the built-in ones and the operator's own. */
export class Profiles {
  own = $state.raw<readonly Profile[]>([])
  /** Files that were to be imported but contain no profile. */
  problems = $state.raw<readonly FileProblem[]>([])
  readonly reading: Task
  readonly changing: Task
  readonly #calls: Calls

  constructor(calls: Calls) {
    this.#calls = calls
    this.reading = calls.task()
    this.changing = calls.task()
  }

  readonly all = $derived([...PROFILES, ...this.own])

  byId(id: string): Profile | null {
    return this.all.find((profile) => profile.id === id) ?? null
  }

  read(): void {
    this.reading.read(
      () => this.#calls.ask('profile.list', null),
      (own) => (this.own = own),
    )
  }

  /** Saves the form, except names and dates, as a profile called `name`. */
  save(name: string, draft: Draft, then: (profile: Profile) => void): void {
    const base = this.byId(draft.profileId)
    if (!base) return
    const typed = validity(draft)
    const profile: Profile = {
      ...base,
      id: idFrom(name, this.all),
      name,
      validity: 'notAfter' in typed ? base.validity : typed,
      keyAlgorithm: draft.keyAlgorithm,
      extensions: { ...base.extensions, ...extensions(draft.more) },
    }
    this.#change(async () => {
      const saved = await this.#calls.act('profile.save', { profile })
      then(saved)
    })
  }

  import(files: readonly File[], then: (profile: Profile) => void): void {
    this.#change(async () => {
      this.problems = await eachFile(files, async (file) =>
        then(await this.#calls.act('profile.import', { file: await bytesOf(file) })),
      )
    })
  }

  export(profile: Profile): void {
    download(profileFile(profile))
  }

  remove(profileId: string): void {
    this.#change(async () => {
      await this.#calls.act('profile.remove', { profileId })
    })
  }

  #change(work: () => Promise<void>): void {
    this.changing.run(async () => {
      await work()
      this.own = await this.#calls.ask('profile.list', null)
    })
  }
}

/** Returns 'my-web-servers' for 'My web servers', with a number appended if that is taken. */
function idFrom(name: string, taken: readonly Profile[]): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 50)
  const start = plain === '' ? 'profile' : plain
  const ids = new Set(taken.map(({ id }) => id))
  for (let n = 1; ; n++) {
    const id = n === 1 ? start : `${start}-${n}`
    if (!ids.has(id)) return id
  }
}
