import { drawList, drawResponse } from '../../../src/services/validate/examples/revocation.ts'
import { CN, type Drawing, type Drawn } from '../../../src/services/validate/examples/draw.ts'
import type { Cast } from '../../../src/services/lab/ready/stage.ts'
import { HOST } from '../../../src/services/lab/ready/stage.ts'
import { oid, nul, seq } from '../../../src/der/writer.ts'
import { ALGORITHM_OIDS, EKU_OIDS } from '../../../src/x509/oids.ts'
import { pssSpki, signedByPss } from './pss.ts'
import { RULES } from './rules.ts'
import type { Group, HandshakeScenario, Presenter, Row, Shown, Shows } from './scenario.ts'

/** A chain under a root that the other side does not have. */
async function stranger({ cast, leaf }: Presenter) {
  const root = await cast.root('Other Root')
  const ca = await cast.ca(root, 'Other Issuing CA')
  return { root, ca, own: await leaf(ca) }
}

/** An own certificate that differs. */
const own =
  (drawing: (presenter: Presenter) => Drawing): Shows =>
  async (presenter) => ({ sends: [await presenter.leaf(presenter.ca, drawing(presenter)), presenter.ca] })

/** An issuing CA that differs. */
const issuedBy =
  (drawing: (presenter: Presenter) => Drawing, name = 'Example Issuing CA'): Shows =>
  async (presenter) => {
    const { cast, given, leaf } = presenter
    const ca = await cast.ca(given.root, name, drawing(presenter))
    return { sends: [await leaf(ca), ca] }
  }

/** A root that differs, and is trusted. */
const under =
  (drawing: (cast: Cast) => Drawing): Shows =>
  async ({ cast, leaf }) => {
    const root = await cast.root('Old Root', drawing(cast))
    const ca = await cast.ca(root, 'Old Issuing CA')
    return { sends: [await leaf(ca), ca], trusts: [root] }
  }

const ofKey = (key: NonNullable<Drawing['key']>): Shows => own(() => ({ key }))

/** A whole hierarchy with keys of this kind. */
const ofKeys =
  (key: NonNullable<Drawing['key']>): Shows =>
  async ({ cast, leaf }) => {
    const root = await cast.root('Another Root', { key })
    const ca = await cast.ca(root, 'Another Issuing CA', { key })
    return { sends: [await leaf(ca), ca], trusts: [root] }
  }

const intermediates =
  (count: number, judge: Shown['judge'] = {}, order: 'usual' | 'turned' = 'usual'): Shows =>
  async ({ cast, given, ca, leaf, own: usual }) => {
    const cas: Drawn[] = [ca]
    for (let i = 2; i <= count; i++) cas.unshift(await cast.ca(cas[0]!, `Team CA ${i}`))
    const first = count === 1 ? usual : await leaf(cas[0]!)
    if (count === 0) return { sends: [await leaf(given.root)], judge }
    return { sends: [first, ...(order === 'turned' ? cas.toReversed() : cas)], judge }
  }

async function selfSigned({ cast, purpose }: Presenter): Promise<Drawn> {
  return cast.root(HOST, {
    extensions: {
      basicConstraints: null,
      keyUsage: new Set(['digitalSignature']),
      extKeyUsage: [purpose],
      subjectAltName: [{ kind: 'dNSName', value: HOST }],
    },
  })
}

const CHAIN: readonly Row[] = [
  ['good', 'Certificate and issuing CA, as they should be sent', () => ({})],
  ['root-sent', 'The root is sent too', ({ own: usual, ca, given }) => ({ sends: [usual, ca, given.root] })],
  [
    'extra-certificate',
    'A certificate that has nothing to do with it in between',
    async (presenter) => ({ sends: [presenter.own, (await stranger(presenter)).ca, presenter.ca] }),
  ],
  ['intermediate-missing', 'The issuing CA is not sent', ({ own: usual }) => ({ sends: [usual] })],
  ['no-intermediate', 'Issued by the root itself', intermediates(0)],
  ['two-intermediates', 'Two CAs between certificate and root', intermediates(2)],
  ['wrong-order', 'Two CAs between, sent in the wrong order', intermediates(2, {}, 'turned')],
  ['seven-intermediates', 'Seven CAs between certificate and root', intermediates(7)],
  ['eleven-intermediates', 'Eleven CAs between certificate and root', intermediates(11)],
  ['depth-one-met', 'At most one CA between is allowed, and there is one', intermediates(1, { maxDepth: 1 })],
  [
    'depth-one-exceeded',
    'At most one CA between is allowed, and there are two',
    intermediates(2, { maxDepth: 1 }),
  ],
  ['depth-zero-exceeded', 'No CA between is allowed, and there is one', intermediates(1, { maxDepth: 0 })],
]

const TRUST: readonly Row[] = [
  [
    'root-elsewhere',
    'The root is not in the other side’s bundle',
    async (presenter) => {
      const other = await stranger(presenter)
      return { sends: [other.own, other.ca] }
    },
  ],
  [
    'root-elsewhere-sent',
    'The same, and the root is sent',
    async (presenter) => {
      const other = await stranger(presenter)
      return { sends: [other.own, other.ca, other.root] }
    },
  ],
  [
    'root-of-the-same-name',
    'The bundle has another root of the same name',
    async ({ cast }) => ({
      trusts: [await cast.root('Example Root')],
    }),
  ],
  [
    'two-roots-first',
    'Two roots in the bundle, issued under the first',
    async (presenter) => ({
      trusts: [presenter.given.root, (await stranger(presenter)).root],
    }),
  ],
  [
    'two-roots-second',
    'Two roots in the bundle, issued under the second',
    async (presenter) => {
      const other = await stranger(presenter)
      return { sends: [other.own, other.ca], trusts: [presenter.given.root, other.root] }
    },
  ],
  ['issuing-ca-alone', 'The bundle holds the issuing CA alone', ({ ca }) => ({ trusts: [ca] })],
  [
    'issuing-ca-and-root',
    'The bundle holds the issuing CA and the root',
    ({ ca, given }) => ({
      trusts: [ca, given.root],
    }),
  ],
  [
    'other-group',
    'Issued by another group’s CA under the same root, which is trusted',
    issuedBy(() => ({}), 'Group B CA'),
  ],
  [
    'other-group-issuing-ca-alone',
    'Issued by another group’s CA; the bundle holds this group’s CA alone',
    async ({ cast, given, ca, leaf }) => {
      const other = await cast.ca(given.root, 'Group B CA')
      return { sends: [await leaf(other), other], trusts: [ca] }
    },
  ],
  [
    'certificate-trusted',
    'The bundle holds the certificate itself, issued by a CA',
    ({ own: usual }) => ({ trusts: [usual] }),
  ],
  [
    'self-signed',
    'Self-signed, not trusted',
    async (presenter) => ({ sends: [await selfSigned(presenter)] }),
  ],
  [
    'self-signed-trusted',
    'Self-signed, and itself in the bundle',
    async (presenter) => {
      const alone = await selfSigned(presenter)
      return { sends: [alone], trusts: [alone] }
    },
  ],
]

const TIME: readonly Row[] = [
  ['expired', 'The certificate has expired', own(({ cast }) => ({ notAfter: cast.inDays(-1) }))],
  [
    'not-yet-valid',
    'The certificate is valid in three days',
    own(({ cast }) => ({ notBefore: cast.inDays(3) })),
  ],
  [
    'valid-in-an-hour',
    'The certificate is valid in an hour',
    own(({ cast }) => ({ notBefore: cast.inDays(1 / 24) })),
  ],
  [
    'issuing-ca-expired',
    'The issuing CA has expired',
    issuedBy(({ cast }) => ({ notAfter: cast.inDays(-1) })),
  ],
  [
    'issuing-ca-not-yet-valid',
    'The issuing CA is valid in three days',
    issuedBy(({ cast }) => ({ notBefore: cast.inDays(3) })),
  ],
  ['root-expired', 'The root has expired', under((cast) => ({ notAfter: cast.inDays(-1) }))],
  ['root-not-yet-valid', 'The root is valid in three days', under((cast) => ({ notBefore: cast.inDays(3) }))],
]

const eku = (...extKeyUsage: string[]): Drawing => ({ extensions: { extKeyUsage } })

const PURPOSE: readonly Row[] = [
  ['purpose-other', 'Its purpose is the other side’s alone', own(({ otherPurpose }) => eku(otherPurpose))],
  ['purpose-both', 'Both purposes', own(({ purpose, otherPurpose }) => eku(purpose, otherPurpose))],
  ['purpose-none', 'No extended key usage', own(() => ({ extensions: { extKeyUsage: null } }))],
  ['purpose-any', 'anyExtendedKeyUsage alone', own(() => eku(EKU_OIDS.anyExtendedKeyUsage))],
  [
    'ca-purpose-other',
    'The issuing CA is for the other purpose alone',
    issuedBy(({ otherPurpose }) => eku(otherPurpose)),
  ],
  ['ca-purpose-same', 'The issuing CA is for this purpose alone', issuedBy(({ purpose }) => eku(purpose))],
  [
    'key-usage-without-signature',
    'Key usage without digitalSignature',
    own(() => ({ extensions: { keyUsage: new Set(['keyAgreement']) } })),
  ],
]

const LIMITS: readonly Row[] = [
  [
    'name-not-permitted',
    'The issuing CA may not certify such names',
    issuedBy(() => ({
      extensions: {
        nameConstraints: {
          permitted: [{ base: { kind: 'dNSName', value: 'example.org' }, minimum: 0, maximum: null }],
          excluded: null,
        },
      },
    })),
  ],
  [
    'path-length',
    'More CAs than the path length allows',
    async ({ cast, given, leaf }) => {
      const ca = await cast.ca(given.root, 'Example Issuing CA', {
        extensions: { basicConstraints: { ca: true, pathLen: 0 } },
      })
      const team = await cast.ca(ca, 'Team CA')
      return { sends: [await leaf(team), team, ca] }
    },
  ],
  [
    'issuer-not-a-ca',
    'The issuer says that it is no CA',
    issuedBy(() => ({ extensions: { basicConstraints: { ca: false, pathLen: null } } })),
  ],
  [
    'ca-without-cert-sign',
    'The issuing CA’s key usage lacks keyCertSign',
    issuedBy(() => ({ extensions: { keyUsage: new Set(['cRLSign']) } })),
  ],
  [
    'critical-extension',
    'A critical extension that nobody knows',
    own(() => ({ more: [{ oid: '1.3.6.1.4.1.55555.1', critical: true, value: nul() }] })),
  ],
  [
    'signature-changed',
    'The signature on the certificate is wrong',
    own(() => ({ tamper: (der) => der.with(der.length - 1, der.at(-1)! ^ 1) })),
  ],
  [
    'subject-empty',
    'No subject, and a critical alternative name',
    own(() => ({ subject: [], critical: { subjectAltName: true } })),
  ],
  [
    'subject-empty-not-critical',
    'No subject, and an alternative name that is not critical',
    own(() => ({ subject: [] })),
  ],
]

const SHA1: Drawing = {
  inner: seq(oid(ALGORITHM_OIDS['ecdsa-with-SHA1'])),
  scheme: { kind: 'ecdsa', hash: 'SHA-1' },
}

const KEYS: readonly Row[] = [
  ['key-p384', 'Key on P-384', ofKey('p384')],
  ['key-p521', 'Key on P-521', ofKey('p521')],
  ['key-rsa', 'RSA key of 2048 bits', ofKey('rsa-2048')],
  [
    'key-rsa-pss',
    'RSA key for RSASSA-PSS alone',
    async ({ leaf, ca }) => {
      const rsa = await leaf(ca, { key: 'rsa-2048' })
      return { sends: [await leaf(ca, { keyOf: rsa, spki: () => pssSpki(rsa) }), ca] }
    },
  ],
  ['key-ed25519', 'Ed25519 key', ofKey('ed25519')],
  ['key-ml-dsa', 'ML-DSA-65 key', ofKey('ml-dsa-65')],
  ['chain-rsa', 'All CAs with RSA keys', ofKeys('rsa-2048')],
  [
    'chain-rsa-pss',
    'CAs with RSA keys, signing by RSASSA-PSS',
    async ({ cast, leaf }) => {
      const root = await cast.root('Another Root', { key: 'rsa-2048' })
      const ca = await cast.ca(root, 'Another Issuing CA', { key: 'rsa-2048', ...(await signedByPss(root)) })
      return { sends: [await leaf(ca, await signedByPss(ca)), ca], trusts: [root] }
    },
  ],
  ['chain-ed25519', 'All CAs with Ed25519 keys', ofKeys('ed25519')],
  ['chain-ml-dsa', 'All CAs with ML-DSA-65 keys', ofKeys('ml-dsa-65')],
  ['signed-with-sha1', 'The certificate is signed with SHA-1', own(() => SHA1)],
]

const LISTS: readonly Row[] = [
  [
    'list-good',
    'Lists of both CAs, and it is on neither',
    async ({ cast, given, ca }) => ({
      judge: { lists: [await cast.list(given.root), await cast.list(ca)], needsStatus: true },
    }),
  ],
  [
    'revoked',
    'Revoked by its CA’s list',
    async ({ cast, given, ca, own: usual }) => ({
      judge: { lists: [await cast.list(given.root), await cast.list(ca, usual)], needsStatus: true },
    }),
  ],
  [
    'issuing-ca-revoked',
    'The issuing CA is revoked by the root’s list',
    async ({ cast, given, ca }) => ({
      judge: { lists: [await cast.list(given.root, ca), await cast.list(ca)], needsStatus: true },
    }),
  ],
  [
    'list-expired',
    'The list of the issuing CA is out of date',
    async ({ cast, given, ca }) => ({
      judge: {
        lists: [
          await cast.list(given.root),
          await drawList(ca, { thisUpdate: cast.inDays(-9), nextUpdate: cast.inDays(-2) }),
        ],
        needsStatus: true,
      },
    }),
  ],
  [
    'list-of-root-alone',
    'Only the root’s list is there',
    async ({ cast, given }) => ({
      judge: { lists: [await cast.list(given.root)], needsStatus: true },
    }),
  ],
  [
    'list-of-issuing-ca-alone',
    'Only the issuing CA’s list is there',
    async ({ cast, ca }) => ({
      judge: { lists: [await cast.list(ca)], needsStatus: true },
    }),
  ],
]

const staple =
  (drawing: (cast: Cast) => Parameters<typeof drawResponse>[2]): Shows =>
  async ({ cast, given, leaf }) => {
    const ca = await cast.ca(given.root, 'Answering Server CA', {
      extensions: { keyUsage: new Set(['digitalSignature', 'keyCertSign', 'cRLSign']) },
    })
    const first = await leaf(ca)
    const { der } = await drawResponse(ca, first, drawing(cast))
    return { sends: [first, ca], presenter: { stapled: der } }
  }
const current = (cast: Cast) => ({ thisUpdate: cast.inDays(-1), nextUpdate: cast.inDays(6) })

const STAPLES: readonly Row[] = [
  ['staple-good', 'The stapled response says that it is good', staple(current)],
  [
    'staple-revoked',
    'The stapled response says that it is revoked',
    staple((cast) => ({
      ...current(cast),
      status: { status: 'revoked', revocationTime: cast.inDays(-2), revocationReason: 'keyCompromise' },
    })),
  ],
  [
    'staple-expired',
    'The stapled response is out of date',
    staple((cast) => ({ thisUpdate: cast.inDays(-9), nextUpdate: cast.inDays(-2) })),
  ],
]

const named = (...names: string[]): Drawing => ({
  extensions: { subjectAltName: names.map((value) => ({ kind: 'dNSName', value })) },
})

const NAMES: readonly Row[] = [
  [
    'name-other',
    'The certificate is for another name',
    own(() => ({ ...named('www.example.com'), subject: [CN('www.example.com')] })),
  ],
  ['name-wildcard', 'A wildcard that fits', own(() => named('*.example.com'))],
  ['name-wildcard-above', 'A wildcard one level too high', own(() => named('*.com', '*.test'))],
  [
    'name-in-cn-alone',
    'The name only in the CN, without alternative names',
    own(() => ({ extensions: { subjectAltName: null } })),
  ],
  [
    'name-in-cn-beside-another',
    'The name in the CN, another as alternative name',
    own(() => named('www.example.com')),
  ],
]

const off = { verifies: 'no', checksHost: false } as const
const UNVERIFIED_SERVER: readonly Row[] = [
  [
    'not-verified-unknown',
    'Nothing is verified; the root is unknown',
    async (presenter) => {
      const other = await stranger(presenter)
      return { sends: [other.own, other.ca], judge: off }
    },
  ],
  [
    'not-verified-expired',
    'Nothing is verified; the certificate has expired',
    async (presenter) => ({
      ...(await own(({ cast }) => ({ notAfter: cast.inDays(-1) }))(presenter)),
      judge: off,
    }),
  ],
  [
    'not-verified-name',
    'Nothing is verified; the certificate is for another name',
    async (presenter) => ({
      ...(await own(() => ({ ...named('www.example.com'), subject: [CN('www.example.com')] }))(presenter)),
      judge: off,
    }),
  ],
]

const ASKING: readonly Row[] = [
  ['none', 'A certificate is required, and none is sent', () => ({ sends: [] })],
  [
    'none-optional',
    'A certificate is optional, and none is sent',
    () => ({ sends: [], judge: { asks: 'optional' } }),
  ],
  [
    'unknown-optional',
    'A certificate is optional; one of an unknown root is sent',
    async (presenter) => {
      const other = await stranger(presenter)
      return { sends: [other.own, other.ca], judge: { asks: 'optional' } }
    },
  ],
  ['not-asked', 'No certificate is asked for', () => ({ judge: { asks: 'no' } })],
  [
    'not-verified-unknown',
    'A certificate is required, and not verified; the root is unknown',
    async (presenter) => {
      const other = await stranger(presenter)
      return { sends: [other.own, other.ca], judge: { verifies: 'no' } }
    },
  ],
  [
    'not-verified-expired',
    'A certificate is required, and not verified; it has expired',
    async (presenter) => ({
      ...(await own(({ cast }) => ({ notAfter: cast.inDays(-1) }))(presenter)),
      judge: { verifies: 'no' },
    }),
  ],
]

const heeds = { heedsAuthorities: true } as const
/** A program as the client: what it sends to a server that lists these. */
const CHOOSING: readonly Row[] = [
  ['list-names-root', 'The server lists the root', () => ({ presenter: heeds })],
  [
    'list-names-issuing-ca',
    'The server lists the issuing CA',
    ({ ca }) => ({ presenter: heeds, trusts: [ca] }),
  ],
  [
    'list-fits-nobody',
    'The server lists another root',
    async (presenter) => ({
      ...{ presenter: heeds, trusts: [(await stranger(presenter)).root] },
    }),
  ],
  [
    'list-names-root-bare',
    'The server lists the root; the client has its certificate alone',
    ({ own: usual }) => ({
      ...{ presenter: heeds, sends: [usual] },
    }),
  ],
  ['no-list', 'The server lists nothing', () => ({ presenter: heeds, judge: { listsAuthorities: false } })],
]

const BOTH: Readonly<Record<Exclude<Group, 'names' | 'asking'>, readonly Row[]>> = {
  chain: CHAIN,
  trust: TRUST,
  time: TIME,
  purpose: PURPOSE,
  limits: LIMITS,
  keys: KEYS,
  lists: LISTS,
  rules: RULES,
}

const of = (presenter: 'client' | 'server', group: Group, rows: readonly Row[]): HandshakeScenario[] =>
  rows.map(([id, title, shows]) => ({ id: `${presenter}-${id}`, group, title, presenter, shows }))
const ofBoth = (presenter: 'client' | 'server'): HandshakeScenario[] =>
  Object.entries(BOTH).flatMap(([group, rows]) => of(presenter, group as Group, rows))

/** All of them; a program plays the side that does not present, unless what it sends is looked at. */
export const SCENARIOS: readonly HandshakeScenario[] = [
  ...ofBoth('client'),
  ...of('client', 'asking', ASKING),
  ...of('client', 'asking', CHOOSING).map((each) => ({ ...each, isOfPresenter: true as const })),
  ...ofBoth('server'),
  ...of('server', 'lists', STAPLES),
  ...of('server', 'names', NAMES),
  ...of('server', 'asking', UNVERIFIED_SERVER),
]
