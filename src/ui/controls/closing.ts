/** For a menu made of <details>: closes it when the focus leaves it, or on Escape, which then does nothing else. */
export function closing(menu: HTMLDetailsElement): () => void {
  const ended = new AbortController()
  const { signal } = ended
  const left = ({ relatedTarget }: FocusEvent): void => {
    menu.open &&= menu.contains(relatedTarget as Node | null)
  }
  const escaped = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !menu.open) return
    event.stopPropagation()
    menu.open = false
    menu.querySelector('summary')?.focus()
  }
  menu.addEventListener('focusout', left, { signal })
  menu.addEventListener('keydown', escaped, { signal })
  return () => ended.abort()
}
