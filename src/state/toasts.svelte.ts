export interface Toast {
  readonly id: number
  readonly text: string
  /** It reports something that ended as the page was left: it stays for the next page. */
  readonly goesOn: boolean
}

/** More would hide the page below. */
const MOST = 3

/** Short sentences that report what has just happened; read aloud, gone after a while or with their page. */
export class Toasts {
  list = $state.raw<readonly Toast[]>([])
  #last = 0

  /** `goesOn`: the operation leads to another page, where its result is shown. */
  say(text: string, goesOn = false): void {
    const id = ++this.#last
    this.list = [...this.list, { id, text, goesOn }].slice(-MOST)
    setTimeout(() => this.dismiss(id), 8000)
  }

  /** Another page: drops messages about the previous one. */
  turnPage(): void {
    if (this.list.length === 0) return
    this.list = this.list.filter(({ goesOn }) => goesOn).map((toast) => ({ ...toast, goesOn: false }))
  }

  dismiss(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id)
  }
}
