import type { Rule } from '../../../src/mtls/rules/rule.ts'
import { CN, type Drawn } from '../../../src/services/validate/examples/draw.ts'
import { HOST } from '../../../src/services/lab/ready/stage.ts'
import { sha256Hex } from '../../../src/webcrypto/signature.ts'
import type { Presenter, Row } from './scenario.ts'

/** Rules of who may connect: each with a valid certificate that meets it, and with one that does not. */

const DOMAIN = 'team.example.com'
const NAME = `web.${DOMAIN}`

interface Case {
  readonly id: string
  readonly title: string
  /** Of who may connect. */
  readonly rule: (one: Drawn, ca: Drawn) => Rule | Promise<Rule>
  /** What the one who is refused has: another CA, or all but the names. */
  readonly other: 'another-ca' | 'another-name'
}

const hash = ({ certificate }: Drawn): Promise<string> => sha256Hex(certificate.der)

const CASES: readonly Case[] = [
  {
    id: 'certificate',
    title: 'Only this certificate, by its SHA-256',
    rule: async (one) => ({ kind: 'certificate', sha256: [await hash(one)] }),
    other: 'another-name',
  },
  {
    id: 'key',
    title: 'Only this key, by its SHA-256',
    rule: async ({ certificate }) => ({ kind: 'key', sha256: [await sha256Hex(certificate.spki.der)] }),
    other: 'another-name',
  },
  {
    id: 'san',
    title: 'Only this DNS name among the alternative names',
    rule: () => ({ kind: 'san', form: 'DNS', match: 'exact', value: NAME }),
    other: 'another-name',
  },
  {
    id: 'san-suffix',
    title: 'Only DNS names below this one',
    rule: () => ({ kind: 'san', form: 'DNS', match: 'suffix', value: DOMAIN }),
    other: 'another-name',
  },
  {
    id: 'subject',
    title: 'Only this subject',
    rule: () => ({ kind: 'subject', name: `CN=${NAME}` }),
    other: 'another-name',
  },
  {
    id: 'issuing-ca',
    title: 'Only the group of this issuing CA, of two under one root',
    rule: async (_, ca) => ({ kind: 'issuer', sha256: await hash(ca) }),
    other: 'another-ca',
  },
]

export const RULES: readonly Row[] = CASES.flatMap(({ id, title, rule, other }): Row[] => {
  const shown = async (presenter: Presenter, isMet: boolean) => {
    const { cast, given, ca, leaf } = presenter
    // A server is asked by its usual name too.
    const names = presenter.side === 'server' ? [NAME, HOST] : [NAME]
    const named = await leaf(ca, {
      subject: [CN(NAME)],
      extensions: { subjectAltName: names.map((value) => ({ kind: 'dNSName', value })) },
    })
    const judge = { lets: await rule(named, ca) }
    // Some ask for a CA by its name, and so have to know it.
    const trusts = other === 'another-ca' ? [given.root, ca] : [given.root]
    if (isMet) return { sends: [named, ca], trusts, judge }
    if (other === 'another-name') return { judge }
    const group = await cast.ca(given.root, 'Group B CA')
    return { sends: [await leaf(group), group], trusts, judge }
  }
  return [
    [`rule-${id}-met`, `${title}: it is this one`, (presenter) => shown(presenter, true)],
    [`rule-${id}-missed`, `${title}: it is another`, (presenter) => shown(presenter, false)],
  ]
})
