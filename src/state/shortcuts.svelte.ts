import type { Palette } from './palette.svelte.ts'
import { parseHash, type Router } from './router.svelte.ts'
import { isTyping } from './typing.ts'
import type { Vault } from './vault/vault.svelte.ts'

/** `g` followed by one of these goes to a page. */
export const GO: Readonly<Record<string, string>> = {
  h: 'hierarchy',
  r: 'requests',
  v: 'validate',
  l: 'lab',
  i: 'inventory',
  j: 'journal',
  b: 'backup',
  s: 'vault',
}

/** Keys that work everywhere except inside a field. */
export class Shortcuts {
  /** Whether the list of keys is shown. */
  helpOpen = $state(false)
  #afterG = false
  readonly #router: Router
  readonly #vault: Vault
  readonly #palette: Palette

  constructor(router: Router, vault: Vault, palette: Palette) {
    this.#router = router
    this.#vault = vault
    this.#palette = palette
    addEventListener('keydown', (event) => this.#press(event))
    for (const type of ['pointerdown', 'keydown', 'wheel'] as const)
      addEventListener(type, () => this.#vault.touch(), { passive: true })
  }

  #press(event: KeyboardEvent): void {
    if (event.altKey || event.defaultPrevented || event.isComposing) return
    if (event.ctrlKey || event.metaKey) return this.#pressWithCtrl(event)
    if (document.querySelector('dialog[open]')) return
    if (isTyping(event.target)) return leave(event)
    const act = this.#afterG ? this.#go(event.key) : this.#keys[event.key]
    this.#afterG = event.key === 'g' && !this.#afterG
    if (!act) return
    event.preventDefault()
    act()
  }

  #pressWithCtrl(event: KeyboardEvent): void {
    if (event.key === 'Enter') return submit(event)
    // With Caps Lock it is a capital.
    if (event.key.toLowerCase() !== 'k' || document.querySelector('dialog[open]')) return
    event.preventDefault()
    this.#palette.open()
  }

  #go(key: string): (() => void) | undefined {
    const page = GO[key]
    return page === undefined ? undefined : () => this.#router.go(page)
  }

  readonly #keys: Readonly<Record<string, () => void>> = {
    '?': () => (this.helpOpen = true),
    '/': () => this.#search(),
    n: () => this.#router.go('issue'),
    L: () => this.#vault.lock(),
    Escape: () => this.#back(),
  }

  #search(): void {
    const field = searchField()
    if (field) field.focus()
    else {
      this.#router.go('inventory')
      focusWhenShown(() => parseHash(location.hash).name === 'inventory')
    }
  }

  #back(): void {
    if (this.#router.route.rest.length > 0) this.#router.back()
  }
}

/** Esc leaves a field, with what was typed in it, so that single keys work again. */
function leave(event: KeyboardEvent): void {
  if (event.key !== 'Escape' || !(event.target instanceof HTMLElement)) return
  event.preventDefault()
  event.target.blur()
}

/** Ctrl+Enter in a text of several lines does what Enter does in one line: the form's button is pressed. */
function submit(event: KeyboardEvent): void {
  const form = event.target instanceof HTMLTextAreaElement ? event.target.form : null
  const button = form?.querySelector<HTMLButtonElement>('button[type=submit]:enabled')
  if (!form || !button) return
  event.preventDefault()
  form.requestSubmit(button)
}

const searchField = (): HTMLInputElement | null =>
  document.querySelector<HTMLInputElement>('input[type=search]')

/** The target page may load its first rows before its field is shown; if the user has moved on, focus stays. */
function focusWhenShown(isStillThere: () => boolean): void {
  const seen = new MutationObserver(() => {
    const field = searchField()
    if (field && isStillThere()) field.focus()
    if (field || !isStillThere()) end()
  })
  const end = (): void => {
    seen.disconnect()
    removeEventListener('pointerdown', end)
  }
  seen.observe(document.body, { childList: true, subtree: true })
  addEventListener('pointerdown', end)
}
