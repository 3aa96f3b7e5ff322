import { isTyping } from '../../state/typing.ts'

/** `j` and `k` go to the next row and the one before, `x` selects the row; Enter then opens it, as it is a link. */
export function rowKeys(table: HTMLElement): () => void {
  const rows = (): HTMLElement[] => [...table.querySelectorAll<HTMLElement>('tbody tr')]
  const press = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
    if (isTyping(event.target) || document.querySelector('dialog[open]')) return
    const all = rows()
    const at = all.findIndex((row) => row.contains(document.activeElement))
    if (event.key === 'x') all[at]?.querySelector<HTMLElement>('input[type=checkbox]')?.click()
    else if (event.key === 'j') linkIn(all[Math.min(at + 1, all.length - 1)])
    else if (event.key === 'k') linkIn(all[at < 0 ? all.length - 1 : Math.max(at - 1, 0)])
    else return
    event.preventDefault()
  }
  addEventListener('keydown', press)
  return () => removeEventListener('keydown', press)
}

const linkIn = (row: HTMLElement | undefined): void => row?.querySelector<HTMLElement>('a')?.focus()
