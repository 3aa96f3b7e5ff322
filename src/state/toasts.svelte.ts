export interface Toast {
  readonly id: number
  readonly text: string
  /** It says what ended as the page was left: it goes on to the next one. */
  readonly goesOn: boolean
}

/** More would hide the page they speak of. */
const MOST = 3

/** Short sentences that say what has just happened; read aloud, gone after a while or with the page they speak of. */
export class Toasts {
  list = $state.raw<readonly Toast[]>([])
  #last = 0

  /** `goesOn`: the act leads to another page, and what it did is said there. */
  say(text: string, goesOn = false): void {
    const id = ++this.#last
    this.list = [...this.list, { id, text, goesOn }].slice(-MOST)
    setTimeout(() => this.dismiss(id), 8000)
  }

  /** Another page: what was said of the one before is over. */
  turnPage(): void {
    if (this.list.length === 0) return
    this.list = this.list.filter(({ goesOn }) => goesOn).map((toast) => ({ ...toast, goesOn: false }))
  }

  dismiss(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id)
  }
}
