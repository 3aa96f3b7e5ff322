import type { Page } from 'playwright'
import { algorithmNames } from '../../../src/messages/en/algorithms.ts'
import { outside } from '../../support/pseudo/language.ts'

// What a page in another language may show that is not in that language.

/** Elements whose text is no sentence. */
const NO_WORDS = [
  'script', // the packs
  'style',
  'code', // commands and formats, to be pasted
  'pre',
  '[translate="no"]', // the words of a seal, to be compared
  '.mono', // hexadecimal, addresses and text of files, to be compared
  'kbd', // keys of the keyboard
  'time', // dates, and on hover the local time as the browser writes it
].join(', ')

/** Text that is the same in every language, with the reason. */
const SAME: readonly (readonly [text: RegExp, why: string])[] = [
  [/\bsupport\.apple\.com\/\d+ \(was HT\d+\)/g, 'addresses of sources'],
  // Whole before their parts.
  [/\bfile:\/\/\S+|\b(?:like\.cnf|untrusted\.pem|anchors\.pem|target\.pem)\b/g, 'names of files'],
  [/Rootcellar/g, 'the name of this program'],
  [/^English(?: \(Pseudo-Accents\))?$/g, 'a language is called by its own name'],
  [/\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?:(?::\d\d)? UTC|:\d\d(?:\.\d+)?Z)?)?/g, 'dates are compared'],
  [/\b(?:[0-9A-F]{2}[: ])+[0-9A-F]{2}\b|\b[0-9a-f]{6,}…?/gi, 'octets are compared'],
  [/\bU\+[0-9A-F]{4,}\b/g, 'code points'],
  [/\b[0-2](?:\.\d+){2,}\b/g, 'identifiers without a name'],
  [
    /\b[a-z]+(?:[A-Z]+[a-z]*)+\b|\bOCSPSigning\b|\b\w+-with-\w+\b/g,
    'names in certificates, as standards give them',
  ],
  [/\b(?:CN|DNS) ?[=:]/g, 'kinds of names, as certificates and other programs write them'],
  [
    /\b(?:RFC|NIST SP|CA\/B BR|CVE)[ -][\d-]+\w?(?:[\d, §.-]|\([a-z\d]+\)|Appendix [A-Z])*/g,
    'sections, as they are cited',
  ],
  [/\bCA\/B BR §[\d.]+/g, 'sections, as they are cited'],
  [/\bcritical, |\bTRUE\b/g, 'fields of a certificate to be signed, as OpenSSL writes them'],
]

/** Text in an element, and what names it. */
interface Shown {
  readonly text: string
  readonly where: string
}

/** Returns what the page shows that is neither in brackets, nor of `data`, nor the same in every language. */
export async function untranslated(page: Page, data: readonly string[]): Promise<string[]> {
  const found = new Set<string>()
  for (const { text, where } of await page.evaluate(shownOn, NO_WORDS)) {
    let rest = outside(text)
    for (const each of [...data, ...Object.values(algorithmNames)]) rest = rest.replaceAll(each, ' ')
    for (const [same] of SAME) rest = rest.replace(same, ' ')
    if (/\p{L}{2}/u.test(rest)) found.add(`${where}: “${rest.trim()}” in “${text}”`)
  }
  return [...found].sort()
}

function shownOn(noWords: string): Shown[] {
  const shown: Shown[] = [{ text: document.title, where: 'title' }]
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node instanceof Element ? node : node.parentElement
    if (!element || element.closest(noWords) || element.closest('noscript')) continue
    const where = `${element.tagName.toLowerCase()}.${element.className}`
    if (node instanceof Text) shown.push({ text: node.data, where })
    else
      for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
        if (element.hasAttribute(name))
          shown.push({ text: element.getAttribute(name) ?? '', where: `${where} ${name}` })
  }
  return shown.filter(({ text }) => text.trim() !== '')
}

/** Returns the elements that are wider than the window, outermost first; those that scroll by themselves may be. */
export const tooWide = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const width = document.documentElement.clientWidth
    if (document.documentElement.scrollWidth <= width) return []
    return [...document.querySelectorAll('#app *')]
      .filter((element) => element.getBoundingClientRect().right > width + 0.5)
      .map(
        ({ tagName, className, textContent }) =>
          `${tagName.toLowerCase()}.${className} “${textContent.trim().slice(0, 60)}”`,
      )
      .slice(-8)
  })
