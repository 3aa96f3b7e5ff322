import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { DOCUMENT_POLICY_META, FRAME_POLICY } from '../../src/csp/policy.ts'
import { distFile, FORMS } from '../support/dist.ts'
import { packsIn, withoutPacks } from '../support/packs.ts'

describe.each(FORMS)('%s', (name) => {
  const html = distFile(name)
  const policy = policyOf(html)

  test('allows nothing that is not named', () => {
    expect(policy.get('default-src')).toEqual([`'none'`])
    expect(policy.get('connect-src')).toEqual([`'none'`])
    expect(policy.get('base-uri')).toEqual([`'none'`])
    expect(policy.get('form-action')).toEqual([`'none'`])
    expect([...policy.values()].flat().filter((source) => source.includes('unsafe'))).toEqual([])
    expect([...policy.values()].flat().filter((source) => /^https?:|\*/.test(source))).toEqual([])
  })

  test('requires Trusted Types with the two policies named', () => {
    expect(policy.get('require-trusted-types-for')).toEqual([`'script'`])
    expect(policy.get('trusted-types')).toEqual(['svelte-trusted-html', 'rootcellar-script'])
  })

  test('admits exactly the script, the packs of pages and the styles that stand in it, by hash', () => {
    const pages = packsIn(html).filter(({ text }) => text.startsWith('rootcellarPack('))
    expect(policy.get('script-src')).toEqual([
      ...hashesOf(withoutPacks(html), 'script'),
      ...pages.map(({ text }) => hashOf(text)),
    ])
    // A script may write the word; what stands in a script is no element.
    const outside = html.replace(/(<script\b[^>]*>)[\s\S]*?<\/script>/g, '$1')
    expect(policy.get('style-src')).toEqual(hashesOf(outside, 'style'))
  })

  test('has its policy before anything it governs, and nothing from outside', () => {
    const start = html.indexOf('http-equiv="Content-Security-Policy"')
    expect(start).toBeGreaterThan(0)
    expect(html.slice(0, start)).not.toMatch(/<(script|style|link|body)/)
    const markup = html.replace(/<(script|style)\b[^>]*>[\s\S]*?<\/\1>/g, '')
    const references = [...markup.matchAll(/\s(?:src|href)="([^"]*)"/g)].map(([, url]) => url!.slice(0, 22))
    const allowed =
      name === 'index.html'
        ? ['data:image/svg+xml;bas', './manifest.webmanifest']
        : ['data:image/svg+xml;bas']
    expect(references).toEqual(allowed)
    expect(markup).not.toMatch(/\sstyle=|\son\w+=/)
  })
})

test('page, witness, saved documents and server differ where they must, and nowhere else', () => {
  const hashless = (policy: Map<string, string[]>) =>
    Object.fromEntries(
      [...policy].map(([name, sources]) => [name, sources.filter((source) => !/^'sha256-/.test(source))]),
    )
  const none = [`'none'`]
  const closed = { 'default-src': none, 'base-uri': none, 'form-action': none }
  const scripted = {
    ...closed,
    'script-src': [],
    'style-src': [],
    'connect-src': none,
    'require-trusted-types-for': [`'script'`],
  }
  const paged = { ...scripted, 'trusted-types': ['svelte-trusted-html', 'rootcellar-script'] }
  const file = { ...paged, 'img-src': ['data:', 'blob:'], 'worker-src': ['blob:'] }
  const site = {
    ...paged,
    'img-src': ['data:', 'blob:', `'self'`],
    'worker-src': ['blob:', `'self'`],
    'manifest-src': [`'self'`],
  }
  expect(hashless(policyOf(distFile('rootcellar.html')))).toEqual(file)
  expect(hashless(policyOf(distFile('index.html')))).toEqual(site)
  expect(hashless(policyOf(distFile('witness.html')))).toEqual({
    ...scripted,
    'img-src': ['data:'],
    'trusted-types': none,
  })
  expect(hashless(policyOf(DOCUMENT_POLICY_META))).toEqual({ ...closed, 'style-src': [`'unsafe-inline'`] })
  // Framing is the one thing a <meta> cannot forbid.
  expect(FRAME_POLICY).toBe(`frame-ancestors 'none'`)
})

test('only the site names its own origin: for the service worker, the manifest and the icon', () => {
  const own = (name: string) =>
    [...policyOf(distFile(name))]
      .filter(([, sources]) => sources.includes(`'self'`))
      .map(([directive]) => directive)
  expect(own('rootcellar.html')).toEqual([])
  expect(own('index.html')).toEqual(['img-src', 'worker-src', 'manifest-src'])
})

function policyOf(html: string): Map<string, string[]> {
  const content = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? ''
  return new Map(
    content.split('; ').map((directive) => {
      const [name, ...sources] = directive.split(' ')
      return [name!, sources]
    }),
  )
}

function hashesOf(html: string, element: 'script' | 'style'): string[] {
  const contents = [...html.matchAll(new RegExp(`<${element}\\b[^>]*>([\\s\\S]*?)</${element}>`, 'g'))]
  const hashes = contents.map(([, text]) => hashOf(text!))
  return hashes.length > 0 ? hashes : [`'none'`]
}

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
