export interface Route {
  /** First part of the address: 'hierarchy' in `#/hierarchy/3f2a?search=x`. */
  readonly name: string
  /** The rest of the path, decoded. */
  readonly rest: readonly string[]
  readonly query: URLSearchParams
}

/** `#/certificate/3f2a?tab=pem` → its parts. Never throws: anyone can type an address. */
export function parseHash(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2)
  const [name = '', ...rest] = path.split('/').map(decode)
  return { name, rest: rest.filter((part) => part !== ''), query: new URLSearchParams(query) }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** Returns the address of a page: address('certificate', id) → '#/certificate/3f2a'. */
export function address(name: string, ...rest: readonly string[]): string {
  return `#/${[name, ...rest.map(encodeURIComponent)].join('/')}`
}

/** The place in the history that the present entry keeps; null for a new one. */
function placeKept(): number | null {
  const state: unknown = history.state
  const isKept = typeof state === 'object' && state !== null && 'place' in state
  return isKept && typeof state.place === 'number' ? state.place : null
}

/** The current page, by the part of the address after '#': works from any path and from a file. */
export class Router {
  route = $state.raw<Route>(parseHash(location.hash))
  /** Name of the previous page; '' if this is the first. */
  before = $state('')

  /** Where the user wanted to go from a page that loses what was typed: asked about first. */
  wanted = $state<string | null>(null)
  /** Whether the page is left only after a question. */
  asksBefore: () => boolean = () => false

  /** The place of the present entry in the history; each entry keeps its own, and a new one has none yet. */
  #place = 0
  /** How far in the history the wanted page is from the present one. */
  #steps = 0
  #isLeaving = false

  constructor() {
    this.#place = placeKept() ?? 0
    this.#keepPlace()
    addEventListener('hashchange', () => this.#arrive())
  }

  #arrive(): void {
    const place = placeKept() ?? this.#place + 1
    const steps = place - this.#place
    const isOther = parseHash(location.hash).name !== this.route.name
    if (isOther && steps !== 0 && !this.#isLeaving && this.asksBefore()) {
      // Back to where it was: the history has no more and no fewer pages for having been asked.
      this.#steps = steps
      this.wanted = location.hash
      this.#keepPlace(place)
      history.go(-steps)
      return
    }
    this.#isLeaving = false
    this.#place = place
    this.#keepPlace()
    this.#enter()
  }

  /** Goes where the user wanted to go, after the question. */
  leave(): void {
    if (this.wanted === null) return
    this.wanted = null
    this.#isLeaving = true
    history.go(this.#steps)
  }

  #keepPlace(place = this.#place): void {
    history.replaceState({ place }, '')
  }

  /** First part after the page's name, '' when there is none. */
  readonly id = $derived(this.route.rest[0] ?? '')

  /** The address of the page that unlocks the vault and then returns to the current page. */
  readonly unlockAndReturn = $derived(
    `${address('unlock')}?then=${encodeURIComponent(this.#addressOf(this.route))}`,
  )

  /** Returns to the page that sent the user to unlock; false if there is none. */
  resume(): boolean {
    const then = parseHash(this.route.query.get('then') ?? '')
    if (then.name === '' || then.name === 'unlock') return false
    this.#put(this.#addressOf(then))
    return true
  }

  #addressOf({ name, rest, query }: Route): string {
    const asked = query.toString()
    return address(name, ...rest) + (asked ? `?${asked}` : '')
  }

  go(name: string, ...rest: readonly string[]): void {
    location.hash = address(name, ...rest)
  }

  /** Returns what goes to a page once something is ready, unless the user has gone elsewhere by then. */
  thenTo(name: string): () => void {
    const from = this.route
    return () => {
      if (this.route === from) this.go(name)
    }
  }

  /** Navigates and replaces the present address in the history. */
  replace(name: string, ...rest: readonly string[]): void {
    this.#put(address(name, ...rest))
  }

  #put(hash: string): void {
    history.replaceState(history.state, '', hash)
    this.#enter()
  }

  #enter(): void {
    const next = parseHash(location.hash)
    if (next.name !== this.route.name) this.before = this.route.name
    this.route = next
  }

  /** Changes the query of the present address in place; empty values are omitted. */
  ask(changes: Readonly<Record<string, string>>): void {
    const query = new URLSearchParams(this.route.query)
    for (const [key, value] of Object.entries(changes)) {
      if (value === '') query.delete(key)
      else query.set(key, value)
    }
    const text = query.toString()
    this.#put(address(this.route.name, ...this.route.rest) + (text ? `?${text}` : ''))
  }

  back(): void {
    history.back()
  }
}
