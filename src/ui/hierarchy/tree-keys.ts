/**
 * Arrows in the tree of CAs: up, down, Home and End among its names; right opens what a CA has issued, or goes to the
 * first below; left closes it, or goes to the CA above. Tab passes through every link as before.
 */
export function treeKeys(tree: HTMLElement): () => void {
  const press = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.defaultPrevented) return
    const links = [...tree.querySelectorAll<HTMLElement>('a[href^="#/hierarchy/"]')]
    const item = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('li') : null
    const at = links.findIndex((link) => link.closest('li') === item)
    if (item === null || at < 0) return
    const step = STEPS[event.key]
    if (step === undefined) return
    step(links, at, item)?.focus()
    event.preventDefault()
  }
  tree.addEventListener('keydown', press)
  return () => tree.removeEventListener('keydown', press)
}

type Step = (links: readonly HTMLElement[], at: number, item: HTMLElement) => HTMLElement | null | undefined

const STEPS: Readonly<Record<string, Step>> = {
  ArrowDown: (links, at) => links[at + 1],
  ArrowUp: (links, at) => links[at - 1],
  Home: (links) => links[0],
  End: (links) => links.at(-1),
  ArrowRight: (links, at, item) => (turn(item, 'false') ? null : below(links[at + 1], item)),
  ArrowLeft: (links, _at, item) =>
    turn(item, 'true')
      ? null
      : links.find((link) => link.closest('li') === item.parentElement?.closest('li')),
}

const below = (link: HTMLElement | undefined, item: HTMLElement): HTMLElement | null =>
  link && item.contains(link) ? link : null

/** Opens or closes what the CA has issued, if it is the other way now; whether it did. */
function turn(item: HTMLElement, expanded: 'true' | 'false'): boolean {
  const button = [...item.querySelectorAll<HTMLElement>('button[aria-expanded]')].find(
    (each) => each.closest('li') === item,
  )
  if (button?.ariaExpanded !== expanded) return false
  button.click()
  return true
}
