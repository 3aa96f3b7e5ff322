import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import ts from 'typescript'
import { afterAll, describe, expect, test } from 'vitest'
import { newRule } from '../../../tools/new-rule.ts'
import type { Edit } from '../../../tools/new-rule.ts'

const TOOL = resolve('tools/new-rule.ts')
const folder = mkdtempSync(join(tmpdir(), 'new-rule-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

const read = (path: string): string | null => (existsSync(path) ? readFileSync(path, 'utf8') : null)

/** Sources that no rule changes are parsed once. */
const parsed = new Map<string, ts.SourceFile | undefined>()

/** The compiler's errors on the project with these files in it. */
function complaints(edits: readonly Edit[]): string[] {
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile('tsconfig.json', (path) => ts.sys.readFile(path)).config,
    ts.sys,
    '.',
  )
  const texts = new Map(edits.map(({ path, text }) => [resolve(path), text]))
  const host = ts.createCompilerHost(options)
  const [readFile, fileExists] = [host.readFile.bind(host), host.fileExists.bind(host)]
  host.readFile = (path) => texts.get(resolve(path)) ?? readFile(path)
  host.fileExists = (path) => texts.has(resolve(path)) || fileExists(path)
  const getSourceFile = host.getSourceFile.bind(host)
  host.getSourceFile = (path, version) => {
    if (texts.has(resolve(path))) return getSourceFile(path, version)
    if (!parsed.has(path)) parsed.set(path, getSourceFile(path, version))
    return parsed.get(path)
  }
  const program = ts.createProgram([...texts.keys()], { ...options, noEmit: true }, host)
  return [...texts.keys()].flatMap((path) =>
    program
      .getSemanticDiagnostics(program.getSourceFile(path))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')),
  )
}

describe.each(['rfc5280', 'traps', 'webpki'])('a rule begun in %s', (book) => {
  const edits = newRule('made-up-rule', book, read)

  test('compiles as it is', () => {
    expect(complaints(edits)).toEqual([])
  })

  test('does not compile without its sentence', () => {
    const without = edits.map((edit) =>
      /messages\/en\/(lint|webpki)/.test(edit.path) ? { ...edit, text: read(edit.path)! } : edit,
    )
    expect(complaints(without).join('\n')).toContain("'made-up-rule'")
  })

  test('is the last of its list, and says of each file what is left to write', () => {
    const list = edits.find(({ path }) => path.endsWith('index.ts'))!.text
    expect(list).toContain("import { madeUpRule } from './made-up-rule.ts'\n")
    expect(list.endsWith('  madeUpRule,\n])\n')).toBe(true)
    for (const { next } of edits) expect(next).toMatch(/^[A-Z].*\.$/)
  })
})

test.each([
  ['path-len-without-ca', 'traps', /already/],
  ['br-san-missing', 'rfc5280', /already/],
  ['Made-Up', 'traps', /no code/],
  ['../made-up', 'traps', /no code/],
  ['made', 'traps', /no code/],
  ['made-up', 'list', /no book/],
  ['made-up', 'constructor', /no book/],
])('%s in %s is refused in a sentence', (code, book, sentence) => {
  expect(() => newRule(code, book, read)).toThrow(sentence)
})

test(
  'the command writes the files, and the test of the rule fails until they are finished',
  { timeout: 120_000 },
  () => {
    for (const part of [
      'src',
      'test',
      'tools',
      'package.json',
      'tsconfig.json',
      'vite.config.ts',
      'vitest.config.ts',
    ])
      cpSync(part, join(folder, part), { recursive: true })
    symlinkSync(resolve('node_modules'), join(folder, 'node_modules'))
    const run = (...args: string[]) =>
      spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', env: { PATH: process.env['PATH'] } })
    expect(run(TOOL, 'made-up-rule').status).toBe(2)
    const { status, stdout } = run(TOOL, 'made-up-rule', 'traps')
    expect(status).toBe(0)
    for (const { path } of newRule('made-up-rule', 'traps', read)) {
      expect(stdout).toContain(`${path}\n`)
      expect(readFileSync(join(folder, path), 'utf8')).toContain('made-up-rule')
    }
    expect(run(TOOL, 'made-up-rule', 'traps').stderr).toMatch(/already/)
    const tested = run(
      'node_modules/vitest/vitest.mjs',
      'run',
      '--project',
      'unit',
      'test/unit/lint/rules.test.ts',
    )
    expect(tested.status).toBe(1)
    expect(tested.stdout + tested.stderr).toMatch(/FAIL.*made-up-rule is found/)
  },
)
