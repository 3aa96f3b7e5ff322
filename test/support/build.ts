import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { DIST, ROOT } from './dist.ts'

/** Set in the environment of suites whose page is built: it is not built under another one that has it open. */
export const BUILT = 'ROOTCELLAR_BUILT'

/** Builds the page once before the suites that open it in a browser. */
export default function setup(): void {
  if (process.env[BUILT] === undefined) build(ROOT, DIST)
}

/** Runs `vite build` of the project in `root` into `outDir`, by another configuration if one is named. */
export function build(root: string, outDir: string, config = 'vite.config.ts'): void {
  const program = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  const args = [program, 'build', '--config', config, '--logLevel', 'warn', '--outDir', outDir]
  args.push('--emptyOutDir')
  // Vitest's own mode would produce a development build.
  const env = { ...process.env, NODE_ENV: 'production' }
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, env, encoding: 'utf8' })
  if (status !== 0) throw new Error(`the build failed:\n${stderr}`)
}
