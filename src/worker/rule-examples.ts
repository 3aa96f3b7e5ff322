import type { IssuanceRequest } from '../ca/input.ts'
import { issue } from '../ca/issue.ts'
import { prepare } from '../ca/prepare.ts'
import type { Issuer } from '../ca/prepare.ts'
import { PROFILES } from '../ca/profiles.ts'
import type { Profile } from '../ca/profiles.ts'
import type { FindingCode } from '../findings.ts'
import type { ValidateOptions } from '../validate/options.ts'
import { createPool } from '../validate/pool.ts'
import { validate } from '../validate/validate.ts'
import { generateKeyPair } from '../webcrypto/keys.ts'
import { sign } from '../webcrypto/signature.ts'
import { parseCertificate } from '../x509/certificate.ts'
import type { Certificate } from '../x509/certificate.ts'
import { ecdsaFromRaw } from '../x509/ecdsa-signature.ts'
import { reportView } from './judge-view.ts'
import type { RuleExample } from './judge-protocol.ts'

/** A minimal chain that breaks one rule, made now: keys live as long as this function runs. */
export async function ruleExample(code: FindingCode): Promise<RuleExample> {
  const draw = EXAMPLES[code]
  if (!draw) return { code, report: null }
  const { target, anchors, intermediates, options } = await draw()
  const pool = createPool({ anchors, intermediates })
  const report = await validate(target, pool, { at: AT, purpose: 'serverAuth', ...options })
  return { code, report: await reportView(report) }
}

/** The codes an example is drawn for. */
export const exampleCodes = (): readonly FindingCode[] => Object.keys(EXAMPLES) as FindingCode[]

interface Chain {
  readonly target: Certificate
  readonly anchors: readonly Certificate[]
  readonly intermediates: readonly Certificate[]
  readonly options?: Partial<ValidateOptions>
}

/** A fixed day, so that an example says the same next year. */
const AT = new Date('2026-06-15T12:00:00Z')
const LATER = new Date('2028-06-15T12:00:00Z')
const EARLIER = new Date('2025-06-15T12:00:00Z')
const HOST = 'www.example.com'
/** §4's demands on certificates would be broken by the same chain. */
const PATH_ALONE = { profile: 'path' } as const

interface Authority extends Issuer {
  readonly privateKey: CryptoKey
}

const profile = (id: string): Profile => PROFILES.find((each) => each.id === id)!

async function certify(
  id: string,
  commonName: string,
  issuer: Authority | null,
  over: Partial<IssuanceRequest> = {},
): Promise<Authority> {
  const { privateKey, spki } = await generateKeyPair('p256')
  const request: IssuanceRequest = {
    subject: [{ type: 'commonName', value: commonName }],
    subjectAltNames: [],
    validity: null,
    signature: null,
    extensions: {},
    ...over,
  }
  // The rules that lint and judge would refuse here are what the example is to break.
  const { token } = await prepare(profile(id), { ...request, key: spki }, issuer, {
    at: AT,
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    rules: [],
    judge: () => Promise.resolve([]),
  })
  if (!token) throw new Error('an example could not be prepared')
  const key = issuer?.privateKey ?? privateKey
  const signer = {
    sign: async (...[scheme, data]: Parameters<Parameters<typeof issue>[1]['sign']>) =>
      ecdsaFromRaw(await sign(scheme, key, data)),
  }
  const certificate = await issue(token, signer, { acknowledged: token.warnings })
  return { certificate, chain: issuer ? [issuer.certificate, ...issuer.chain] : [], privateKey }
}

const root = (over?: Partial<IssuanceRequest>) => certify('root', 'Example Root', null, over)
const ca = (issuer: Authority, over?: Partial<IssuanceRequest>, name = 'Example Issuing CA') =>
  certify('intermediate', name, issuer, over)
const server = (issuer: Authority, over?: Partial<IssuanceRequest>) =>
  certify('tlsServer', HOST, issuer, over)
const extensions = (inputs: IssuanceRequest['extensions']): Partial<IssuanceRequest> => ({
  extensions: inputs,
})

/** Root, the authorities between, target: all sent along, the root trusted. */
const chain = (path: readonly Authority[], options: Partial<ValidateOptions> = {}): Chain => {
  const certificates = path.map(({ certificate }) => certificate)
  return {
    target: certificates.at(-1)!,
    anchors: certificates.slice(0, 1),
    intermediates: certificates.slice(1, -1),
    options,
  }
}

/** root → issuing CA → server, with something wrong in one of them or in what is asked. */
async function three(
  parts: {
    ca?: Partial<IssuanceRequest>
    server?: Partial<IssuanceRequest>
    options?: Partial<ValidateOptions>
  } = {},
): Promise<Chain> {
  const top = await root()
  const middle = await ca(top, parts.ca)
  return chain([top, middle, await server(middle, parts.server)], parts.options)
}

const EXAMPLES: { readonly [C in FindingCode]?: () => Promise<Chain> } = {
  expired: () =>
    three({ server: { validity: { notBefore: EARLIER, notAfter: new Date(AT.getTime() - 86_400_000) } } }),
  'not-yet-valid': () =>
    three({ server: { validity: { notBefore: new Date(AT.getTime() + 86_400_000), notAfter: LATER } } }),
  'signature-invalid': async () => {
    const { target, ...rest } = await three()
    const der = Uint8Array.from(target.der)
    // One bit within the serial number: all is as it was but for what the signature covers.
    der[target.serialNumber.byteOffset - target.der.byteOffset + 5]! ^= 1
    return { ...rest, target: parseCertificate(der) }
  },
  'issuer-missing': async () => ({ ...(await three()), intermediates: [] }),
  'anchor-missing': async () => {
    const { anchors, intermediates, ...rest } = await three()
    return { ...rest, anchors: [], intermediates: [...intermediates, ...anchors] }
  },
  'not-a-ca': async () => {
    const top = await root()
    const middle = await certify('tlsServer', 'Not an authority', top, {
      subjectAltNames: [{ kind: 'dNSName', value: HOST }],
      ...extensions({ keyUsage: ['keyCertSign'] }),
    })
    return chain([top, middle, await server(middle)], PATH_ALONE)
  },
  'path-len-exceeded': async () => {
    const top = await root()
    const middle = await ca(top, extensions({ pathLen: 0 }))
    const below = await ca(middle, extensions({ pathLen: 0 }), 'Example CA below')
    return chain([top, middle, below, await server(below)])
  },
  'key-cert-sign-missing': () =>
    three({ ca: extensions({ keyUsage: ['cRLSign'], pathLen: 0 }), options: PATH_ALONE }),
  'purpose-not-allowed': () => three({ options: { purpose: 'clientAuth' } }),
  'purpose-not-nested': () => three({ ca: extensions({ extKeyUsage: ['clientAuth'], pathLen: 0 }) }),
  'key-usage-inconsistent': () =>
    three({ server: extensions({ keyUsage: ['keyCertSign'] }), options: PATH_ALONE }),
  'peer-name-mismatch': () => three({ options: { peerNames: [{ kind: 'DNS', value: 'mail.example.com' }] } }),
  'name-not-permitted': () =>
    three({ ca: extensions({ nameConstraints: { permitted: ['example.org'], excluded: [] }, pathLen: 0 }) }),
  'name-excluded': () =>
    three({ ca: extensions({ nameConstraints: { permitted: [], excluded: ['example.com'] }, pathLen: 0 }) }),
  'critical-extension-unknown': () =>
    three({ server: extensions({ custom: [{ oid: '1.2.3.4', critical: true, value: '0500' }] }) }),
  'explicit-policy-missing': () =>
    three({
      ca: extensions({
        certificatePolicies: ['1.2.3.1'],
        policyConstraints: { requireExplicitPolicy: 0, inhibitPolicyMapping: null },
        pathLen: 0,
      }),
    }),
  'pin-mismatch': () => three({ options: { pins: [{ of: 'certificate', sha256: '00'.repeat(32) }] } }),
  'revocation-undetermined': () => three({ options: { revocation: 'require' } }),
}
