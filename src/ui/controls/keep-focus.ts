/** The keyboard goes on at the page's heading if the element with the focus is taken away. */

/** How long the page may take to read again what was changed. */
const WATCHED = 10_000

/** Watches until the focus is moved. */
export function keepFocus(): void {
  const ends = new AbortController()
  const toHeading = (): void => {
    if (document.activeElement !== document.body) return
    ends.abort()
    document.querySelector<HTMLElement>('main h1')?.focus()
  }
  const observer = new MutationObserver(toHeading)
  ends.signal.addEventListener('abort', () => observer.disconnect())
  observer.observe(document.body, { childList: true, subtree: true })
  const { signal } = ends
  for (const moved of ['keydown', 'pointerdown'] as const)
    document.addEventListener(moved, () => ends.abort(), { signal, capture: true })
  setTimeout(() => ends.abort(), WATCHED)
}
