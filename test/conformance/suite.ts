import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'

/** A question about a path, as ../shared/vectors/README.md describes it; DER in base64. */
export interface PathCase {
  readonly id: string
  readonly namespace: string
  readonly expected: 'valid' | 'invalid'
  readonly target: string
  readonly intermediates: readonly string[]
  readonly anchors: readonly string[]
  readonly crls: readonly string[]
  readonly at: string
  /** Absent in older suites. */
  readonly ocspResponses?: readonly string[]
  readonly allowSha1?: boolean
  /** Whether the anchor's own constraints count; where absent the profile decides. */
  readonly requireAnchorConstraints?: boolean
  readonly purpose: 'serverAuth' | 'clientAuth' | 'timeStamping' | 'emailProtection' | 'any'
  readonly ekus: readonly string[]
  readonly peerName: PeerName | null
  readonly peerNames: readonly PeerName[]
  readonly revocation: 'none' | 'require'
  readonly profile: 'path' | 'rfc5280' | 'webpki'
  readonly maxDepth: number | null
  readonly policies: {
    readonly initialPolicySet: readonly string[]
    readonly explicitPolicy: boolean
    readonly inhibitMapping: boolean
    readonly inhibitAnyPolicy: boolean
  }
}

interface PeerName {
  readonly kind: 'DNS' | 'IP' | 'RFC822'
  readonly value: string
}

/** A question about a signature; hexadecimal. */
export interface SignatureCase {
  readonly id: string
  readonly namespace: string
  readonly expected: 'valid' | 'invalid' | 'acceptable'
  readonly spki?: string
  readonly publicKey?: string
  readonly hash?: string
  readonly mgfHash?: string
  readonly saltLength?: number
  readonly context?: string
  readonly message: string
  readonly signature: string
}

/** A certificate to be read, or refused by name; DER in base64. */
export interface CorpusCase {
  readonly id: string
  readonly namespace: string
  readonly expected: 'read'
  readonly der: string
}

export type Suite =
  | { readonly name: string; readonly kind: 'paths'; readonly cases: readonly PathCase[] }
  | { readonly name: string; readonly kind: 'signatures'; readonly cases: readonly SignatureCase[] }
  | { readonly name: string; readonly kind: 'corpus'; readonly cases: readonly CorpusCase[] }

/** Every suite in the folder and in `next/` below it, in the order of their names. */
export function readSuites(folder: string): Suite[] {
  return [folder, join(folder, 'next')].filter((each) => existsSync(each)).flatMap(suitesIn)
}

const suitesIn = (folder: string): Suite[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => readSuite(join(folder, file)))

function readSuite(file: string): Suite {
  const name = basename(file, '.json')
  const content = JSON.parse(readFileSync(file, 'utf8')) as {
    cases?: readonly (PathCase | SignatureCase)[]
    certificates?: Record<string, string>
  }
  if (content.certificates !== undefined) {
    const cases = Object.entries(content.certificates).map(([id, der]): CorpusCase => ({
      id,
      namespace: 'certificates',
      expected: 'read',
      der,
    }))
    return { name, kind: 'corpus', cases }
  }
  const cases = content.cases ?? []
  return cases.some((one) => 'signature' in one)
    ? { name, kind: 'signatures', cases: cases as readonly SignatureCase[] }
    : { name, kind: 'paths', cases: cases as readonly PathCase[] }
}
