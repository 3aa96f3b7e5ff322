import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'
import { PATIENCE } from './test/support/patience.ts'

const MINUTE = 60_000
/** On a fresh build of the page, and all files in one process, which share a browser. */
const built = { globalSetup: ['test/support/build.ts'], isolate: false }

/** All files of a worker in one process: reading the modules again for each took a third of the work. */
const together = { isolate: false, setupFiles: ['test/support/tidy.ts'] }

/** In another order than that of the file, so that no test needs what another one did. */
const shuffled = { sequence: { shuffle: { tests: true } } }

/** One project per kind of test; `npm run test:KIND` runs one, `npm test` all of them. */
export default defineConfig({
  plugins: [svelte()],
  define: { __VERSION__: '"test"' },
  test: {
    environment: 'node',
    // Of what is shuffled: the same order each time, unless another is asked for (--sequence.seed).
    sequence: { seed: 20_261_130 },
    projects: [
      project('unit', {
        include: ['test/unit/**/*.test.ts'],
        ...together,
        ...shuffled,
        testTimeout: 2 * MINUTE,
      }),
      // Everything that uses WebCrypto, again on a second implementation of it.
      project('unit-peculiar', {
        include: ['test/unit/**/*.webcrypto.test.ts'],
        ...together,
        ...shuffled,
        setupFiles: ['test/support/peculiar.ts', ...together.setupFiles],
        testTimeout: 4 * MINUTE,
      }),
      project('conformance', { include: ['test/conformance/**/*.test.ts'], testTimeout: 10 * MINUTE }),
      project('interop', { include: ['test/interop/**/*.test.ts'], ...alone(5) }),
      project('dist', { include: ['test/dist/**/*.test.ts'], ...built, ...alone(5) }),
      project('e2e', { include: ['test/e2e/**/*.test.ts'], ...built, ...alone(5), ...shuffled }),
    ],
  },
})

function project(name: string, test: Record<string, unknown>) {
  const waits = { hookTimeout: PATIENCE, expect: { poll: { timeout: PATIENCE } } }
  return { extends: true as const, test: { name, ...waits, ...test } }
}

/** Browsers and peers are heavy: one file at a time, minutes rather than seconds. */
function alone(minutes: number) {
  return {
    fileParallelism: false,
    testTimeout: minutes * MINUTE,
    hookTimeout: minutes * MINUTE,
  }
}
