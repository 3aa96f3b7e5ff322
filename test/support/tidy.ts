import { afterAll, vi } from 'vitest'

// Files run one after another in the same process: what one has put in place of something is gone before the next.
afterAll(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})
