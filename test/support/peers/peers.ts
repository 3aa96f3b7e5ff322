import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { once, run, scratchFor, succeed } from '../run.ts'
import {
  bundle,
  each,
  PURPOSE_OIDS,
  type Answer,
  type Peer,
  type PeerPurpose,
  type Question,
} from './question.ts'

const OPENSSL_PURPOSES: Record<PeerPurpose, string> = {
  serverAuth: 'sslserver',
  clientAuth: 'sslclient',
  codeSigning: 'any',
  emailProtection: 'smimesign',
  timeStamping: 'timestampsign',
  OCSPSigning: 'ocsphelper',
  certSign: 'any',
  any: 'any',
}

const openssl: Peer = (questions) =>
  each(questions, async (question) => {
    const { target, intermediates, anchors, purpose, host, strict, lists } = question
    const { code, output } = await run('openssl', [
      ...['verify', '-no-CApath', '-no-CAstore', '-CAfile', bundle(question, 'anchors', anchors)],
      ...(intermediates.length > 0 ? ['-untrusted', bundle(question, 'untrusted', intermediates)] : []),
      ...['-purpose', OPENSSL_PURPOSES[purpose]],
      ...(strict ? ['-x509_strict'] : []),
      ...(lists ? ['-crl_check', '-CRLfile', bundle(question, 'lists', lists)] : []),
      ...(host === undefined ? [] : ['-verify_hostname', host]),
      target,
    ])
    return { accepted: code === 0, reason: /error \d+.*?: (.*)/.exec(output)?.[1] ?? output.trim() }
  })

const certtool: Peer = (questions) =>
  each(questions, async (question) => {
    const { target, intermediates, anchors, purpose, host, lists } = question
    const { code, output } = await run('certtool', [
      ...['--verify', '--infile', bundle(question, 'chain', [target, ...intermediates])],
      ...['--load-ca-certificate', bundle(question, 'anchors', anchors)],
      ...(PURPOSE_OIDS[purpose] === '' ? [] : ['--verify-purpose', PURPOSE_OIDS[purpose]]),
      ...(host === undefined ? [] : ['--verify-hostname', host]),
      ...(lists ? ['--load-crl', bundle(question, 'lists', lists)] : []),
    ])
    // The last line with a verdict is about the chain; those above it are about its certificates.
    const said = output.split('\n').filter((line) => /Output:|Error|parser|unsupported/i.test(line))
    const words = (said.at(-1) ?? output).replace(/^.*Output:/, '')
    return { accepted: code === 0, reason: words.replaceAll(/\s+/g, ' ').trim() }
  })

/** vfychain's numbers. It has none for time stamping, and none for "any": IPsec requires the least. */
const NSS_USAGES: Record<PeerPurpose, string> = {
  serverAuth: '1',
  clientAuth: '0',
  codeSigning: '6',
  emailProtection: '4',
  timeStamping: '12',
  OCSPSigning: '10',
  certSign: '11',
  any: '12',
}

const nssDatabase = once(async () => {
  const folder = scratchFor('nss')
  await succeed('certutil', ['-N', '-d', `sql:${folder}`, '--empty-password'])
  return `sql:${folder}`
})

const nss: Peer = async (questions) => {
  const database = await nssDatabase()
  return each(questions, async ({ target, intermediates, anchors, purpose }) => {
    const { code, output } = await run('vfychain', [
      ...['-d', database, '-pp', '-u', NSS_USAGES[purpose], '-a', target],
      ...intermediates.flatMap((path) => ['-a', path]),
      ...anchors.flatMap((path) => ['-t', '-a', path]),
    ])
    return { accepted: code === 0, reason: /ERROR (.*)/.exec(output)?.[1] ?? output.trim() }
  })
}

/** Writes line by line to a program that reads questions as tab-separated fields and replies in the same order. */
async function inOneRun(
  questions: readonly Question[],
  command: string,
  args: readonly string[],
): Promise<Answer[]> {
  const lines = questions.map((question) =>
    [
      question.target,
      question.intermediates.length > 0 ? bundle(question, 'untrusted', question.intermediates) : '',
      bundle(question, 'anchors', question.anchors),
      PURPOSE_OIDS[question.purpose],
      question.host ?? '',
    ].join('\t'),
  )
  const { stdout } = await succeed(command, args, { input: `${lines.join('\n')}\n` })
  const answers = stdout.trimEnd().split('\n')
  if (answers.length !== questions.length)
    throw new Error(`${command}: ${answers.length} answers to ${questions.length} questions\n${stdout}`)
  return answers.map((line) => ({ accepted: line.startsWith('ok'), reason: line.replace(/^\S+\t?/, '') }))
}

const source = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

const JAVA_EXPORTS = ['--add-exports', 'java.base/sun.security.util=ALL-UNNAMED']
const javaClasses = once(async () => {
  const folder = scratchFor('java')
  await succeed('javac', [...JAVA_EXPORTS, '-d', folder, source('Validate.java')])
  return folder
})
const java: Peer = async (questions) =>
  inOneRun(questions, 'java', [...JAVA_EXPORTS, '-cp', await javaClasses(), 'Validate'])

const goProgram = once(async () => {
  const folder = scratchFor('go')
  const program = join(folder, 'verify')
  const env = { GOFLAGS: '-mod=mod', GOPROXY: 'off', GO111MODULE: 'off' }
  await succeed('go', ['build', '-o', program, source('verify.go')], { env })
  return program
})
const go: Peer = async (questions) => inOneRun(questions, await goProgram(), [])

/**
 * Node validates no path; it reports whether each certificate was issued and signed by the next, and checks the host.
 */
const node: Peer = (questions) =>
  Promise.resolve(
    questions.map(({ target, intermediates, anchors, host }) => {
      const read = (path: string): X509Certificate => new X509Certificate(readFileSync(path))
      const start = read(target)
      if (host !== undefined && start.checkHost(host) === undefined)
        return { accepted: false, reason: 'checkHost' }
      return walk(start, intermediates.map(read), anchors.map(read))
    }),
  )

function walk(start: X509Certificate, intermediates: X509Certificate[], anchors: X509Certificate[]): Answer {
  let current = start
  for (let depth = 0; depth <= intermediates.length; depth++) {
    const isIssuer = (candidate: X509Certificate): boolean =>
      current.checkIssued(candidate) && current.verify(candidate.publicKey)
    if (anchors.some((anchor) => anchor.raw.equals(current.raw) || isIssuer(anchor)))
      return { accepted: true, reason: '' }
    const next = intermediates.find((candidate) => !candidate.raw.equals(current.raw) && isIssuer(candidate))
    if (!next) return { accepted: false, reason: `no issuer of ${current.subject}` }
    current = next
  }
  return { accepted: false, reason: 'too long' }
}

/** Outside programs that validate chains, by name. A missing one fails by its name. */
export const PEERS = { openssl, certtool, nss, java, go, node } satisfies Record<string, Peer>
export type PeerName = keyof typeof PEERS
