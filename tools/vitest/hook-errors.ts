import { writeFileSync } from 'node:fs'
import type { Reporter, TestModule } from 'vitest/node'

/**
 * Writes what failed outside of tests (a `beforeAll`, say) to the file that HOOK_ERRORS names, as an object from the path
 * of a test's file to its messages: Vitest's JSON report leaves them out.
 */
export default class HookErrors implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const errors = modules.flatMap((module) => {
      const messages = [...module.children.allSuites()].flatMap((suite) =>
        suite.errors().map(({ message }) => `${suite.fullName}: ${message}`),
      )
      return messages.length > 0 ? [[module.moduleId, messages] as const] : []
    })
    writeFileSync(process.env['HOOK_ERRORS']!, JSON.stringify(Object.fromEntries(errors)))
  }
}
