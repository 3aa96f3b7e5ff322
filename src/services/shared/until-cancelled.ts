/**
 * Resolves as `work` does, or rejects with the signal's reason as soon as it is aborted: for a derivation the engine
 * cannot interrupt, whose result is then ignored. `work` must change nothing.
 */
export function untilCancelled<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason as Error)
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}
