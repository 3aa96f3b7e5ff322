import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { DOCUMENT_POLICY_META, pagePolicy } from '../../../src/csp/policy.ts'

const NOTHING = {
  scripts: [],
  styles: [],
  images: `'none'`,
  workers: null,
  manifest: null,
  trustedTypes: [],
}

test('policies are written in csp/policy.ts alone', () => {
  const written = /(default|connect|script|style|img|worker|manifest)-src '|Content-Security-Policy" content/
  const places = globSync(['{src,tools,witness}/**/*.{ts,js,svelte,html}', '*.{html,ts}'])
    .filter((path) => written.test(readFileSync(path, 'utf8')) || written.test(spelled(path)))
    .sort()
  expect(places).toEqual(['src/csp/policy.ts'])
})

/** A policy as an object, too: `'connect-src':`. */
const spelled = (path: string): string => readFileSync(path, 'utf8').replaceAll(/'(\w+-src)':/g, `$1 '`)

test('a page for which nothing is named may load, run and reach nothing', () => {
  const policy = pagePolicy(NOTHING).split('; ')
  for (const directive of [
    'default-src',
    'script-src',
    'style-src',
    'connect-src',
    'base-uri',
    'form-action',
  ])
    expect(policy).toContain(`${directive} 'none'`)
  expect(policy).toContain(`trusted-types 'none'`)
})

test('saved documents begin with what is closed in every page', () => {
  const [, document] = /content="([^"]*)"/.exec(DOCUMENT_POLICY_META)!
  const closed = document!.split('; ').filter((directive) => !directive.startsWith('style-src'))
  expect(closed).toHaveLength(3)
  expect(pagePolicy(NOTHING).split('; ')).toEqual(expect.arrayContaining(closed))
})
