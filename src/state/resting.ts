/** Milliseconds between two rounds of what a stream of events asks for. */
const REST = 200

/** Returns what runs `work` at once, and then once after each rest, however often it is called meanwhile. */
export function resting(work: () => void): () => void {
  let isResting = false
  let isAsked = false
  const run = (): void => {
    if (isResting) {
      isAsked = true
      return
    }
    isResting = true
    setTimeout(() => {
      isResting = false
      if (!isAsked) return
      isAsked = false
      run()
    }, REST)
    work()
  }
  return run
}
