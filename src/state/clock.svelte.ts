/** The only place on the page that reads the clock. The worker has its own. */
export class Clock {
  now = $state.raw(new Date())

  constructor() {
    setInterval(() => (this.now = new Date()), 15_000)
  }

  /** Reads the clock now; for work that starts at this instant. */
  read(): Date {
    this.now = new Date()
    return this.now
  }
}
