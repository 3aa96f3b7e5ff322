import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { run, scratch } from '../run.ts'

const PROGRAM = fileURLToPath(new URL('paste.py', import.meta.url))

/** A program that records its arguments, each after a line with its length. */
const SHIM = `#!/bin/sh
{ printf '%s\\0' "\${0##*/}"; for word; do printf '%s\\0' "$word"; done; printf '\\n\\0'; } >> "$GIVEN"
`

export const SHELLS = [
  ['sh', 'plain'],
  ['dash', 'plain'],
  ['bash', 'plain'],
  ['bash', 'bracketed'],
] as const

export interface PasteResult {
  /** For each text: 'ended', or 'open' if a quote or here-document was left open. */
  told: string[]
  /** The arguments of each program, its own name first. */
  given: string[][]
  /** The files in the folder afterwards. */
  files: string[]
  folder: string
}

/** Pastes texts into a shell on a terminal; `programs` are stubs that record their arguments. */
export async function paste(
  [shell, mode]: readonly [string, string],
  texts: readonly string[],
  { programs, files = {} }: { programs: readonly string[]; files?: Readonly<Record<string, string>> },
): Promise<PasteResult> {
  const { path } = scratch()
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text)
  const shims = scratch().path
  for (const program of programs) {
    writeFileSync(join(shims, program), SHIM)
    chmodSync(join(shims, program), 0o755)
  }
  const given = join(shims, 'given')
  const { code, stdout, stderr } = await run('python3', [PROGRAM, shell, mode], {
    cwd: path,
    input: Buffer.concat(
      texts.flatMap((text, i) => (i > 0 ? [Buffer.of(0xff), Buffer.from(text)] : [Buffer.from(text)])),
    ),
    env: { PATH: `${shims}:/usr/bin:/bin`, HOME: path, GIVEN: given, LC_ALL: 'C.UTF-8', HISTFILE: '' },
  })
  if (code !== 0 || stderr !== '') throw new Error(`paste.py: ${String(code)} ${stderr}`)
  const calls = existsSync(given) ? readFileSync(given, 'utf8').split('\n\0').slice(0, -1) : []
  return {
    told: stdout.trimEnd().split('\n'),
    given: calls.map((call) => call.split('\0').slice(0, -1)),
    files: readdirSync(path),
    folder: path,
  }
}
