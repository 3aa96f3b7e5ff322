import type { LabMatrix } from '../../state/lab/matrix.svelte.ts'

/** A cell of a table by its position. */
type Position = readonly [row: number, column: number]

const PAGE = 10

/** Returns the position to which a key leads in a table of this many rows and columns; null for other keys. */
function walked(
  { key, ctrlKey }: Pick<KeyboardEvent, 'key' | 'ctrlKey'>,
  [row, column]: Position,
  [rows, columns]: Position,
): Position | null {
  const last: Position = [rows - 1, columns - 1]
  const steps: Readonly<Record<string, Position>> = {
    ArrowUp: [row - 1, column],
    ArrowDown: [row + 1, column],
    ArrowLeft: [row, column - 1],
    ArrowRight: [row, column + 1],
    PageUp: [row - PAGE, column],
    PageDown: [row + PAGE, column],
    Home: [ctrlKey ? 0 : row, 0],
    End: [ctrlKey ? last[0] : row, last[1]],
  }
  const step = Object.hasOwn(steps, key) ? steps[key] : undefined
  const within = (n: number, most: number): number => Math.min(Math.max(n, 0), most)
  return step ? [within(step[0], last[0]), within(step[1], last[1])] : null
}

/** Walks a grid with the arrow keys; only the chosen cell is in the order of Tab. By hand: of ten thousand cells two change. */
export const walkGrid =
  (matrix: LabMatrix) =>
  (table: HTMLTableElement): void => {
    let chosen: HTMLElement | null = null
    const cellAt = ([row, column]: Position): HTMLElement | undefined =>
      table.rows[row + 1]?.cells[column + 1]
    table.addEventListener('keydown', (event) => {
      const { at, rows, columns } = matrix
      const from = [rows.indexOf(at.client), columns.indexOf(at.server)] as const
      const step = walked(event, from, [rows.length, columns.length])
      if (!step) return
      event.preventDefault()
      cellAt(step)?.focus()
    })
    const choose = ({ target }: Event): void => {
      const cell = (target as Element).closest('td')
      const client = matrix.rows[(cell?.closest('tr')?.rowIndex ?? 0) - 1]
      const server = matrix.columns[(cell?.cellIndex ?? 0) - 1]
      if (client !== undefined && server !== undefined) matrix.at = { client, server }
    }
    table.addEventListener('click', choose)
    table.addEventListener('focusin', choose)
    $effect(() => {
      const { at, rows, columns, view } = matrix
      if (view && !(rows.includes(at.client) && columns.includes(at.server)))
        matrix.at = { client: rows[0] ?? 0, server: columns[0] ?? 0 }
      if (chosen) mark(chosen, false)
      chosen = cellAt([rows.indexOf(matrix.at.client), columns.indexOf(matrix.at.server)]) ?? null
      if (chosen) mark(chosen, true)
    })
  }

function mark(cell: HTMLElement, isChosen: boolean): void {
  cell.tabIndex = isChosen ? 0 : -1
  cell.ariaSelected = isChosen ? 'true' : null
}
