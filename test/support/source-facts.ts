import { globSync, readFileSync } from 'node:fs'
import { parse } from 'svelte/compiler'
import ts from 'typescript'

export interface SourceFacts {
  readonly path: string
  /** The folder under src/, or the file's own name if it is directly in src/. */
  readonly area: string
  readonly lines: number
  readonly imports: readonly { readonly from: string; readonly typeOnly: boolean }[]
  readonly identifiers: ReadonlySet<string>
  /** Names of the attributes in a component's markup, and `{@html}` if it is used. */
  readonly markup: ReadonlySet<string>
}

/**
 * The imports of every .ts and .svelte file below a folder and the names it uses; comments and strings do not count.
 */
export function sourceFacts(folder: string): SourceFacts[] {
  return globSync(`${folder}/**/*.{ts,svelte}`)
    .filter((path) => !path.endsWith('.d.ts'))
    .map((path) => path.replaceAll('\\', '/'))
    .sort()
    .map((path) => {
      const text = readFileSync(path, 'utf8')
      const area = path.slice(folder.length + 1).replace(/(\/.*|\.ts)$/, '')
      const lines = text.split('\n').length - 1
      return { path, area, lines, ...(path.endsWith('.svelte') ? svelteFacts(text) : tsFacts(text)) }
    })
}

type Facts = Pick<SourceFacts, 'imports' | 'identifiers' | 'markup'>

function tsFacts(text: string): Facts {
  const imports: { from: string; typeOnly: boolean }[] = []
  const identifiers = new Set<string>()
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) identifiers.add(node.text)
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      const typeOnly = node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
      imports.push({ from: node.moduleSpecifier.text, typeOnly })
    }
    if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
      imports.push({ from: node.moduleSpecifier.text, typeOnly: node.isTypeOnly })
    }
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [from] = node.arguments
      if (from && ts.isStringLiteral(from)) imports.push({ from: from.text, typeOnly: false })
    }
    if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      const { literal } = node.argument
      if (ts.isStringLiteral(literal)) imports.push({ from: literal.text, typeOnly: true })
    }
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest))
  return { imports, identifiers, markup: new Set() }
}

function svelteFacts(text: string): Facts {
  const imports: { from: string; typeOnly: boolean }[] = []
  const identifiers = new Set<string>()
  const markup = new Set<string>()
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    const { type, name, importKind, source } = node as Record<string, unknown>
    if (type === 'Identifier' && typeof name === 'string') identifiers.add(name)
    if (type === 'Attribute' && typeof name === 'string') markup.add(name)
    if (type === 'HtmlTag') markup.add('{@html}')
    if (type === 'ImportDeclaration' || type === 'ImportExpression') {
      const { value } = source as { value: unknown }
      imports.push({ from: String(value), typeOnly: importKind === 'type' })
    }
    Object.values(node).forEach(visit)
  }
  visit(parse(text, { modern: true }))
  return { imports, identifiers, markup }
}
