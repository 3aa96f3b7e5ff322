export interface Toast {
  readonly id: number
  readonly text: string
}

/** More would hide the page they speak of. */
const MOST = 3

/** Short sentences that say what has just happened; read aloud, gone after a while. */
export class Toasts {
  list = $state.raw<readonly Toast[]>([])
  #last = 0

  say(text: string): void {
    const id = ++this.#last
    this.list = [...this.list, { id, text }].slice(-MOST)
    setTimeout(() => this.dismiss(id), 8000)
  }

  dismiss(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id)
  }
}
