import type { IssueForKit, KitCertificate, RefusalCase } from '../../destinations/refusal-kit.ts'
import { exportPrivateKey } from '../../webcrypto/keys.ts'
import { EKU_OIDS } from '../../x509/oids.ts'
import { CN, type Drawing, type Drawn } from '../validate/examples/draw.ts'
import type { Cast } from './ready/stage.ts'

/** The CAs of clients whose keys were drawn here: the path from the root to the one that issues. */
export type OwnCas = readonly [root: Drawn, ...below: Drawn[]]

/** A name that belongs to nobody (RFC 6761 §6.4). */
const NOBODY = 'nobody.invalid'

/** Returns what issues the certificates of a refusal kit; without CAs of its own only those of others. */
export const issueForKit =
  (cast: Cast, own: OwnCas | null): IssueForKit =>
  async ({ why, issuer }) => {
    if (issuer === 'itself') return packed([await selfSigned(cast)])
    if (issuer === 'own' && own === null) return null
    const cas = issuer === 'own' ? own! : await others(cast)
    const ca = cas.at(-1)!
    const leaf = await cast.client(ca, drawingOf(why, cast))
    const lists =
      why === 'revoked'
        ? await Promise.all(cas.map((each) => cast.list(each, each === ca ? leaf : undefined)))
        : []
    return packed(
      [leaf, ...cas.slice(1).reverse()],
      lists.map(({ der }) => der),
    )
  }

async function others(cast: Cast): Promise<OwnCas> {
  const root = await cast.root('Refusal Kit Root')
  return [root, await cast.ca(root, 'Refusal Kit CA')]
}

function drawingOf(why: RefusalCase, cast: Cast): Drawing {
  switch (why) {
    case 'expired':
      return { notAfter: cast.inDays(-1) }
    case 'wrong-purpose':
      return { extensions: { extKeyUsage: [EKU_OIDS.serverAuth] } }
    case 'wrong-name':
      return {
        subject: [CN(NOBODY)],
        extensions: { subjectAltName: [{ kind: 'dNSName', value: NOBODY }] },
      }
    default:
      return {}
  }
}

const selfSigned = (cast: Cast): Promise<Drawn> =>
  cast.root(NOBODY, {
    extensions: {
      basicConstraints: null,
      keyUsage: new Set(['digitalSignature']),
      extKeyUsage: [EKU_OIDS.clientAuth],
    },
  })

async function packed(chain: readonly Drawn[], lists: readonly Uint8Array[] = []): Promise<KitCertificate> {
  return {
    chain: chain.map(({ certificate }) => certificate.der),
    key: await exportPrivateKey(chain[0]!.privateKey),
    lists,
  }
}
